"""Two people beside each other: their fit, and every part of it, worked out plainly for these two."""

from dataclasses import dataclass

from beenthere.matching.core import fit
from beenthere.matching.core.held import Held
from beenthere.matching.core.hours import minutes_in_common
from beenthere.matching.core.people import HOPES, folded
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.tables import Vectors
from beenthere.matching.core.words import Stem


@dataclass(frozen=True)
class Ground:
    """What `a` and `b` (numbers) have in common, the weightiest first, and the fit that follows."""

    a: int
    b: int
    things: tuple[tuple, ...]
    stems: tuple[Stem, ...]
    experience_part: int
    words_part: int
    hopes: tuple[str, ...]
    minutes: int
    place: str
    fit: int


def ground_between(prepared: Prepared, a: int, b: int) -> Ground:
    """The common ground of two people, boundaries aside. Swapping the two changes nothing of it but
    their order."""
    tables = prepared.tables
    things = _shared(tables.experiences, a, b)
    stems = _shared(tables.words, a, b)
    one, other = prepared.people[a], prepared.people[b]
    minutes = minutes_in_common(prepared.hours[a], prepared.hours[b])
    same_place = folded(one.place) == folded(other.place) and one.place
    shared = fit.shared_part(sum(things.values()), sum(stems.values()))
    ease = fit.hopes_part(int(tables.hopes[a]), int(tables.hopes[b])) + fit.hours_part(minutes)
    ease += fit.place_part(int(tables.place[a]), int(tables.place[b]))
    return Ground(
        a=a,
        b=b,
        things=_weightiest(things, prepared.things),
        stems=_weightiest(stems, prepared.terms),
        experience_part=fit.experience_part(sum(things.values())),
        words_part=fit.words_part(sum(stems.values())),
        hopes=tuple(hope for hope in HOPES if hope in one.hopes & other.hopes),
        minutes=minutes,
        place=one.place if same_place else "",
        fit=fit.eased(shared, ease),
    )


def fit_between(prepared: Prepared, a: str, b: str) -> int:
    """The fit of two refs, 0..65536, boundaries aside. Raises KeyError for an unknown ref."""
    return ground_between(prepared, prepared.number_of(a), prepared.number_of(b)).fit


def held_by_both(prepared: Prepared, ground: Ground) -> list[tuple[Held, Held]]:
    """The experiences that both hold themselves, the weightiest first."""
    mine, theirs = prepared.held[ground.a], prepared.held[ground.b]
    keys = [thing[1] for thing in ground.things if thing[0] == "experience"]
    return [(mine[key], theirs[key]) for key in keys if key in mine and key in theirs]


def _shared(vectors: Vectors, a: int, b: int) -> dict[int, int]:
    mine, theirs = _vector(vectors, a), _vector(vectors, b)
    return {term: part * theirs[term] for term, part in mine.items() if term in theirs}


def _vector(vectors: Vectors, person: int) -> dict[int, int]:
    here = slice(int(vectors.at[person]), int(vectors.at[person + 1]))
    return dict(zip(vectors.term[here].tolist(), vectors.part[here].tolist(), strict=True))


def _weightiest(products: dict[int, int], meanings: tuple) -> tuple:
    return tuple(meanings[term] for term in sorted(products, key=lambda term: (-products[term], term)))
