"""Writing to a database: one at a time, short, and with nothing slow inside.

SQLite lets one connection write. Threads that meet at its lock poll it and starve; a lock of our
own before BEGIN makes them queue. What takes long (sealing, hashing, encoding, templates, mail)
is done before; `refuse_inside` is how such work makes sure.
"""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import connections, transaction

_locks = {"default": threading.RLock(), "keys": threading.RLock()}
_open = threading.local()


class TooSlowForATransaction(RuntimeError):
    """Slow work was begun while a transaction was open."""


@contextmanager
def writing(using: str = "default") -> Iterator[None]:
    """A transaction on `using`; a nested one joins it as a savepoint.

    The key store is never written inside a transaction of the place: two locks taken in two orders
    would wait for each other, and a key must be there before its person.
    """
    depths = _depths()
    if using == "keys" and depths.get("default"):
        raise RuntimeError("The key store is written before or after the place, never inside.")
    with ExitStack() as stack:
        if connections[using].vendor == "sqlite":
            stack.enter_context(_locks[using])
        stack.enter_context(transaction.atomic(using=using))
        depths[using] = depths.get(using, 0) + 1
        try:
            yield
        finally:
            depths[using] -= 1


@contextmanager
def undone() -> Iterator[None]:
    """What is done inside has not happened afterwards, in either database. For a place that was made to be
    looked at and thrown away: nothing waits for a lock of ours here."""
    with ExitStack() as stack:
        for using in ("default", "keys"):
            stack.enter_context(transaction.atomic(using=using))
        yield
        for using in ("default", "keys"):
            transaction.set_rollback(True, using=using)


def is_writing(using: str = "default") -> bool:
    """Whether this thread is inside `writing`."""
    return bool(_depths().get(using))


def refuse_inside(work: str) -> None:
    """Raises TooSlowForATransaction when `work` (its name) is begun inside `writing`."""
    if is_writing():
        raise TooSlowForATransaction(f"{work} belongs before the transaction, not inside it.")


def _depths() -> dict[str, int]:
    if not hasattr(_open, "depths"):
        _open.depths = {}
    return _open.depths
