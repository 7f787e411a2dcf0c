"""The ledger: one row for each change of somebody's standing. Refs and acts, no words.

Each row carries a hash over itself and the row before, so that a row changed, taken out or put in
later shows. Who holds the database could reckon all later hashes anew: so the worker seals the rows in
batches with a key that is in no database, each seal over the one before. A row changed, taken out or cut off
after it was sealed shows even then. (The last seals can still be cut off together with their rows: keep the
last hash elsewhere, `doctor --json` prints it.)
"""

import hashlib
import json

from django.db import connection

from beenthere.foundation import clock
from beenthere.foundation.digests import digest
from beenthere.foundation.writing import writing

CHUNK = 1000
SEAL = "ledger seal"
ADVISORY_LOCK = 0x6265656E  # any number, the same everywhere


def record(*, act: str, by, kind: str, ref: str) -> None:
    """Adds a row: `by` (a person or SITE) did `act` to the subject (`kind`, `ref`).

    Called within the transaction of the change it records, it stands or falls with it.
    """
    from beenthere.foundation.models import LedgerRow

    with writing():
        if connection.vendor == "postgresql":
            # Held until the commit: numbers follow each other, and nobody chains to a row undone.
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
        last = LedgerRow.objects.order_by("number").last()
        row = LedgerRow(
            number=last.number + 1 if last else 1,
            at=clock.now(),
            by=by.ref,
            act=act,
            kind=kind,
            ref=ref,
            before=last.hash if last else "",
        )
        row.hash = hash_of(row)
        row.save(force_insert=True)


def hash_of(row) -> str:
    """SHA-256 over the row and the hash before it, in hexadecimal."""
    facts = [row.number, row.at.isoformat(), row.by, row.act, row.kind, row.ref, row.before]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def seal_ledger(*, by) -> int:
    """Afterwards every row that was there is sealed, at most 1,000 in one batch; how many were not before.
    Where the ledger is broken nothing is sealed: a seal never covers up a change."""
    from beenthere.foundation.models import LedgerRow, LedgerSeal

    last = LedgerSeal.objects.order_by("number").last()
    done = last.last if last else 0
    there = LedgerRow.objects.filter(number__gt=done).count()
    if not there or not _is_whole(last) or _broken_after(done) is not None:
        return 0
    sealed = 0
    while sealed < there:
        hashes = _hashes(done + 1, done + CHUNK)
        row = LedgerSeal(
            number=last.number + 1 if last else 1,
            first=done + 1,
            last=done + len(hashes),
            hash=_hash_of_batch(hashes),
            at=clock.now(),
        )
        row.seal = _seal_of(row, last.seal if last else "")
        row.save(force_insert=True)
        last, done, sealed = row, row.last, sealed + len(hashes)
    return sealed


def first_broken_row() -> int | None:
    """The number of the first row that does not follow from the one before, or is not what was sealed; None
    when all is whole."""
    broken = _broken_after(0)
    return broken if broken is not None else _first_unsealed()


def _broken_after(done: int) -> int | None:
    """The first row after the row `done` that does not follow from the one before."""
    from beenthere.foundation.models import LedgerRow

    rows = LedgerRow.objects.filter(number__gte=done).order_by("number").iterator(CHUNK)
    first = next(rows, None) if done else None
    if done and (first is None or first.number != done):
        return done
    before = first.hash if first else ""
    for number, row in enumerate(rows, done + 1):
        if (row.number, row.before, row.hash) != (number, before, hash_of(row)):
            return number
        before = row.hash
    return None


def _first_unsealed() -> int | None:
    """The first row of the first batch that is not as it was sealed."""
    from beenthere.foundation.models import LedgerSeal

    before, next_row = "", 1
    for number, row in enumerate(LedgerSeal.objects.order_by("number").iterator(CHUNK), 1):
        whole = (row.number, row.first, row.hash) == (
            number,
            next_row,
            _hash_of_batch(_hashes(row.first, row.last)),
        )
        if not whole or row.seal != _seal_of(row, before):
            return next_row
        before, next_row = row.seal, row.last + 1
    return None


def _is_whole(last) -> bool:
    """Whether the rows of the newest seal (None: there is none) are what it sealed."""
    return last is None or last.hash == _hash_of_batch(_hashes(last.first, last.last))


def _hashes(first: int, last: int) -> list[str]:
    from beenthere.foundation.models import LedgerRow

    rows = LedgerRow.objects.filter(number__gte=first, number__lte=last).order_by("number")
    return list(rows.values_list("hash", flat=True))


def _hash_of_batch(hashes: list[str]) -> str:
    return hashlib.sha256(json.dumps(hashes).encode()).hexdigest()


def _seal_of(row, before: str) -> str:
    """Keyed: see `beenthere.foundation.digests`."""
    facts = [row.number, row.first, row.last, row.hash, row.at.isoformat(), before]
    return digest(SEAL, json.dumps(facts))


def last_hash() -> str:
    """The hash of the newest row, "" where there is none. Kept elsewhere, it shows a ledger cut short."""
    from beenthere.foundation.models import LedgerRow

    last = LedgerRow.objects.order_by("number").last()
    return last.hash if last else ""
