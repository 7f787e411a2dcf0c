"""Progress of anything longer than two seconds, on standard error."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from beenthere.foundation.sentences import Sentence

QUIET_SECONDS = 2.0  # what is faster needs no words
PLAIN_SECONDS = 5.0  # between two lines where no terminal is

State = tuple[int, int, Sentence]


@contextmanager
def shown_progress(
    translate: Callable[[str], str], quiet: float | None = None
) -> Iterator[Callable[[int, int, Sentence], None]]:
    """Gives `progress(done, total, doing)`: a bar on a terminal, a line now and then elsewhere; nothing
    for what takes under `quiet` seconds (QUIET_SECONDS). `total` 0: nobody knows how far it is."""
    shower = _Bar(translate) if sys.stderr.isatty() else _Lines(translate)
    last: list[State] = []
    turn = threading.Lock()
    loud = threading.Event()

    def speak_up() -> None:
        """What is being done may have been said while it was too early to show it, and only once."""
        with turn:
            loud.set()
            if last:
                shower.show(*last[-1])

    def progress(done: int, total: int, doing: Sentence) -> None:
        with turn:
            last[:] = [(done, total, doing)]
            if loud.is_set():
                shower.show(done, total, doing)

    alarm = threading.Timer(QUIET_SECONDS if quiet is None else quiet, speak_up)
    alarm.daemon = True
    alarm.start()
    try:
        yield progress
    finally:
        alarm.cancel()
        with turn:
            last.clear()
            shower.close()


class _Bar:
    """One line of the terminal, drawn by rich."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self.translate, self.bar, self.task = translate, None, None

    def show(self, done: int, total: int, doing: Sentence) -> None:
        if self.bar is None:
            from rich.console import Console
            from rich.progress import Progress

            self.bar = Progress(console=Console(stderr=True), transient=True)
            self.bar.start()
            self.task = self.bar.add_task("")
        self.bar.tasks[0].total = total or None  # `update` takes None for: as it was
        self.bar.update(self.task, description=doing.said(self.translate), completed=done)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()


class _Lines:
    """Plain lines, for logs."""

    def __init__(self, translate: Callable[[str], str]) -> None:
        self.translate, self.last, self.doing = translate, 0.0, None

    def show(self, done: int, total: int, doing: Sentence) -> None:
        now = time.monotonic()
        if doing.text != self.doing or now - self.last >= PLAIN_SECONDS:
            self.last, self.doing = now, doing.text
            far = f" {done}/{total}" if total else ""
            typer.echo(f"{doing.said(self.translate)}{far}", err=True)

    def close(self) -> None:
        pass
