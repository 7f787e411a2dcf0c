"""Everybody who may be introduced, in memory: read once in each process, and again where something changed.

It is compared with the tables whenever it is asked for, and news (`pool.changed`) names who must be read
again. Neither is trusted for what matters: blocks and nevers are not read from memory, and of the few who
were chosen is looked up that they are here and open, and that what they told, boundaries included, is what
was read.
"""

import hashlib
import heapq
import threading
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from beenthere.foundation import wire
from beenthere.matching.core.reading import SOON, Member
from beenthere.matching.queries import members
from beenthere.people.queries.never import apart_by_never

if TYPE_CHECKING:
    from beenthere.matching.core.prepare import Prepared
    from beenthere.matching.core.proposing import Around

CHANGED = "pool.changed"
A_MONDAY = date(2025, 1, 6)  # nobody tells hours here


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a person may be introduced to. `why` is plain JSON for both cards, "mine" for the one
    who asked; `excerpts` are (author, piece, words) of both."""

    ref: str
    fit: int
    why: dict
    excerpts: list[tuple[str, str, str]]


class Pool:
    """A moment of the place; it never changes, the next moment is another pool."""

    def __init__(self, read: dict[str, members.Read]) -> None:
        self.read = read
        self._prepared: Prepared | None = None
        self._lock = threading.Lock()

    @property
    def people(self) -> tuple[str, ...]:
        """The refs of all, in order."""
        return tuple(sorted(self.read))

    def member(self, ref: str) -> Member | None:
        return self.read[ref].member if ref in self.read else None

    @property
    def prepared(self) -> "Prepared":
        from beenthere.experiences.core import load_vocabulary
        from beenthere.matching.core.prepare import prepare

        with self._lock:
            if self._prepared is None:
                everybody = [one.member for one in self.read.values()]
                understood = {one.person.ref: one.understood for one in everybody}
                people = [one.person for one in everybody]
                self._prepared = prepare(
                    people, vocabulary=load_vocabulary(), understood=understood, on=A_MONDAY
                )
            return self._prepared

    def around(self, ref: str, *, soon: bool = False) -> "Around":
        """Everybody as `ref` sees them; with `soon`, as if they wished for someone soon. KeyError for
        somebody who is not in the pool."""
        from beenthere.matching.core.proposing import around

        return around(self.prepared, self.prepared.number_of(ref), self._soon(ref if soon else None))

    def _soon(self, also: str | None) -> frozenset[int]:
        """Who wishes for someone soon (numbers); `also` as if they did."""
        wish = (ref for ref, one in self.read.items() if one.member.wish == SOON or ref == also)
        return frozenset(self.prepared.numbers[ref] for ref in wish)

    def turn(self) -> "Turn":
        """The pool for one turn of choosing, with the blocks and the rooms of now."""
        return Turn(self)

    def best_for(self, ref: str, *, without: Collection[str] = (), most: int = 3) -> list[Candidate]:
        """Whom `ref` could meet, at most `most`, those first whom they wish for. Nobody where `ref` is not
        in the pool. What was read is compared with the tables for the few who are chosen."""
        pool = self
        for _ in range(3):
            few = [other for other, _ in pool.turn().best_for(ref, without=without, most=most)]
            if not few or pool.are_as_read((ref, *few)):
                return [pool.candidate(ref, one) for one in few]
            pool = refreshed()
        return []  # everything changes at once: the next round will see

    def are_as_read(self, refs: Collection[str]) -> bool:
        """Whether these people are all still here and open, and have changed nothing since they were read."""
        return members.are_as_read({one: self.read[one].marks for one in refs})

    def candidate(self, ref: str, other: str) -> Candidate:
        """The introduction of two people of the pool; the same two give the same, from either side."""
        from beenthere.matching.core.lending import lent
        from beenthere.matching.core.naming import Named
        from beenthere.matching.core.proposing import proposal, side

        mine, theirs = self.prepared.number_of(ref), self.prepared.number_of(other)
        unsaid = tuple(Named(self.read[one].member.name) for one in sorted((ref, other)))
        two = proposal(self.prepared, mine, theirs, unsaid)
        why = {"mine": side(two, mine), "theirs": side(two, theirs)}
        excerpts = [
            (author, piece, words)
            for author in sorted((ref, other))
            for piece, words in lent(two, self.prepared.number_of(author), self.read[author].member.parts)
        ]
        return Candidate(other, two.ground.fit, why, excerpts)


class Turn:
    """One turn of choosing for many people: what lies outside the pool (blocks, room, cards) is read once."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.blocked = members.blocked()
        self.never = apart_by_never({ref: one.called for ref, one in pool.read.items()})
        self.here, self.cards = members.with_room_now(), members.open_cards()

    def best_for(self, ref: str, *, without: Collection[str], most: int) -> list[tuple[str, int]]:
        """Whom `ref` could meet and how well each fits, at most `most`, those first whom they wish for."""
        import numpy as np

        if ref not in self.pool.read or most < 1:
            return []
        people, seen = self.pool.prepared.people, self.pool.around(ref)
        apart = {*without, ref} | self.blocked.get(ref, set()) | self.never.get(ref, set())
        fitting = [int(one) for one in np.flatnonzero(seen.open) if people[one].ref not in apart]
        fits, soon = seen.fits.tolist(), self.pool.read[ref].member.wish == SOON

        def order(one: int) -> tuple:
            other = people[one].ref
            waits = (other not in self.here, self.cards.get(other, 0)) if soon else ()
            return (waits, -fits[one], _lot(ref, other))

        return [(people[one].ref, fits[one]) for one in heapq.nsmallest(most, fitting, key=order)]


class _Moment:
    """The pool of this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.pool: Pool | None = None
        self.seen: tuple = ()
        self.news: set[str] = set()  # who must be read again whatever their marks say

    def hear(self, ref: str) -> None:
        self.news.add(ref)


_moment = _Moment()
wire.subscribe(CHANGED, _moment.hear)
wire.subscribe(wire.GAP, _moment.hear)


def the_pool() -> Pool:
    """Everybody who may be introduced now."""
    if _moment.pool is None or _moment.news or _moment.seen != members.fingerprint():
        return refreshed()
    return _moment.pool


def refreshed() -> Pool:
    """The pool, compared with the tables person by person; who changed is read again."""
    with _moment.lock:
        news, _moment.news = _moment.news, set()
        seen = members.fingerprint()  # before the rows: what changes meanwhile is seen next time
        before = _moment.pool.read if _moment.pool else {}
        marks = members.marks_of()
        kept = {ref: one for ref, one in before.items() if ref not in news and one.marks == marks.get(ref)}
        found = members.read({ref: mark for ref, mark in marks.items() if ref not in kept}, before)
        if _moment.pool is None or len(kept) < len(before) or found:
            _moment.pool = Pool({**kept, **found})
        _moment.seen = seen
        return _moment.pool


def tell_change(ref: str) -> None:
    """The pools of all processes read this person again, now and once what changes them is kept."""
    _moment.hear(ref)
    transaction.on_commit(lambda: wire.publish(CHANGED, ref))


def _lot(a: str, b: str) -> str:
    """What decides between equals: no order of coming, and the same from either side."""
    return hashlib.sha256(" ".join(sorted((a, b))).encode()).hexdigest()
