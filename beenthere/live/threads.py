"""A few threads that ask the database, so that the event loop never waits for it."""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import connections


class Threads:
    """`run(function, *given)` from the event loop: the answer, or the exception, is awaited."""

    def __init__(self, count: int, name: str) -> None:
        self._jobs: queue.SimpleQueue = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def run(self, function: Callable, *given) -> asyncio.Future:
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._jobs.put((function, given, loop, future))
        return future

    def close(self) -> None:
        """Afterwards what was handed in is done, and the connections of the threads are closed."""
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=10)

    def _work(self) -> None:
        try:
            while (job := self._jobs.get()) is not None:
                function, given, loop, future = job
                try:
                    answer, failure = function(*given), None
                except Exception as raised:
                    answer, failure = None, raised
                give_back_connections()
                with suppress(RuntimeError):  # the loop ended meanwhile: nobody waits
                    loop.call_soon_threadsafe(_tell, future, answer, failure)
                del job, function, given, future, answer, failure
        finally:
            connections.close_all()


def _tell(future: asyncio.Future, answer, failure: Exception | None) -> None:
    if future.done():
        return
    if failure is None:
        future.set_result(answer)
    else:
        future.set_exception(failure)


def give_back_connections() -> None:
    """After a piece of work in a thread that stays: a pooled connection goes back to its pool, a file
    stays open."""
    for connection in connections.all(initialized_only=True):
        if connection.vendor != "sqlite":
            connection.close()
