"""The ledger shows what was changed in it."""

import threading

import pytest
from django.db import connections

from beenthere.foundation.ledger import first_broken_row, last_hash, record
from beenthere.foundation.models import LedgerRow
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
