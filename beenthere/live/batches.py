"""Group commit: what many hand in at once is committed once, by one thread.

A commit waits for the disk, and a second one waits for the first. So one writer thread takes all that
waits and commits it together; while the disk works, the next batch gathers. A batch of four costs little
more than a batch of one, so where much is said a batch begins at most every GATHER seconds; a message that
comes after a silence does not wait. Sockets, form posts and the API of one process share one batcher.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import structlog
from django.db import connections

from .threads import give_back_connections

MOST_AT_ONCE = 200
MOST_WAITING = 2000
GATHER = 0.01
log = structlog.get_logger(__name__)

Commit = Callable[[list], list]
# Told in the writer thread after each batch: the drafts, and their outcomes or what went wrong.
Told = Callable[[Sequence, list | Exception], None]


class Busy(RuntimeError):
    """More waits than can be promised. Nothing of the draft was kept."""


class Batcher:
    """`commit(drafts) -> outcomes`, in the same order, is called by one thread. What it raises, all of
    that batch get."""

    def __init__(self, commit: Commit, *, name: str = "batches", most_waiting: int = MOST_WAITING) -> None:
        self.commit, self.name, self.most_waiting = commit, name, most_waiting
        self.told: list[Told] = []
        self._waiting: deque[tuple[object, Future | None]] = deque()
        self._changed = threading.Condition()
        self._idle = self._closed = False
        self._began = -GATHER
        self._committing: int | None = None
        self._thread: threading.Thread | None = None

    def submit(self, draft) -> Future:
        """The future of the draft's outcome. Raises Busy.

        Who submits inside a transaction gets it committed in there, by the own thread: the writer
        thread could not see what is written in it, and would wait for its lock.
        """
        future: Future = Future()
        if connections["default"].in_atomic_block:
            self._settle([(draft, future)])
        else:
            self._hand_in(draft, future)
        return future

    def hand_in(self, draft) -> None:
        """Like `submit`, for the event loop: only those in `told` hear the outcome. Raises Busy."""
        self._hand_in(draft, None)

    def is_committing_here(self) -> bool:
        """Whether this thread is inside `commit`: `told` will hear of it."""
        return self._committing == threading.get_ident()

    def close(self) -> None:
        """Afterwards all that was handed in is settled and the thread is gone; nothing more is taken."""
        with self._changed:
            self._closed = True
            self._changed.notify()
            thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(timeout=30)

    def _hand_in(self, draft, future: Future | None) -> None:
        with self._changed:
            if self._closed or len(self._waiting) >= self.most_waiting:
                raise Busy(self.name)
            self._waiting.append((draft, future))
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self.name, daemon=True)
                self._thread.start()
            elif self._idle or len(self._waiting) == MOST_AT_ONCE:
                self._idle = False
                self._changed.notify()

    def _work(self) -> None:
        try:
            while batch := self._next():
                self._settle(batch)
                give_back_connections()
                batch.clear()
        finally:
            connections.close_all()

    def _next(self) -> list[tuple[object, Future | None]]:
        """What waits, at most MOST_AT_ONCE; nothing when closed and empty."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._idle = True
                self._changed.wait()
            self._idle = False
            while not self._closed and len(self._waiting) < MOST_AT_ONCE:
                left = self._began + GATHER - time.monotonic()
                if left <= 0:
                    break
                self._changed.wait(left)
            self._began = time.monotonic()
            return [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST_AT_ONCE))]

    def _settle(self, batch: list[tuple[object, Future | None]]) -> None:
        drafts = [draft for draft, _ in batch]
        before, self._committing = self._committing, threading.get_ident()
        try:
            outcomes: list | Exception = self.commit(drafts)
            if len(outcomes) != len(drafts):
                raise RuntimeError(f"{self.name}: {len(drafts)} drafts, {len(outcomes)} outcomes")
        except Exception as failure:
            log.error("A batch was not committed", batch=self.name, why=type(failure).__name__)
            outcomes = failure
        finally:
            self._committing = before
        for told in list(self.told):
            try:
                told(drafts, outcomes)
            except Exception as failure:  # the commit stands, whoever fails to hear of it
                log.error("Telling of a batch failed", batch=self.name, why=type(failure).__name__)
        failed = isinstance(outcomes, Exception)
        for place, (_, future) in enumerate(batch):
            if future is None or not future.set_running_or_notify_cancel():
                continue
            if failed:
                future.set_exception(outcomes)
            else:
                future.set_result(outcomes[place])


_batchers: dict[str, Batcher] = {}
_making = threading.Lock()


def batcher_of(name: str, commit: Commit) -> Batcher:
    """The one batcher of this process called `name`. ValueError when it has another `commit`."""
    batcher = _batchers.get(name)
    if batcher is None:
        with _making:
            batcher = _batchers.setdefault(name, Batcher(commit, name=name))
    if batcher.commit is not commit:
        raise ValueError(f"{name} commits otherwise in this process.")
    return batcher


def close_all() -> None:
    """Drains every batcher of this process. The next who asks for one gets a new one."""
    with _making:
        gone = list(_batchers.values())
        _batchers.clear()
    for batcher in gone:
        batcher.close()
