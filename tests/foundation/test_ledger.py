"""The ledger shows what was changed in it."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from beenthere.foundation.ledger import first_broken_row, hash_of, last_hash, record, seal_ledger
from beenthere.foundation.models import LedgerRow, LedgerSeal
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing

pytestmark = pytest.mark.django_db


def fill(count: int = 4) -> None:
    for number in range(count):
        record(act="welcomed", by=SITE, kind="person", ref=f"ref{number}")


def test_rows_follow_each_other():
    assert (first_broken_row(), last_hash()) == (None, "")
    fill()
    rows = list(LedgerRow.objects.order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3, 4]
    assert [row.before for row in rows] == ["", *(row.hash for row in rows[:3])]
    assert (first_broken_row(), last_hash()) == (None, rows[-1].hash)


@pytest.mark.parametrize("changed", ["by", "act", "kind", "ref", "before", "hash"])
def test_a_changed_row_shows(changed):
    fill()
    LedgerRow.objects.filter(number=3).update(**{changed: "x"})
    assert first_broken_row() == 3


def test_a_row_taken_out_shows():
    fill()
    LedgerRow.objects.filter(number=2).delete()
    assert first_broken_row() == 2


def test_a_row_stands_or_falls_with_its_change():
    class Undone(Exception):
        pass

    fill(1)
    with pytest.raises(Undone), writing():
        record(act="left", by=SITE, kind="person", ref="ref0")
        raise Undone
    fill(1)
    assert (LedgerRow.objects.count(), first_broken_row()) == (2, None)


def reckon_anew(first: int) -> None:
    """What somebody with the database in hand would do after a change."""
    before = ""
    for row in LedgerRow.objects.order_by("number"):
        if row.number >= first:
            row.before, row.hash = before, ""
            row.hash = hash_of(row)
            row.save()
        before = row.hash


def test_each_row_is_sealed_once():
    fill(3)
    assert [seal_ledger(by=SITE), seal_ledger(by=SITE)] == [3, 0]
    fill(2)
    assert seal_ledger(by=SITE) == 2
    assert list(LedgerSeal.objects.order_by("number").values_list("number", "first", "last")) == [
        (1, 1, 3),
        (2, 4, 5),
    ]
    assert first_broken_row() is None


@pytest.mark.parametrize("changed", ["by", "act", "kind", "ref"])
def test_a_sealed_row_that_was_changed_shows_even_with_every_hash_made_anew(changed):
    fill(3)
    seal_ledger(by=SITE)
    fill(3)
    seal_ledger(by=SITE)
    LedgerRow.objects.filter(number=5).update(**{changed: "x"})
    reckon_anew(5)
    assert first_broken_row() == 4  # the batch it stands in


def test_sealed_rows_cut_off_at_the_end_show():
    fill(4)
    seal_ledger(by=SITE)
    LedgerRow.objects.filter(number__gte=3).delete()
    assert first_broken_row() == 1


@pytest.mark.parametrize("changed", ["first", "last", "hash", "seal", "at"])
def test_a_changed_seal_shows(changed):
    fill(4)
    seal_ledger(by=SITE)
    row = LedgerSeal.objects.get()
    other = {"first": 2, "last": 3, "hash": "0" * 64, "seal": "0" * 64, "at": row.at + timedelta(seconds=1)}
    LedgerSeal.objects.update(**{changed: other[changed]})
    assert first_broken_row() == 1


def test_nothing_is_sealed_where_something_was_changed():
    fill(4)
    LedgerRow.objects.filter(number=2).update(act="x")
    assert [seal_ledger(by=SITE), LedgerSeal.objects.count()] == [0, 0]


def test_nothing_is_sealed_after_rows_that_are_gone():
    fill(4)
    seal_ledger(by=SITE)
    LedgerRow.objects.filter(number=4).delete()
    fill(2)
    assert [seal_ledger(by=SITE), LedgerSeal.objects.count(), first_broken_row()] == [0, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_many_writers_make_one_chain():
    faults = []

    def write() -> None:
        try:
            fill(5)
        except Exception as fault:  # raised again below, in the test's own thread
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (faults, LedgerRow.objects.count(), first_broken_row()) == ([], 30, None)
