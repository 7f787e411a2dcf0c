"""Walks over everyone with as many threads as there are cores, and says how far it is."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice
from typing import NamedTuple

import numpy as np

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.compiled.bands import DROP, HASH, KEPT, MOST_HASH, SEEN, SINCE
from beenthere.matching.core.compiled.machine import Met, Pairs, Scratch, Ties, Walk
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.tables import lists_of
from beenthere.matching.core.weights import ONE

MOST_PAIRS = 3_000_000  # kept at once by all walkers together: 36 MB
MOST_THREADS = 8
Progress = Callable[[int, int, Sentence], None]


class Band(NamedTuple):
    """The first part of the order: every pair that may be taken and comes no later than `limit`."""

    pairs: Pairs
    kept: int
    limit: list[int]
    whole: bool  # nothing comes after it
    seen: int  # how many may be taken at all


class Walker:
    """Walks over one sheet for one seed."""

    def __init__(self, prepared: Prepared, seed: int, progress: Progress | None = None) -> None:
        self.people = len(prepared.people)
        self.walk = Walk(self.people)
        self._order = prepared.order(seed)
        self.tables = self.walk.readable(prepared.tables)
        self.order = self.walk.readable(self._order)
        self.progress = progress or (lambda done, total, doing: None)
        self.threads = 1 if self.walk.plain else min(_cores(), MOST_THREADS)
        self._scratch = [self.scratch() for _ in range(self.threads)]

    def scratch(self) -> Scratch:
        return self.walk.scratch(self.people, self._order)

    def met(self, rows: Sequence[Sequence[int]]) -> Met:
        return self.walk.readable(Met(*lists_of(rows)))

    def numbers(self, values: Sequence[int]):
        return self.walk.readable(np.array(values, np.int64))

    def over(self, size: int, doing: Sentence, work: Callable[[int, int, int], None]) -> None:
        """Calls work(thread, start, stop) for parts of 0..size, each thread one part at a time; a
        progress that raises stops it."""
        step = max(1, min(256, -(-size // 16)))
        parts = iter([(start, min(size, start + step)) for start in range(0, size, step)])
        done = 0
        self.progress(0, size, doing)
        with ThreadPoolExecutor(self.threads) as threads:
            running = {
                threads.submit(work, thread, *part): (thread, part)
                for thread, part in enumerate(islice(parts, self.threads))
            }
            while running:
                for one in wait(running, return_when=FIRST_COMPLETED).done:
                    thread, (start, stop) = running.pop(one)
                    one.result()
                    done += stop - start
                    self.progress(done, size, doing)
                    for part in islice(parts, 1):
                        running[threads.submit(work, thread, *part)] = (thread, part)

    def sweep(self, met: Met, room, least: int, wider: int = 1) -> Band:
        """The first band of the order among those with room."""
        room_for = min(MOST_PAIRS * wider, self.people * (self.people - 1) // 2 + 64)
        size = max(64, room_for // self.threads)
        kept = [Pairs(*(self.walk.zeros(size, np.int32) for _ in range(3))) for _ in self._scratch]
        limits = [self.numbers([ONE + 1, MOST_HASH, MOST_HASH, 0, 0]) for _ in self._scratch]

        def work(thread: int, start: int, stop: int) -> None:
            limit, scratch = limits[thread], self._scratch[thread]
            self.walk.sweep(
                self.tables, self.order, met, room, least, start, stop, limit, kept[thread], scratch
            )

        self.over(self.people, sentence("Looking for common ground"), work)
        first = min([int(limit[at]) for at in (DROP, SINCE, HASH)] for limit in limits)
        sizes = [int(limit[KEPT]) for limit in limits]
        seen = sum(int(limit[SEEN]) for limit in limits)
        pairs = self._as_one(kept, sizes)
        return Band(pairs, sum(sizes), [*first, 0, 0], first[DROP] == ONE + 1, seen)

    def _as_one(self, kept: list[Pairs], sizes: list[int]) -> Pairs:
        if self.walk.plain:
            return kept[0]
        parts = [[one[:size] for one in pairs] for pairs, size in zip(kept, sizes, strict=True)]
        return Pairs(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    def take(self, band: Band, room, used) -> list[tuple[int, int, int]]:
        """Takes a band's pairs in the order; (a, b, fit) of each. Lowers `room`, marks `used`."""
        kept = band.kept
        ties = Ties(*(self.walk.zeros(kept, kind) for kind in (np.int32, np.int32, np.int64, np.int32)))
        ranked, taken = self.walk.zeros(kept, np.int32), self.walk.zeros(kept, np.int32)
        limit, scratch = self.numbers(band.limit), self._scratch[0]
        count = self.walk.take(self.order, limit, scratch, band.pairs, kept, room, ranked, ties, used, taken)
        a, b, fit = band.pairs
        return [(int(a[at]), int(b[at]), int(fit[at])) for at in taken[:count]]


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
