"""The small parts: clock, refs, writing, the registry of tables, pragmas."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, models

from beenthere.foundation import clock, registry
from beenthere.foundation.pragmas import UnsafeDatabase, refuse_unsafe, wrong_pragmas
from beenthere.foundation.refs import ALPHABET, SITE, new_ref
from beenthere.foundation.registry import ERASURES, TABLES, declare, needless_declarations, undeclared_tables
from beenthere.foundation.writing import is_writing, refuse_inside, writing
from beenthere.live.batches import close_all


def test_a_stopped_clock_moves_by_hand_only():
    at = datetime(2026, 3, 1, tzinfo=UTC)
    with clock.stopped_at(at) as hands:
        hands.move(90)
        assert clock.now() == at + timedelta(seconds=90)
    assert clock.now() > at + timedelta(seconds=90)


def test_refs_are_long_random_and_cannot_be_misread():
    refs = {new_ref() for _ in range(2000)}
    assert len(refs) == 2000
    assert {len(ref) for ref in refs} == {16}
    assert set("".join(refs)) == set(ALPHABET)
    assert set("ilou") & set(ALPHABET) == set()
    assert SITE.ref not in refs


def test_every_table_is_declared_and_nothing_else_is():
    assert (undeclared_tables(), needless_declarations()) == ([], [])
    assert {table.erasure for table in TABLES.values()} <= set(ERASURES)


def test_an_undeclared_table_is_found(monkeypatch):
    monkeypatch.delitem(TABLES, "people.person")
    monkeypatch.setitem(TABLES, "people.ghost", TABLES["keys.key"])
    assert (undeclared_tables(), needless_declarations()) == (["people.Person"], ["people.ghost"])


def test_a_declaration_says_how_rows_go():
    with pytest.raises(ValueError, match="erasure is one of"):
        declare("people.Person", owner="", export="", retention="", erasure="somehow")


def test_what_is_somebodys_says_whose_and_goes_with_them():
    for label, table in registry.TABLES.items():
        if table.erasure == registry.WITH_THE_OWNER:
            assert table.owner, label


@pytest.mark.django_db(databases=["default", "keys"])
def test_slow_work_is_refused_inside_a_transaction():
    refuse_inside("Hashing")
    with writing():
        assert is_writing()
        with writing(), pytest.raises(RuntimeError, match="Hashing belongs before"):
            refuse_inside("Hashing")
    assert not is_writing()
    with pytest.raises(RuntimeError, match="never inside"), writing(), writing("keys"):
        pass


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_every_connection_is_safe_to_write_to():
    assert [wrong_pragmas(connections[alias]) for alias in ("default", "keys")] == [{}, {}]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("pragma", "is_now"),
    [
        ("journal_mode=DELETE", {"journal_mode": "delete"}),
        ("synchronous=NORMAL", {"synchronous": 1}),
        ("foreign_keys=OFF", {"foreign_keys": 0}),
        ("secure_delete=OFF", {"secure_delete": 0}),
    ],
)
def test_a_connection_that_lost_its_settings_is_refused(pragma, is_now):
    if connection.vendor != "sqlite":
        return  # PostgreSQL has no pragmas; `doctor` looks at its own settings
    close_all()  # a writer thread of an earlier test may hold the file open, and then it is locked
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA {pragma}")
    assert wrong_pragmas(connection) == is_now
    with pytest.raises(UnsafeDatabase):
        refuse_unsafe(connection)
    assert connection.connection is None, "nothing can be written through it"
    connection.ensure_connection()
    assert wrong_pragmas(connection) == {}


def test_the_registry_knows_tables_that_django_hides():
    class Hidden(models.Model):
        class Meta:
            app_label = "nowhere"

    assert Hidden._meta.label_lower not in TABLES
