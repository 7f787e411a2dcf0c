"""What SQLite must be set to, read back: setting WAL can fail without a word, and a connection that
fell back to a rollback journal or to a lazy sync loses acknowledged words when the power goes.
"""

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}


class UnsafeDatabase(OperationalError):
    """A connection whose pragmas are not those of WANTED. Whoever would have written on it hears what they
    hear of any database that does not take it: not kept, try again."""


def wrong_pragmas(connection: BaseDatabaseWrapper) -> dict[str, object]:
    """Each pragma that is not as WANTED, with what it is; empty for PostgreSQL."""
    if connection.vendor != "sqlite":
        return {}
    wanted = dict(WANTED)
    if connection.is_in_memory_db():
        del wanted["journal_mode"]
    found = {}
    connection.ensure_connection()
    for name, value in wanted.items():
        (is_now,) = connection.connection.execute(f"PRAGMA {name}").fetchone()
        if is_now != value:
            found[name] = is_now
    return found


def refuse_unsafe(connection: BaseDatabaseWrapper, **news) -> None:
    """Closes a new connection that is not safe to write to. Raises UnsafeDatabase."""
    wrong = wrong_pragmas(connection)
    if wrong:
        connection.close()
        said = ", ".join(f"{name} is {value}" for name, value in wrong.items())
        raise UnsafeDatabase(f"SQLite did not take its settings: {said}.")
