"""Progress of anything longer than two seconds, on standard error."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from beenthere.foundation.sentences import Sentence

QUIET_SECONDS = 2.0  # what is faster needs no words
PLAIN_SECONDS = 5.0  # between two lines where no terminal is


@contextmanager
def shown_progress(translate: Callable[[str], str]) -> Iterator[Callable[[int, int, Sentence], None]]:
    """Gives `progress(done, total, doing)`: a bar on a terminal, a line now and then elsewhere; nothing
    for what takes under two seconds."""
    started = time.monotonic()
    shower = _Bar(translate) if sys.stderr.isatty() else _Lines(translate)

    def progress(done: int, total: int, doing: Sentence) -> None:
        if time.monotonic() - started >= QUIET_SECONDS:
            shower.show(done, total, doing)

    try:
        yield progress
    finally:
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
        self.bar.update(self.task, description=doing.said(self.translate), completed=done, total=total or 1)

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
            print(f"{doing.said(self.translate)} {done}/{total}", file=sys.stderr, flush=True)

    def close(self) -> None:
        pass
