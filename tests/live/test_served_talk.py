"""Two people talk over the whole place: cookie, gates, keys, the disk. A stranger hears nothing."""

import json

import pytest

from beenthere.conversations.actions import open_conversation
from beenthere.conversations.models import Message
from tests.cast import person
from tests.live.talk import hear, tell

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def test_ana_and_ben_talk_and_cleo_hears_nothing(served_place):
    ana, ben, cleo = person("Ana"), person("Ben"), person("Cleo")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=ana)
    names = {one.person_ref: one.ref for one in talk.memberships.all()}
    with (
        served_place.socket_of(ana) as one,
        served_place.socket_of(ben) as two,
        served_place.socket_of(cleo) as stranger,
    ):
        for each in (one, two, stranger):
            tell(each, open=talk.ref, after=0)
        assert hear(one) == hear(two) == {"open": talk.ref, "now": 0}
        assert hear(stranger) == {"closed": talk.ref}
        tell(one, say=talk.ref, mark="m1", words="I was there too.")
        heard = hear(two)
        assert {tuple(hear(one))[0], tuple(hear(one))[0]} == {"kept", "said"}
        tell(stranger, say=talk.ref, mark="m2", words="Let me in.")
        assert hear(stranger) == {"refused": "m2", "why": "not_here"}
        row = Message.objects.get()
        assert heard == {
            "said": talk.ref,
            "number": 1,
            "by": names[ana.ref],
            "words": "I was there too.",
            "at": row.made_at.isoformat(),
            "withdrawn": False,
        }
        assert not any(ref in json.dumps(heard) for ref in (ana.ref, ben.ref))
        assert row.words == "I was there too."
    with served_place.socket_of(ben) as later:  # read back, it is the same
        tell(later, open=talk.ref, after=0)
        assert [hear(later), hear(later)] == [heard, {"open": talk.ref, "now": 1}]
