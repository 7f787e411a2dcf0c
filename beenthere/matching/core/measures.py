"""How good and how fair a plan is."""

from collections.abc import Iterator, Sequence

from beenthere.matching.core.masks import primary_languages
from beenthere.matching.core.people import Person
from beenthere.matching.core.plan import Asked, Group, Measures, Pair
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.weights import ONE

STEPS = 20  # of the histogram of fits
_ENOUGH = 5  # people: a group of fewer says too little to be called the worst off


def measure(prepared: Prepared, pairs: Sequence[Pair], asked: Asked, compatible: int) -> Measures:
    """`compatible` is how many pairs could have been introduced at all."""
    paired = {ref for pair in pairs for ref in (pair.a, pair.b)}
    fits = sorted(pair.fit for pair in pairs)
    groups = _groups(prepared, paired)
    return Measures(
        people=len(prepared.people),
        with_room=sum(person.capacity > 0 for person in prepared.people),
        paired=len(paired),
        pairs=len(pairs),
        compatible=compatible,
        capacity=int(prepared.capacity.sum()) * asked.rounds,
        capacity_filled=2 * len(pairs),
        mean_fit=sum(fits) // len(fits) if fits else 0,
        median_fit=(fits[(len(fits) - 1) // 2] + fits[len(fits) // 2]) // 2 if fits else 0,
        fits=_histogram(fits),
        wait_paired=_waits(prepared, paired, True),
        wait_unpaired=_waits(prepared, paired, False),
        groups=groups,
        worst_off=worst_off(groups),
    )


def worst_off(groups: Sequence[Group]) -> Group | None:
    """The group of enough people of whom the smallest share has a pair; None when all groups do equally
    well."""
    large = [group for group in groups if group.people >= _ENOUGH]
    shares = {group.met * ONE // group.people for group in large}
    if len(shares) < 2:
        return None
    return min(
        large, key=lambda group: (group.met * ONE // group.people, -group.people, group.kind, group.name)
    )


def _histogram(fits: Sequence[int]) -> tuple[int, ...]:
    counts = [0] * STEPS
    for fit in fits:
        counts[min(fit * STEPS // ONE, STEPS - 1)] += 1
    return tuple(counts)


def _waits(prepared: Prepared, paired: set[str], want: bool) -> tuple[int, ...]:
    waiting = (one for one in prepared.people if one.since and (one.ref in paired) == want)
    return tuple(sorted(max(0, (prepared.on - one.since).days) for one in waiting))


def _groups(prepared: Prepared, paired: set[str]) -> tuple[Group, ...]:
    """Every group of people with room, and how many of it have a pair; by kind, largest first."""
    counts: dict[tuple[str, str], list[int]] = {}
    for number, person in enumerate(prepared.people):
        if person.capacity == 0:
            continue
        for group in _groups_of(prepared, number, person):
            count = counts.setdefault(group, [0, 0])
            count[0] += 1
            count[1] += person.ref in paired
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], -item[1][0], item[0][1]))
    return tuple(Group(*group, *count) for group, count in ordered)


def _groups_of(prepared: Prepared, number: int, person: Person) -> Iterator[tuple[str, str]]:
    for key, held in prepared.held[number].items():
        known = not key.startswith("written:")
        yield "experience", prepared.vocabulary.name(key) if known else str(held.name)
    for language in sorted(primary_languages(person)):
        yield "language", language
    yield "age", person.age_band or ""
    yield "gender", " ".join(person.gender.split())
