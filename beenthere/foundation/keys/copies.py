"""Copies of the key store: two folders, the last copy only.

A place whose keys are lost is a place whose words are lost; a copy that outlives a deletion undoes
it. So each copy follows a change within a minute and replaces the one before.

SQLite: the copy is a database. PostgreSQL: a file sealed by the wrapping key (the rows in it are
wrapped once more by themselves).
"""

import json
import os
import sqlite3
from pathlib import Path

import structlog
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections

from beenthere.foundation import clock

from .models import DestroyedKey, Key, StoreMark
from .wrapping import WrappingKeyMissing, bound, open_bytes, seal_bytes, sync_folder, wrapping_keys

NAMES = {"sqlite": "keys.sqlite3", "postgresql": "keys.sealed"}
PARTIAL = ".partial"
log = structlog.get_logger(__name__)


def copy_store(*, even_if_unchanged: bool = False) -> int:
    """Copies the store to its folders when it changed since, or when a copy is missing.

    Returns how many copies were written. A folder that cannot be written does not keep the other
    from its copy; the mark stays behind, so the next run tries again.
    """
    if connections["keys"].in_atomic_block:
        # SQLite would wait for ever for the transaction around it.
        raise RuntimeError("The key store is copied outside transactions: only what stands is copied.")
    mark = StoreMark.objects.filter(pk=StoreMark.ONLY).first()
    if mark is None:
        return 0
    folders = settings.PLACE.key_copy_folders
    there = all((folder / copy_name()).exists() for folder in folders)
    if mark.changes == mark.copied and there and mark.settled and not even_if_unchanged:
        return 0
    settled = settle_store()
    done = [_copy_into(folder) for folder in folders]
    rows = StoreMark.objects.filter(pk=StoreMark.ONLY)
    if all(done):
        # A change that came meanwhile left `changes` ahead of `copied`: the next copy is due.
        rows.update(copied=mark.changes, copied_at=clock.now())
    if settled:
        rows.filter(changes=mark.changes).update(settled=True)
    return sum(done)


def copy_name() -> str:
    """The file name of a copy."""
    return NAMES[connections["keys"].vendor]


def settle_store() -> bool:
    """Overwrites what deleted keys left behind outside their table: SQLite's log, PostgreSQL's dead
    rows. Returns whether all of it is gone (a reader may hold it up)."""
    connection = connections["keys"]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"VACUUM {Key._meta.db_table}")
            return True
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
        return not busy


def _copy_into(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for left in folder.glob(f"*{PARTIAL}*"):
            left.unlink()
        partial = folder / f"{copy_name()}{PARTIAL}"
        partial.touch(mode=0o600)
        if connections["keys"].vendor == "sqlite":
            _copy_sqlite(partial)
        else:
            partial.write_bytes(_sealed_rows())
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(partial, folder / copy_name())
        sync_folder(folder)
    except (OSError, sqlite3.Error) as failure:
        log.error("The key store could not be copied", why=type(failure).__name__)
        return False
    return True


def _copy_sqlite(path: Path) -> None:
    source = connections["keys"]
    source.ensure_connection()
    target = sqlite3.connect(path)
    try:
        source.connection.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
    finally:
        target.close()


def _sealed_rows() -> bytes:
    keys = wrapping_keys()
    if not keys:
        raise OSError("no wrapping key")
    rows = {
        "keys": [{**row, "wrapped": bytes(row["wrapped"]).hex()} for row in Key.objects.values()],
        "destroyed": list(DestroyedKey.objects.values()),
    }
    plain = json.dumps(rows, cls=DjangoJSONEncoder).encode()
    return keys[0].id.encode() + seal_bytes(keys[0].secret, plain, bound("copy of the key store"))


def wrapped_keys_in(folder: Path) -> dict[str, bytes]:
    """What a copy holds: the wrapped key by ref. Raises OSError, WrappingKeyMissing."""
    path = folder / copy_name()
    if connections["keys"].vendor == "sqlite":
        copy = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
        try:
            return dict(copy.execute(f"SELECT ref, wrapped FROM {Key._meta.db_table}"))  # noqa: S608
        finally:
            copy.close()
    content = path.read_bytes()
    for key in wrapping_keys():
        if key.id.encode() == content[:16]:
            rows = json.loads(open_bytes(key.secret, content[16:], bound("copy of the key store")))
            return {row["ref"]: bytes.fromhex(row["wrapped"]) for row in rows["keys"]}
    raise WrappingKeyMissing("No wrapping key at hand opens this copy of the key store.")
