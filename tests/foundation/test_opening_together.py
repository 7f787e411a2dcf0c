"""A page that shows the words of many asks the key store once."""

import pytest
from django.test.utils import CaptureQueriesContext

from beenthere.foundation.keys.actions import destroy_key
from beenthere.foundation.keys.fields import open_together, seal
from beenthere.foundation.keys.opening import KeyGone, drop_opened, open_sealing_keys
from beenthere.foundation.refs import SITE
from beenthere.people.models import Person
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def keys():
    from django.db import connections

    return connections["keys"]


def test_one_look_opens_the_words_of_all(keys):
    for name in ("Ana", "Ben", "Cleo"):
        person(name)
    drop_opened()
    people = list(Person.objects.order_by("pk"))
    with CaptureQueriesContext(
        keys,
    ) as asked:
        open_together(*people)
        assert [one.name for one in people] == ["Ana", "Ben", "Cleo"]
    assert len(asked) == 1


def test_who_left_is_not_opened_and_keeps_nobody_else_shut():
    ana, ben = person("Ana"), person("Ben")
    destroy_key(owner=ben.ref, by=SITE)
    drop_opened()
    ana, ben = Person.objects.get(pk=ana.pk), Person.objects.get(pk=ben.pk)
    open_together(ana, ben)
    assert ana.name == "Ana"
    with pytest.raises(KeyGone):
        _ = ben.name


def test_one_look_seals_for_all(keys):
    people = [person(name) for name in ("Ana", "Ben", "Cleo")]
    drop_opened()
    with CaptureQueriesContext(keys) as asked:
        open_sealing_keys(one.ref for one in people)
        seal(*people)
        for one in people:
            one.name = "Else"
        seal(*people)
    assert len(asked) == 1
