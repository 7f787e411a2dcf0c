"""Understanding what everybody of a sheet wrote: on all cores where there are many people."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from beenthere.experiences.core import Understood, understand
from beenthere.experiences.queries import vocabulary_at_hand
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.people import Person

MANY = 2000  # people: below, starting another process takes longer than reading
AT_ONCE = 250  # texts
Progress = Callable[[int, int, Sentence], None]
Told = dict[str, tuple[Understood, ...]]


def understood_of(people: tuple[Person, ...], *, progress: Progress) -> Told:
    """What the words of each person say, by ref; who wrote nothing is left out. The same on any number of
    cores. `progress` may raise to stop it."""
    writers = [person for person in people if person.words]
    parts = [writers[at : at + AT_ONCE] for at in range(0, len(writers), AT_ONCE)]
    doing, told, done = sentence("Reading what people wrote"), {}, 0
    progress(0, len(writers), doing)
    with _reading(len(writers)) as read:
        for part, answers in zip(parts, read([[one.words for one in part] for part in parts]), strict=True):
            told |= {person.ref: answer for person, answer in zip(part, answers, strict=True)}
            done += len(part)
            progress(done, len(writers), doing)
    return told


@contextmanager
def _reading(texts: int) -> Iterator[Callable]:
    """`map` over lists of texts, here or in processes that end with the block."""
    cores = min(_cores(), 8)
    vocabulary_at_hand()  # before any fork, which then has it
    if texts < MANY or cores < 2:
        yield lambda parts: map(understand_all, parts)
        return
    pool = ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context(_way_to_start()))
    try:
        yield lambda parts: pool.map(understand_all, parts)
    finally:
        pool.shutdown(cancel_futures=True)


def understand_all(texts: list[str]) -> list[tuple[Understood, ...]]:
    """`understand` for each text, in order."""
    vocabulary = vocabulary_at_hand()
    return [understand(text, vocabulary=vocabulary) for text in texts]


def _way_to_start() -> str:
    """A fork is there at once, but copies locks that another thread may hold: only where there is none."""
    alone = threading.active_count() == 1 and "numba" not in sys.modules
    return "fork" if sys.platform == "linux" and alone else "spawn"


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
