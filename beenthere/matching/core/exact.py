"""Logarithms and unit vectors in whole numbers: no machine rounds them differently."""

from functools import lru_cache
from math import isqrt

from beenthere.matching.core.weights import ELSEWHERE, LEAST_RARITY, ONE, UNIT

_BITS = 16


@lru_cache(maxsize=65536)
def log2_of(above: int, below: int) -> int:
    """log2(above / below) in units of 1/65536, rounded down, for above >= below > 0."""
    whole = 0
    while above >= below * 2:
        below *= 2
        whole += 1
    part = (above << 32) // below  # 1 <= part / 2**32 < 2
    fraction = 0
    for _ in range(_BITS):
        part = (part * part) >> 32
        fraction <<= 1
        if part >= 2 << 32:
            part >>= 1
            fraction += 1
    return (whole << _BITS) + fraction


@lru_cache(maxsize=65536)
def rarity(holders: int, people: int) -> int:
    """0..ONE: how rare it is that `holders` of `people` have it; ONE when only one person has it."""
    asked = 2 * (people + ELSEWHERE)
    return log2_of(asked, 2 * holders + 1) * ONE // log2_of(asked, 3)


def rarity_of_experience(holders: int, people: int) -> int:
    """LEAST_RARITY..ONE: even what everyone here has lived through is something shared."""
    return LEAST_RARITY + (ONE - LEAST_RARITY) * rarity(holders, people) // ONE


def unit_vector(weights: dict[int, int], beside: int) -> list[tuple[int, int]]:
    """`weights` (term to weight, in ONEs) as (term, whole number) sorted by term, the whole of length
    UNIT together with `beside`, a part that nobody shares."""
    length = isqrt(sum(weight * weight for weight in weights.values()) + beside * beside << 2 * _BITS)
    if length == 0:
        return []
    unit = UNIT << _BITS
    parts = ((term, (weight * unit + length // 2) // length) for term, weight in sorted(weights.items()))
    return [(term, part) for term, part in parts if part]
