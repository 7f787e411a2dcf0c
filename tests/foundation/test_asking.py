"""A question that is put together once finds what a query set finds, whatever its values."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from beenthere.foundation.asking import Addition, Change, Question, as_ref
from beenthere.foundation.keys.models import Key
from beenthere.people.models import Block, Company, Person
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LONG_AGO, SOON = datetime(2020, 1, 1, tzinfo=UTC), datetime(2090, 1, 1, tzinfo=UTC)


@pytest.fixture
def ana():
    return person("Ana")


@pytest.fixture
def ben():
    return person("Ben")


def by_refs(refs, since):
    return Person.objects.filter(ref__in=refs, made_at__gt=since).order_by("pk")


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5])
def test_a_list_of_any_length_finds_what_the_query_set_finds(count):
    people = [person(f"P {number}") for number in range(5)]
    refs = [one.ref for one in people[:count]]
    asked = Question(by_refs)
    for since, found in ((LONG_AGO, people[:count]), (SOON, []), (LONG_AGO, people[:count])):
        assert asked(refs=refs, since=since) == found == list(by_refs(refs, since))
    assert [one.made_at for one in asked(refs=refs, since=LONG_AGO)] == [
        one.made_at for one in people[:count]
    ]


def test_a_second_time_only_the_values_are_new():
    made = []

    def rows(refs):
        made.append(refs)
        return Person.objects.filter(ref__in=refs).order_by("pk")

    asked, people = Question(rows), [person(f"P {number}") for number in range(4)]
    with CaptureQueriesContext(connection) as captured:
        for three in (people[:3], people[1:], people):
            assert asked(refs=[one.ref for one in three]) == three
    assert len(captured) == 3
    assert len(made) == 1


def test_values_related_rows_and_conditions_within_come_as_they_are(ana, ben):
    Block.objects.create(by_person=ana, other=ben)
    key = Company.objects.create(person=ana, kind="pair", subject="s").pk
    blocked = Block.objects.filter(by_person=OuterRef("person"), other__ref="x")

    def rows(kind, other):
        stands = Block.objects.filter(by_person=OuterRef("person"), other__ref=other)
        return Company.objects.filter(kind=kind).annotate(stands=Exists(stands)).select_related("person")

    (one,) = Question(rows)(kind="pair", other=ben.ref)
    assert (one.pk, one.stands, one.person.ref) == (key, True, ana.ref)
    with CaptureQueriesContext(connection) as captured:
        assert one.person == ana
    assert len(captured) == 0
    assert not rows("pair", "x").filter(Exists(blocked)).exists()
    refs = Question(lambda kind: Company.objects.filter(kind=kind).values_list("person__ref", flat=True))
    pairs = Question(lambda kind: Company.objects.filter(kind=kind).values_list("pk", "began_at"))
    assert refs(kind="pair") == [ana.ref]
    assert pairs(kind="pair") == list(Company.objects.values_list("pk", "began_at"))


def test_the_key_store_is_asked_where_it_is(ana):
    asked = Question(lambda owner: Key.objects.filter(owner=owner).values_list("owner", flat=True))
    assert asked(owner=ana.ref) == [ana.ref]


def test_what_can_be_no_ref_finds_nothing(ana):
    asked = Question(lambda ref: Person.objects.filter(ref=ref))
    assert [asked(ref=as_ref(ref)) for ref in ("\0", "\ud800", "é", ana.ref)] == [[], [], [], [ana]]


def test_a_value_that_is_changed_on_its_way_is_refused():
    with pytest.raises(RuntimeError):
        Question(lambda subject: Company.objects.filter(subject__contains=subject))(subject="x")
    with pytest.raises(RuntimeError):
        Question(lambda most: Person.objects.all()[:most])(most=3)
    with pytest.raises(TypeError):
        Question(lambda one: Person.objects.filter(pk=one))(one=[1.5])


def test_a_change_reaches_its_rows_and_no_other(ana, ben):
    change = Change(lambda refs, at: (Person.objects.filter(ref__in=refs), {"made_at": at}))
    before = ben.made_at
    for days in (1, 2):
        at = LONG_AGO + timedelta(days=days)
        assert change(refs=[ana.ref], at=at) == 1
        ana.refresh_from_db(), ben.refresh_from_db()
        assert (ana.made_at, ben.made_at) == (at, before)
    assert change(refs=[], at=SOON) == 0


def test_rows_are_added_with_all_that_they_hold(ana, ben):
    rows = [Company(person=one, kind="pair", subject=one.ref) for one in (ana, ben)]
    add = Addition(Company)
    add(rows[:1])
    add(rows[1:])
    facts = ("person_id", "kind", "subject", "began_at", "ended_at")
    assert list(Company.objects.order_by("pk").values_list(*facts)) == [
        tuple(getattr(row, fact) for fact in facts) for row in rows
    ]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_each_thread_asks_by_its_own_connection(ana):
    asked, found = Question(lambda ref: Person.objects.filter(ref=ref)), []

    def ask():
        try:
            found.append(asked(ref=ana.ref))
        finally:
            connections.close_all()

    for _ in range(2):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert [*found, asked(ref=ana.ref)] == [[ana], [ana], [ana]]
