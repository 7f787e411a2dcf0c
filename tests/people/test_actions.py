"""People come and go, and a crash between the two databases leaves nothing for long."""

from datetime import UTC, datetime

import pytest

from beenthere.foundation import clock
from beenthere.foundation.keys.models import DestroyedKey, Key
from beenthere.foundation.keys.sweeping import owners_without_key, sweep_orphans
from beenthere.foundation.models import LedgerRow
from beenthere.foundation.refs import SITE
from beenthere.people.actions import block, delete_person, welcome_person
from beenthere.people.actions import coming as actions
from beenthere.people.models import Block, Person
from beenthere.people.queries import count_people

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HOUR = 3600


@pytest.fixture
def hands():
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)) as hands:
        yield hands


class PulledPlug(Exception):
    pass


def pulled_plug(*given, **named):
    raise PulledPlug


def told() -> list[tuple[str, str, str]]:
    return list(LedgerRow.objects.order_by("number").values_list("by", "act", "ref"))


def test_a_person_comes_and_goes():
    ana = welcome_person(name="Ana", by=SITE)
    assert (Person.objects.get().name, list(Key.objects.values_list("owner", flat=True))) == (
        "Ana",
        [ana.ref],
    )
    delete_person(person=ana, by=ana)
    assert (Person.objects.count(), Key.objects.count()) == (0, 0)
    assert told() == [("site", "welcomed", ana.ref), (ana.ref, "left", ana.ref)]


def test_a_key_whose_person_never_came_is_destroyed_after_an_hour(monkeypatch, hands):
    monkeypatch.setattr(actions, "seal", pulled_plug)
    with pytest.raises(PulledPlug):
        welcome_person(name="Ana", by=SITE)
    assert sweep_orphans(by=SITE) == (0, 0), "an hour of grace: she may be on her way"
    hands.move(HOUR + 1)
    assert sweep_orphans(by=SITE) == (1, 0)
    assert (Key.objects.count(), count_people()) == (0, 0)


def test_rows_of_a_destroyed_key_are_deleted(monkeypatch):
    ana, ben = welcome_person(name="Ana", by=SITE), welcome_person(name="Ben", by=SITE)
    monkeypatch.setattr(actions, "forget_person", pulled_plug)
    with pytest.raises(PulledPlug):
        delete_person(person=ana, by=ana)
    monkeypatch.undo()
    assert sweep_orphans(by=SITE) == (0, 1)
    assert list(Person.objects.all()) == [ben]
    assert told()[-1] == ("site", "left", ana.ref)


def test_a_wrong_key_store_deletes_nobody():
    welcome_person(name="Ana", by=SITE)
    Key.objects.all().delete()
    assert owners_without_key() == 1
    assert sweep_orphans(by=SITE) == (0, 0)
    assert count_people() == 1


def test_a_wrong_database_destroys_no_key_whose_person_was_seen(hands):
    ana = welcome_person(name="Ana", by=SITE)
    sweep_orphans(by=SITE)
    Person.objects.all().delete()  # as if an older backup had been put back
    hands.move(100 * HOUR)
    assert sweep_orphans(by=SITE) == (0, 0)
    assert list(Key.objects.values_list("owner", flat=True)) == [ana.ref]


def test_who_is_deleted_does_not_come_back_with_an_old_backup():
    ana = welcome_person(name="Ana", by=SITE)
    row = Person.objects.get()
    delete_person(person=ana, by=ana)
    row.save(force_insert=True)
    assert list(DestroyedKey.objects.values_list("owner", flat=True)) == [ana.ref]
    assert sweep_orphans(by=SITE) == (0, 1)
    assert count_people() == 0


@pytest.mark.parametrize("who", ["other", "self"])
def test_a_block_where_one_has_just_left_is_nothing_to_do(who):
    ana, ben = (welcome_person(name=name, by=SITE) for name in ("Ana", "Ben"))
    gone = {"other": ben, "self": ana}[who]
    delete_person(person=Person.objects.get(pk=gone.pk), by=gone)
    block(other=ben, by=ana)
    assert list(Block.objects.all()) == []
    assert LedgerRow.objects.filter(act="blocked").count() == 0
