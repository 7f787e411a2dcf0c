"""Everyone without a pair in any round: the honest reason, and what would widen it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.compiled.around import BETWEEN, LANGUAGE, MET, MINE, NEVER, NO_ROOM, THEIRS
from beenthere.matching.core.compiled.rows import NO
from beenthere.matching.core.plan import Asked, Pair, Unmatched, rounded_text
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.reasons import together
from beenthere.matching.core.walking import Walker


@dataclass(frozen=True)
class Around:
    """What one person has around them: by the bits of what stands between them and the others, how many
    fit well enough (`counts`) and the highest fit (`best`, -1 for nobody)."""

    counts: Sequence[int]
    best: Sequence[int]

    def fitting(self, but_for: int = 0) -> tuple[int, int]:
        """How many fit well enough when only the bits of `but_for` are lifted, and their highest fit."""
        here = [bits for bits in _within(but_for) if self.counts[bits]]
        return sum(self.counts[bits] for bits in here), max((self.best[bits] for bits in here), default=NO)

    def passing(self) -> bool:
        """Whether anybody is within the boundaries of both sides."""
        return any(self.best[bits] != NO for bits in (0, MET, NO_ROOM, MET | NO_ROOM))

    def best_passing(self) -> int:
        return max(self.best[bits] for bits in (0, MET, NO_ROOM, MET | NO_ROOM))


@cache
def _within(lifted: int) -> tuple[int, ...]:
    """Every set of bits that nothing but `lifted` stands in."""
    return tuple(bits for bits in range(BETWEEN) if bits & ~lifted == 0)


def unmatched_of(
    prepared: Prepared, walker: Walker, asked: Asked, pairs: Sequence[Pair]
) -> tuple[Unmatched, ...]:
    """One reason for everyone who has no pair, by ref."""
    paired = {ref for pair in pairs for ref in (pair.a, pair.b)}
    left = [number for number, person in enumerate(prepared.people) if person.ref not in paired]
    around = _look_around(prepared, walker, asked, left)
    return tuple(
        Unmatched(prepared.people[number].ref, _why(prepared, asked, number, one))
        for number, one in zip(left, around, strict=True)
    )


def _look_around(prepared: Prepared, walker: Walker, asked: Asked, left: list[int]) -> list[Around]:
    counts, best = (walker.walk.zeros(max(1, len(left)) * BETWEEN, "int32") for _ in range(2))
    rows: list[list[int]] = [[] for _ in prepared.people]
    for pair in asked.met:
        a, b = (prepared.numbers[ref] for ref in pair)
        rows[a].append(b)
        rows[b].append(a)
    met, room, persons = walker.met(rows), walker.numbers(prepared.capacity), walker.numbers(left)
    scratch = [walker.scratch() for _ in range(walker.threads)]

    def work(thread: int, start: int, stop: int) -> None:
        walker.walk.look_around(
            walker.tables, met, room, asked.floor, start, stop, persons, counts, best, scratch[thread]
        )

    if left:
        walker.over(len(left), sentence("Finding out why some have nobody"), work)
    rows_of = range(0, len(left) * BETWEEN, BETWEEN)
    return [Around(counts[at : at + BETWEEN], best[at : at + BETWEEN]) for at in rows_of]


def _why(prepared: Prepared, asked: Asked, number: int, around: Around) -> Sentence:
    person = prepared.people[number]
    if len(prepared.people) == 1:
        return sentence("{ref} is the only person in the sheet.", ref=person.ref)
    count, best = around.fitting()
    if person.capacity == 0:
        return _no_room(person.ref, count, best)
    if count:
        return _places_taken(person.ref, count, best, bool(asked.kept))
    for bits, told in ((MET, _all_met), (NO_ROOM, _nobody_has_room), (MET | NO_ROOM, _met_or_no_room)):
        count, best = around.fitting(bits)
        if count:
            return told(person.ref, count, best)
    boundary = _widest_boundary(around)
    if around.passing():
        return _too_little(prepared, asked, number, around.best_passing(), boundary)
    return _behind_boundaries(person.ref, boundary)


def _no_room(ref: str, count: int, best: int) -> Sentence:
    if not count:
        return sentence(
            "{ref} has no room for anyone (capacity 0), and nobody who could be introduced to them fits "
            "well enough so far.",
            ref=ref,
        )
    return sentence(
        "{ref} has no room for anyone (capacity 0). People who would fit: {count}, the closest at {best}. "
        "Room for one would let them take part.",
        ref=ref,
        count=count,
        best=rounded_text(best),
    )


def _places_taken(ref: str, count: int, best: int, some_kept: bool) -> Sentence:
    if some_kept:
        return sentence(
            "People who fit {ref}: {count}, the closest at {best}. All their places were taken, by pairs "
            "kept by hand or by people who fit them at least as well. One more place with one of them could "
            "open this.",
            ref=ref,
            count=count,
            best=rounded_text(best),
        )
    return sentence(
        "People who fit {ref}: {count}, the closest at {best}. All their places were taken by people who fit "
        "them at least as well. One more place with one of them could open this.",
        ref=ref,
        count=count,
        best=rounded_text(best),
    )


def _all_met(ref: str, count: int, best: int) -> Sentence:
    return sentence(
        "{ref} has met everyone before who fits and has room: {count}, the closest at {best}. New people, or "
        "letting them meet again, would open this.",
        ref=ref,
        count=count,
        best=rounded_text(best),
    )


def _nobody_has_room(ref: str, count: int, best: int) -> Sentence:
    return sentence(
        "People who fit {ref}: {count}, the closest at {best}. None of them has room for anyone "
        "(capacity 0). Room for one with any of them could open this.",
        ref=ref,
        count=count,
        best=rounded_text(best),
    )


def _met_or_no_room(ref: str, count: int, best: int) -> Sentence:
    return sentence(
        "People who fit {ref}: {count}, the closest at {best}. {ref} has met each of them before, and they "
        "have no room for anyone (capacity 0). New people would open this.",
        ref=ref,
        count=count,
        best=rounded_text(best),
    )


def _widest_boundary(around: Around) -> tuple[Sentence, int, int] | None:
    """The one boundary whose lifting would let most people meet this person: what it is, how many and
    their highest fit; None when no single one would."""
    opened = [(told, *around.fitting(bit)) for bit, told in _SAID_OF_BOUNDARIES.items()]
    opened = [one for one in opened if one[1]]
    return max(opened, key=lambda one: (one[1], one[2]), default=None)


def _boundary_said(ref: str, boundary: tuple[Sentence, int, int]) -> Sentence:
    told, count, best = boundary
    return sentence(
        "What keeps most people away from {ref} is {boundary}. People who would fit without it: {count}, the "
        "closest at {best}.",
        ref=ref,
        boundary=told,
        count=count,
        best=rounded_text(best),
    )


def _too_little(
    prepared: Prepared, asked: Asked, number: int, best: int, boundary: tuple[Sentence, int, int] | None
) -> Sentence:
    ref = prepared.people[number].ref
    if not prepared.held[number] and not prepared.stems[number]:
        said = sentence(
            "{ref} has said nothing yet of what they lived through. An experience, or a few words, would "
            "let others find them.",
            ref=ref,
        )
    elif best == 0:
        said = sentence(
            "Nobody within the boundaries of {ref} has said anything that both share. More words, or more "
            "people, would widen this.",
            ref=ref,
        )
    else:
        said = sentence(
            "Nobody within the boundaries of {ref} shares enough: the closest reaches {best}, and the floor "
            "is {floor}. More words, more people or a lower floor would widen this.",
            ref=ref,
            best=rounded_text(best),
            floor=asked.floor_said,
        )
    return together([said, _boundary_said(ref, boundary)]) if boundary else said


def _behind_boundaries(ref: str, boundary: tuple[Sentence, int, int] | None) -> Sentence:
    said = sentence("A boundary is between {ref} and everyone here.", ref=ref)
    if boundary:
        return together([said, _boundary_said(ref, boundary)])
    widen = sentence(
        "No single boundary, if lifted, would let anyone meet them who fits well enough. More people would "
        "widen this."
    )
    return together([said, widen])


_SAID_OF_BOUNDARIES = {
    LANGUAGE: sentence("the languages they speak"),
    MINE: sentence("the ages they wish to meet"),
    MINE << 1: sentence("the genders they wish to meet"),
    MINE << 2: sentence("what they asked to leave out"),
    THEIRS: sentence("the ages that others wish to meet"),
    THEIRS << 1: sentence("the genders that others wish to meet"),
    THEIRS << 2: sentence("what others asked to leave out"),
    NEVER: sentence("a wish never to be introduced"),
}
