"""A second, slow and obvious reading of the pairing contract, to hold the engine against.

It shares nothing with the engine but the plain `Person`: no arrays, no sparse products, no order of
its own. Where the two differ, one of them has misread the contract.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from itertools import combinations, groupby
from zoneinfo import ZoneInfo

from beenthere.matching.core.people import Named, Person, folded

MASKS = ("language", "age", "gender", "leave_out", "never")
FIT_STEPS = 65536
Two = tuple[str, str]


def two(a: str, b: str) -> Two:
    """The two refs in the order of their code points."""
    return (a, b) if a < b else (b, a)


def key_of(named: Named) -> str:
    """How an experience compares: an id as it is, other words trimmed and case-folded."""
    return named.experience if named.known else folded(named.experience)


def experiences_of(people: Iterable[Person], understood: Mapping[str, tuple]) -> dict[str, set[str]]:
    """For each ref the experiences named and those understood from the words."""
    return {
        person.ref: {key_of(named) for named in person.experiences}
        | {one.experience for one in understood.get(person.ref, ())}
        for person in people
    }


def narrower_in(broader: Mapping[str, str | None]) -> Callable[[str], set[str]]:
    """A function from an id to all ids below it, at any depth, by walking up from every id."""

    def is_below(one: str, top: str) -> bool:
        above = broader[one]
        return above is not None and (above == top or is_below(above, top))

    below = {top: {one for one in broader if is_below(one, top)} for top in broader}
    return lambda top: below.get(top, set())


def allowed(
    a: Person,
    b: Person,
    experiences_of: Mapping[str, set[str]],
    narrower: Callable[[str], set[str]],
) -> list[str]:
    """The names of the masks that keep these two apart, in the order of `MASKS`; empty if they may meet."""
    failing = []
    if not {_primary(tag) for tag in a.languages} & {_primary(tag) for tag in b.languages}:
        failing.append("language")
    if not (_accepts(a.meet_age, b.age_band) and _accepts(b.meet_age, a.age_band)):
        failing.append("age")
    if not (_accepts(a.meet_gender, folded(b.gender)) and _accepts(b.meet_gender, folded(a.gender))):
        failing.append("gender")
    if _cannot_hold(a, experiences_of[b.ref], narrower) or _cannot_hold(b, experiences_of[a.ref], narrower):
        failing.append("leave_out")
    if b.ref in a.never or a.ref in b.never:
        failing.append("never")
    return failing


def _primary(tag: str) -> str:
    return tag.strip().casefold().split("-")[0]


def _accepts(wanted: frozenset[str], said: str | None) -> bool:
    if not wanted:
        return True
    return bool(said) and folded(said) in {folded(one) for one in wanted}


def _cannot_hold(person: Person, experiences: set[str], narrower: Callable[[str], set[str]]) -> bool:
    for named in person.leave_out:
        left_out = {key_of(named)}
        if named.known:
            left_out |= set(narrower(named.experience))
        if left_out & experiences:
            return True
    return False


def reaches(fit: int, floor: float) -> bool:
    """Whether a rounded fit is at least the floor, in exact arithmetic."""
    return Fraction(fit, FIT_STEPS) >= Fraction(str(floor))


@dataclass(frozen=True)
class Meeting:
    """One pair of a plan; `a` and `b` in any order."""

    round: int
    a: str
    b: str
    fit: int
    kept: bool = False


def check_round(
    people: Iterable[Person],
    pairs: Iterable,
    *,
    allowed: Callable[[Person, Person], list[str]],
    fit_of: Callable[[str, str], int],
    floor: float,
    met: Iterable[Two],
    kept: Iterable[Two],
    capacity: Mapping[str, int],
    rounds: int = 1,
) -> None:
    """Raise AssertionError with the rule that is broken, unless the plan keeps the whole contract.

    `pairs` have `round`, `a`, `b`, `fit`, `kept`; `fit_of` answers for every two who are `allowed`.
    """
    by_ref = {person.ref: person for person in people}
    pairs = list(pairs)
    met_before = {two(*one) for one in met}
    held = {two(*one) for one in kept}
    _check_each(pairs, by_ref, allowed, fit_of, floor, held)
    _check_meetings(pairs, met_before, held, rounds)
    for number in range(1, rounds + 1):
        here = [pair for pair in pairs if pair.round == number]
        _check_capacity(here, capacity, number)
        _check_stable(here, by_ref, allowed, fit_of, floor, met_before, capacity, number)
        met_before |= {two(pair.a, pair.b) for pair in here}


def _check_each(pairs, by_ref, allowed, fit_of, floor, held) -> None:
    for pair in pairs:
        who = f"{pair.a!r} and {pair.b!r} in round {pair.round}"
        assert pair.a in by_ref and pair.b in by_ref, f"unknown person: {who}"
        assert pair.a != pair.b, f"paired with oneself: {who}"
        failing = allowed(by_ref[pair.a], by_ref[pair.b])
        assert not failing, f"mask broken: {who}: {failing}"
        assert pair.fit == fit_of(pair.a, pair.b), f"another fit: {who}: {pair.fit}"
        assert pair.kept == (two(pair.a, pair.b) in held), f"kept said wrongly: {who}: {pair.kept}"
        assert pair.kept or reaches(pair.fit, floor), f"under the floor: {who}: {pair.fit} under {floor}"


def _check_meetings(pairs, met, held, rounds) -> None:
    for pair in pairs:
        assert 1 <= pair.round <= rounds, f"no such round: {pair.round} of {rounds}"
        again = two(pair.a, pair.b)
        assert again in held or again not in met, f"met before: {again}"
    times = Counter(two(pair.a, pair.b) for pair in pairs)
    assert not [one for one, count in times.items() if count > 1], f"paired twice: {times.most_common(1)}"
    in_first = {two(pair.a, pair.b) for pair in pairs if pair.round == 1}
    assert held <= in_first, f"kept pair missing from round 1: {held - in_first}"


def _check_capacity(here, capacity, number) -> None:
    used = Counter(ref for pair in here for ref in (pair.a, pair.b))
    for ref, count in used.items():
        assert count <= capacity[ref], (
            f"over capacity: {ref!r} has {count} of {capacity[ref]} in round {number}"
        )


def _check_stable(here, by_ref, allowed, fit_of, floor, met_before, capacity, number) -> None:
    paired = {two(pair.a, pair.b) for pair in here}
    for a, b in combinations(sorted(by_ref), 2):
        if (a, b) in paired or (a, b) in met_before or allowed(by_ref[a], by_ref[b]):
            continue
        fit = fit_of(a, b)
        if reaches(fit, floor):
            both = all(_would_rather(ref, fit, here, capacity) for ref in (a, b))
            assert not both, f"not stable: {a!r} and {b!r} ({fit}) would rather meet in round {number}"


def _would_rather(ref: str, fit: int, here, capacity) -> bool:
    mine = [pair for pair in here if ref in (pair.a, pair.b)]
    return len(mine) < capacity[ref] or any(pair.fit < fit and not pair.kept for pair in mine)


def expected_meetings(
    fits: Mapping[Two, int],
    since: Mapping[str, date | None],
    *,
    met: Iterable[Two],
    kept: Iterable[Two],
    capacity: Mapping[str, int],
    rounds: int,
) -> set[tuple[int, str, str]] | None:
    """(round, a, b) of the only plan the contract allows: best fit first, of equal fits the earliest
    `since` of the two. None where the seed must decide. `fits` holds compatible pairs only."""

    def order(pair: Two) -> tuple[int, date]:
        return -fits[pair], min(since[ref] or date.max for ref in pair)

    seen = {two(*one) for one in met}
    plan = set()
    for number in range(1, rounds + 1):
        now = {two(*one) for one in kept} if number == 1 else set()
        room = Counter(capacity)
        room.subtract(ref for pair in now for ref in pair)
        for _, equals in groupby(sorted(fits, key=order), key=order):
            equals = [
                pair for pair in equals if pair not in seen | now and min(room[ref] for ref in pair) > 0
            ]
            room.subtract(ref for pair in equals for ref in pair)
            if min(room.values(), default=0) < 0:
                return None
            now |= set(equals)
        seen |= now
        plan |= {(number, *pair) for pair in now}
    return plan


def free_minutes(person: Person, on: date) -> set[int]:
    """The minutes, counted from midnight UTC at the start of `on`, of the 7 days in which one is free."""
    if not person.timezone:
        return set()
    zone = ZoneInfo(person.timezone)
    start = datetime.combine(on, time(), UTC)
    return {
        minute
        for minute in range(7 * 1440)
        if _is_free(person, (start + timedelta(minutes=minute)).astimezone(zone))
    }


def minutes_near_change(zone_name: str, on: date) -> set[int]:
    """The minutes less than an hour from a change of the clocks. A window that begins or ends in an hour
    skipped or said twice may be read as the minutes of that name or as the time from end to end."""
    zone, start = ZoneInfo(zone_name), datetime.combine(on, time(), UTC)
    offsets = {
        minute: (start + timedelta(minutes=minute)).astimezone(zone).utcoffset()
        for minute in range(-60, 7 * 1440 + 60)
    }
    return {minute for minute in range(7 * 1440) if offsets[minute - 60] != offsets[minute + 59]}


def _is_free(person: Person, local: datetime) -> bool:
    today, minute = local.weekday(), local.hour * 60 + local.minute
    yesterday = (today - 1) % 7
    return any(
        (window.weekday == today and window.start <= minute < window.until)
        or (window.weekday == yesterday and window.start <= minute + 1440 < window.until)
        for window in person.free
    )


def minutes_in_common(a: Person, b: Person, on: date) -> int:
    """How many minutes of the 7 days from `on` both are free."""
    return len(free_minutes(a, on) & free_minutes(b, on))
