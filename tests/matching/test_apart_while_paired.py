"""Two who write to each other already are not introduced, however long ago they were."""

import pytest

from beenthere.conversations.actions import end_conversation, open_conversation
from beenthere.foundation.refs import SITE
from beenthere.matching.queries.places import apart_from
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize("asked", ["everybody", "one"])
def test_a_pair_is_not_proposed_again_while_it_lasts(asked):
    ana, ben, cleo = person("Ana"), person("Ben"), person("Cleo")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE)
    refs = None if asked == "everybody" else [ana.ref, cleo.ref]
    assert apart_from(refs) == {ana.ref: {ben.ref}, ben.ref: {ana.ref}}
    end_conversation(conversation=talk, by=ana)
    assert apart_from(refs) == {}
