"""The words that two people's pieces lend to their introduction: short, whole sentences, where they show
the common ground, and never one in which somebody says their own name."""

from collections.abc import Iterator
from dataclasses import dataclass

from beenthere.matching.core.proposing import Proposal
from beenthere.matching.core.quotes import quote_around, where_said

MOST = 3
LONGEST = 160
_ENDS = ".!?\n;…"


@dataclass(frozen=True, slots=True)
class Part:
    """A quotable piece within `Person.words`: it begins at `start`. `keys` are the experiences its author
    said it is about."""

    start: int
    ref: str
    words: str
    keys: frozenset[str] = frozenset()


def lent(two: Proposal, whose: int, parts: tuple[Part, ...]) -> list[tuple[str, str]]:
    """(ref of the piece, words): up to three of one person's, those that tell most first, and none in which
    the name of either stands."""
    found: dict[str, str] = {}
    for ref, quote in _quotes(two, whose, parts):
        said_already = any(quote in other or other in quote for other in found)
        if quote and not said_already and not two.names(quote):
            found[quote] = ref
        if len(found) == MOST:
            break
    return [(ref, quote) for quote, ref in found.items()]


def _beside(words: str, end: int) -> tuple[int, int] | None:
    """Where the sentence after the one that ends behind `end` begins."""
    over = min((at for at in (words.find(mark, end) for mark in _ENDS) if at >= 0), default=-1)
    while 0 <= over < len(words) and (words[over].isspace() or words[over] in _ENDS):
        over += 1
    return (over, over + 1) if 0 < over < len(words) else None


def _quotes(two: Proposal, whose: int, parts: tuple[Part, ...]) -> Iterator[tuple[str, str]]:
    told = []
    for start, end in _places(two, whose):
        for part in parts:
            if part.start <= start < part.start + len(part.words):
                told.append((part, start - part.start, end - part.start))
    for part, start, end in told:
        yield part.ref, quote_around(part.words, start, end, LONGEST)
    for part, _, end in told[:1]:  # one sentence more says how it was
        beside = _beside(part.words, end)
        if beside:
            yield part.ref, quote_around(part.words, *beside, LONGEST)
    shared = {one.key for one in _held(two, whose)}
    for part in parts:
        if part.keys & shared:
            first = len(part.words) - len(part.words.lstrip())
            yield part.ref, quote_around(part.words, first, first + 1, LONGEST)


def _held(two: Proposal, whose: int) -> list:
    found = [two.of(whose, one)[0] for one in two.both]
    return found + ([two.of(whose, two.near[:2])[0]] if two.near else [])


def _places(two: Proposal, whose: int) -> Iterator[tuple[int, int]]:
    """Where in their words the common ground is said, the weightiest first."""
    for held in _held(two, whose):
        yield from held.spans
    words, stems = two.prepared.people[whose].words, two.prepared.stems[whose]
    for stem in two.ground.stems:
        start, end = where_said(words, stems[stem][1])
        if end and not stem.everyday:
            yield start, end
