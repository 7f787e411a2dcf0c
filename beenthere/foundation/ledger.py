"""The ledger: one row for each change of somebody's standing. Refs and acts, no words.

Each row carries a hash over itself and the row before, so that a row changed, taken out or put in
later shows. (Rows cut off at the end do not: keep the last hash elsewhere, `doctor --json` prints it.)
"""

import hashlib
import json

from django.db import connection

from beenthere.foundation import clock
from beenthere.foundation.writing import writing

CHUNK = 1000
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


def first_broken_row() -> int | None:
    """The number of the first row that does not follow from the one before, None when all do."""
    from beenthere.foundation.models import LedgerRow

    before = ""
    for number, row in enumerate(LedgerRow.objects.order_by("number").iterator(CHUNK), 1):
        if (row.number, row.before, row.hash) != (number, before, hash_of(row)):
            return number
        before = row.hash
    return None


def last_hash() -> str:
    """The hash of the newest row, "" where there is none. Kept elsewhere, it shows a ledger cut short."""
    from beenthere.foundation.models import LedgerRow

    last = LedgerRow.objects.order_by("number").last()
    return last.hash if last else ""
