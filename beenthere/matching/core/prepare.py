"""From people to what is compared: everything a round needs, worked out once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from beenthere.matching.core.boundaries import boundaries_of
from beenthere.matching.core.held import Held, held_by, refused_by, strengths, touching_of
from beenthere.matching.core.hours import week_of
from beenthere.matching.core.people import HOPES, Person, folded
from beenthere.matching.core.tables import (
    Order,
    Tables,
    experience_vectors,
    lists_of,
    words_vectors,
)
from beenthere.matching.core.words import Stem, Wording


@dataclass(frozen=True)
class Prepared:
    """People sorted by ref (by code point), so that the order of rows changes nothing, and what they
    hold, refuse and wrote; a person's number is their place in `people`."""

    people: tuple[Person, ...]
    numbers: Mapping[str, int]  # ref to number
    held: tuple[dict[str, Held], ...]
    refused: tuple[frozenset[str], ...]
    stems: tuple[dict[Stem, tuple[int, str]], ...]
    hours: tuple[tuple[tuple[int, int], ...], ...]
    tables: Tables
    things: tuple[tuple, ...]  # what each term of the experience vectors stands for
    terms: tuple[Stem, ...]  # and of the words
    vocabulary: object
    on: date

    def number_of(self, ref: str) -> int:
        """Raises KeyError when nobody has this ref."""
        return self.numbers[ref]

    def order(self, seed: int) -> Order:
        """What decides between equal fits, for this seed."""
        dates = sorted({person.since for person in self.people if person.since})
        places = {day: place for place, day in enumerate(dates)}
        since = np.array([places.get(person.since, len(dates)) for person in self.people], np.int64)
        ref_at, refs = lists_of([person.ref.encode("utf-8", "surrogatepass") for person in self.people])
        salt = np.frombuffer(f"{seed}".encode(), np.uint8).astype(np.int64)
        return Order(since, salt, ref_at, refs)

    @property
    def capacity(self) -> np.ndarray:
        return np.array([min(person.capacity, len(self.people)) for person in self.people], np.int64)


def prepare(
    people: Iterable[Person], *, vocabulary, understood: Mapping[str, Iterable], on: date
) -> Prepared:
    """Everything that pairing `people` needs. `understood` gives, by ref, what their words were understood
    to say; `on` is the first day of the week in which hours are compared. Refs must differ (ValueError)."""
    ordered = tuple(sorted(people, key=lambda person: person.ref))
    numbers = {person.ref: number for number, person in enumerate(ordered)}
    if len(numbers) < len(ordered):
        raise ValueError("Two people have the same ref.")
    held = tuple(held_by(person, understood.get(person.ref, ()), vocabulary) for person in ordered)
    refused = tuple(refused_by(person, vocabulary) for person in ordered)
    wording = Wording()
    stems = tuple(wording.stems(person.words, person.languages) for person in ordered)
    hours = _hours(ordered, on)
    touching = touching_of(vocabulary)
    experiences, things = experience_vectors([strengths(row, vocabulary, touching) for row in held])
    words, terms = words_vectors(stems)
    tables = Tables(
        experiences=experiences,
        words=words,
        **boundaries_of(ordered, held, refused, numbers)._asdict(),
        **_easing(ordered, hours),
    )
    return Prepared(
        people=ordered,
        numbers=numbers,
        held=held,
        refused=refused,
        stems=stems,
        hours=hours,
        tables=tables,
        things=things,
        terms=terms,
        vocabulary=vocabulary,
        on=on,
    )


def _hours(people: tuple[Person, ...], on: date) -> tuple[tuple[tuple[int, int], ...], ...]:
    seen: dict[tuple, tuple[tuple[int, int], ...]] = {}  # many share the same evenings
    for person in people:
        key = (person.free, person.timezone)
        if key not in seen:
            seen[key] = week_of(person.free, person.timezone, on)
    return tuple(seen[(person.free, person.timezone)] for person in people)


def _easing(people: tuple[Person, ...], hours: tuple) -> dict[str, np.ndarray]:
    """The part of `Tables` that makes meeting easier: hopes, places, hours."""
    places = sorted({folded(person.place) for person in people} - {""})
    number = {place: at + 1 for at, place in enumerate(places)} | {"": 0}
    hours_at, opens = lists_of([[span[0] for span in row] for row in hours])
    _, closes = lists_of([[span[1] for span in row] for row in hours])
    hopes = [sum(1 << at for at, hope in enumerate(HOPES) if hope in person.hopes) for person in people]
    return {
        "hopes": np.array(hopes, np.int64),
        "place": np.array([number[folded(person.place)] for person in people], np.int64),
        "hours_at": hours_at,
        "opens": opens,
        "closes": closes,
    }
