"""What is compared, as flat arrays of whole numbers that the pairing walks through."""

from collections.abc import Sequence
from math import isqrt
from typing import NamedTuple

import numpy as np

from beenthere.matching.core import weights
from beenthere.matching.core.exact import rarity, rarity_of_experience, unit_vector
from beenthere.matching.core.words import Stem

BITS = 62  # used of each 64-bit number, so that none is ever negative


class Vectors(NamedTuple):
    """One sparse vector a person, by person (`at`, `term`, `part`) and by term (`of`, `who`, `weight`):
    those of person p stand at at[p]..at[p+1], those of term t at of[t]..of[t+1], sorted by person."""

    at: np.ndarray
    term: np.ndarray
    part: np.ndarray
    of: np.ndarray
    who: np.ndarray
    weight: np.ndarray


class Tables(NamedTuple):
    """All people, sorted by ref; sets are bits in `width` numbers a person, the lists of person p stand
    at `..._at[p]` to `..._at[p + 1]`."""

    experiences: Vectors
    words: Vectors
    speaks: np.ndarray
    speaks_width: int
    has: np.ndarray  # an age, a gender, experiences that somebody refuses
    refuses: np.ndarray  # the same bits
    has_width: int
    kinds: np.ndarray  # which of the bits are an age, a gender, an experience: 3 times `has_width`
    never_at: np.ndarray  # both directions
    never: np.ndarray
    hopes: np.ndarray
    place: np.ndarray
    hours_at: np.ndarray
    opens: np.ndarray
    closes: np.ndarray


class Order(NamedTuple):
    """What decides between equal fits: the earliest `since`, as its place among the dates of the sheet
    (none is the last), then the hash of these bytes of seed and refs."""

    since: np.ndarray
    salt: np.ndarray
    ref_at: np.ndarray
    refs: np.ndarray


def lists_of(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Rows of numbers as (`at`, numbers)."""
    at = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=at[1:])
    flat = np.fromiter((one for row in rows for one in row), np.int64, count=int(at[-1]))
    return at, flat


def bits_of(rows: Sequence[Sequence[int]], size: int) -> tuple[np.ndarray, int]:
    """Sets of numbers below `size` as bits, `width` numbers a row."""
    width = max(1, -(-size // BITS))
    bits = np.zeros((len(rows), width), np.int64)
    for number, row in enumerate(rows):
        for one in row:
            bits[number, one // BITS] |= 1 << (one % BITS)
    return bits.ravel(), width


def vectors_of(rows: Sequence[list[tuple[int, int]]], terms: int) -> Vectors:
    """Sparse unit vectors, (term, whole number) sorted by term for each person."""
    at, term = lists_of([[term for term, _ in row] for row in rows])
    part = np.fromiter((part for row in rows for _, part in row), np.int64, count=len(term))
    person = np.repeat(np.arange(len(rows)), np.diff(at))
    order = np.lexsort((person, term))
    of = np.zeros(terms + 1, np.int64)
    np.cumsum(np.bincount(term, minlength=terms), out=of[1:])
    return Vectors(at, term, part, of, person[order].astype(np.int32), part[order].astype(np.int32))


def experience_vectors(strengths: Sequence[dict[tuple, int]]) -> tuple[Vectors, tuple[tuple, ...]]:
    """Everything that can be shared of what people lived through, the rarer here the weightier; and
    what each term of the vectors stands for."""
    numbers = {
        thing: number for number, thing in enumerate(sorted({one for row in strengths for one in row}))
    }
    holders = _counts(strengths)
    weight = {thing: rarity_of_experience(holders[thing], len(strengths)) for thing in numbers}
    rows = [
        unit_vector(
            {numbers[thing]: _rooted(strength, weight[thing]) for thing, strength in row.items()},
            weights.ALONE if row else 0,
        )
        for row in strengths
    ]
    return vectors_of(rows, len(numbers)), tuple(numbers)


def _rooted(strength: int, rare: int) -> int:
    """A product of two of these is a product of strengths, times how rare the thing is."""
    return isqrt(strength * strength * rare // weights.ONE)


def words_vectors(stems: Sequence[dict[Stem, tuple[int, str]]]) -> tuple[Vectors, tuple[Stem, ...]]:
    """Term frequency by inverse document frequency, words of every day counting little; and what each
    term of the vectors stands for."""
    numbers = {stem: number for number, stem in enumerate(sorted({one for row in stems for one in row}))}
    holders = _counts(stems)
    weight = {stem: _stem_weight(stem, holders[stem], len(stems)) for stem in numbers}
    rows = []
    for row in stems:
        weighed = {stem: weight[stem] * _times_weight(times) // 2 for stem, (times, _) in row.items()}
        kept = sorted(weighed, key=lambda stem: (-weighed[stem], stem))[: weights.MOST_WORDS]
        rows.append(unit_vector({numbers[stem]: weighed[stem] for stem in kept}, weights.FEW_WORDS))
    return vectors_of(rows, len(numbers)), tuple(numbers)


def _stem_weight(stem: Stem, holders: int, people: int) -> int:
    rare = rarity(holders, people)
    return rare * weights.EVERYDAY // weights.ONE if stem.everyday else rare


def _times_weight(times: int) -> int:
    """In halves: said once counts one, twice one and a half, more often two."""
    return min(times, 3) + 1


def _counts(rows: Sequence[dict]) -> dict:
    found: dict = {}
    for row in rows:
        for one in row:
            found[one] = found.get(one, 0) + 1
    return found
