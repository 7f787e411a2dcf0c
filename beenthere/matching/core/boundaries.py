"""The boundaries of everyone as bits: the masks of `masks`, packed for the pairing."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from beenthere.matching.core.masks import primary_languages
from beenthere.matching.core.people import AGE_BANDS, Person, folded
from beenthere.matching.core.tables import bits_of, lists_of

_NO_AGE = len(AGE_BANDS)  # the bit of an age unsaid; then come the genders
_NO_LISTED_GENDER = _NO_AGE + 1


class Boundaries(NamedTuple):
    """The part of `Tables` that says who may meet whom."""

    speaks: np.ndarray
    speaks_width: int
    has: np.ndarray
    refuses: np.ndarray
    has_width: int
    kinds: np.ndarray
    never_at: np.ndarray
    never: np.ndarray


def boundaries_of(
    people: Sequence[Person], held: Sequence[dict], refused: Sequence[frozenset[str]], places: dict[str, int]
) -> Boundaries:
    """The boundaries of `people`, whose refs stand at `places`."""
    speaks, speaks_width = _languages(people)
    genders = sorted({gender for person in people for gender in person.meet_gender})
    gender_bits = {gender: _NO_LISTED_GENDER + 1 + at for at, gender in enumerate(genders)}
    asked = sorted(frozenset().union(*refused) & frozenset().union(*held)) if people else []
    first = _NO_LISTED_GENDER + 1 + len(genders)
    experience_bits = {key: first + at for at, key in enumerate(asked)}
    size = first + len(asked)
    has, width = bits_of(
        [_has(*pair, gender_bits, experience_bits) for pair in zip(people, held, strict=True)], size
    )
    refuses, _ = bits_of(
        [_refuses(*pair, gender_bits, experience_bits) for pair in zip(people, refused, strict=True)], size
    )
    kinds, _ = bits_of([range(_NO_LISTED_GENDER), range(_NO_LISTED_GENDER, first), range(first, size)], size)
    never_at, never = lists_of(_apart(people, places))
    return Boundaries(speaks, speaks_width, has, refuses, width, kinds, never_at, never)


def _languages(people: Sequence[Person]) -> tuple[np.ndarray, int]:
    spoken = [primary_languages(person) for person in people]
    numbers = {language: number for number, language in enumerate(sorted(frozenset().union(*spoken)))}
    return bits_of([[numbers[language] for language in row] for row in spoken], len(numbers))


def _has(person: Person, held: dict, gender_bits: dict, experience_bits: dict) -> list[int]:
    age = _NO_AGE if person.age_band is None else AGE_BANDS.index(person.age_band)
    gender = gender_bits.get(folded(person.gender), _NO_LISTED_GENDER)
    return [age, gender, *(experience_bits[key] for key in held if key in experience_bits)]


def _refuses(person: Person, refused: frozenset, gender_bits: dict, experience_bits: dict) -> list[int]:
    bits = [experience_bits[key] for key in refused if key in experience_bits]
    if person.meet_age:
        bits += [_NO_AGE, *(at for at, band in enumerate(AGE_BANDS) if band not in person.meet_age)]
    if person.meet_gender:
        bits += [_NO_LISTED_GENDER]
        bits += [bit for gender, bit in gender_bits.items() if gender not in person.meet_gender]
    return bits


def _apart(people: Sequence[Person], places: dict[str, int]) -> list[list[int]]:
    apart: list[set[int]] = [set() for _ in people]
    for number, person in enumerate(people):
        for ref in person.never:
            other = places.get(ref)
            if other is not None and other != number:
                apart[number].add(other)
                apart[other].add(number)
    return [sorted(row) for row in apart]
