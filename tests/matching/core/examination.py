"""Runs the real engine on a small community and holds all that it says against the oracle."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from beenthere.matching.core.prepare import prepare
from beenthere.matching.core.rounds import plan_rounds

from .communities import Community
from .oracle import FIT_STEPS, Two, check_round, expected_meetings, reaches, two


@dataclass
class Tally:
    """What was held against the oracle so far."""

    communities: int = 0
    rounds: int = 0
    pairs: int = 0
    judged: int = 0
    decided: int = 0

    def add(self, other: "Tally") -> None:
        self.communities += other.communities
        self.rounds += other.rounds
        self.pairs += other.pairs
        self.judged += other.judged
        self.decided += other.decided


@dataclass
class Told:
    """The part of a plan that speaks of one of the communities on a sheet."""

    pairs: list
    unmatched: list
    nearest: list


def prepared(community: Community, vocabulary, people=None):
    """The engine's own view of the community; `people` may come in another order."""
    return prepare(
        community.people if people is None else people,
        vocabulary=vocabulary,
        understood=community.understood,
        on=community.on,
    )


def planned(community: Community, ready, **changes):
    """The plan of the engine for what the community asks, with every compatible peer as `nearest`."""
    asked = {
        "rounds": community.rounds,
        "floor": community.floor,
        "seed": community.seed,
        "met": community.met,
        "kept": community.kept,
        "nearest": len(community.people),
    }
    return plan_rounds(ready, **(asked | changes))


def fits_told(plan) -> dict[Two, int]:
    """The fit of every two in `nearest`; both sides must tell the same."""
    told = {(near.ref, near.peer): near.fit for near in plan.nearest}
    assert len(told) == len(plan.nearest), "nearest names a peer twice"
    for (ref, peer), fit in told.items():
        assert ref != peer, f"nearest to oneself: {ref!r}"
        assert told.get((peer, ref)) == fit, f"not symmetric: {ref!r} {peer!r} {fit} {told.get((peer, ref))}"
        assert 0 <= fit <= FIT_STEPS, f"fit out of range: {fit}"
    return {two(*one): fit for one, fit in told.items()}


def check_nearest(plan, compatible: Mapping[Two, int], met: set[Two]) -> None:
    """Each person's list is ranked from 1, falling, and holds exactly the compatible, unmet peers."""
    assert fits_told(plan) == {pair: fit for pair, fit in compatible.items() if pair not in met}
    ranks: dict[str, list] = {}
    for near in plan.nearest:
        ranks.setdefault(near.ref, []).append((near.rank, near.fit))
    for ref, ranked in ranks.items():
        assert [rank for rank, _ in ranked] == list(range(1, len(ranked) + 1)), f"ranks of {ref!r}: {ranked}"
        assert [fit for _, fit in ranked] == sorted((fit for _, fit in ranked), reverse=True), (
            f"{ref!r}: {ranked}"
        )


def check_order(plan) -> None:
    """Rows stand by round, fit falling, a, b; a before b by code point."""
    rows = [(pair.round, -pair.fit, pair.a, pair.b) for pair in plan.pairs]
    assert rows == sorted(rows), f"rows out of order: {rows}"
    assert all(pair.a < pair.b for pair in plan.pairs)


def check_unmatched(plan, people) -> None:
    """Named are exactly those without a pair in any round, each once."""
    paired = {ref for pair in plan.pairs for ref in (pair.a, pair.b)}
    assert sorted(one.ref for one in plan.unmatched) == sorted({person.ref for person in people} - paired)


def examine(community: Community, ready) -> Tally:
    """Raise AssertionError where the engine and the oracle differ; else what was compared.

    Fits come from a run without floor and without history, which must name exactly the allowed pairs.
    """
    plain = planned(community, ready, rounds=1, floor=0, met=(), kept=())
    return hold(community, fits_told(plain), planned(community, ready))


def examine_sheet(sheet: Community, parts: list[Community], ready) -> Tally:
    """The same for communities on one sheet that share no language (see `on_one_sheet`): nothing told
    may cross from one to another, and each is held against the oracle alone."""
    most = {"nearest": max(len(part.people) for part in parts)}
    fits = fits_told(planned(sheet, ready, **most, rounds=1, floor=0, met=(), kept=()))
    plan = planned(sheet, ready, **most)
    part_of = {person.ref: number for number, part in enumerate(parts) for person in part.people}
    told = [Told([], [], []) for _ in parts]
    fits_of: list[dict] = [{} for _ in parts]
    for (a, b), fit in fits.items():
        assert part_of[a] == part_of[b], f"mask broken: {a!r} and {b!r}: language"
        fits_of[part_of[a]][a, b] = fit
    for pair in plan.pairs:
        assert part_of[pair.a] == part_of[pair.b], f"mask broken: {pair.a!r} and {pair.b!r}: language"
        told[part_of[pair.a]].pairs.append(pair)
    for one in plan.unmatched:
        told[part_of[one.ref]].unmatched.append(one)
    for near in plan.nearest:
        told[part_of[near.ref]].nearest.append(near)
    done = Tally()
    for part, fits_here, told_here in zip(parts, fits_of, told, strict=True):
        done.add(hold(part, fits_here, told_here))
    return done


def hold(community: Community, fits: Mapping[Two, int], plan) -> Tally:
    """Hold a plan against the oracle; `fits` are those of every two who may meet."""
    failing = community.failing()
    may_meet = {pair for pair, masks in failing.items() if not masks}
    assert set(fits) == may_meet, f"masks differ: {sorted(set(fits) ^ may_meet)}"
    capacity = {person.ref: person.capacity for person in community.people}
    met = {two(*one) for one in community.met}
    check_round(
        community.people,
        plan.pairs,
        allowed=lambda a, b: failing[two(a.ref, b.ref)],
        fit_of=lambda a, b: fits[two(a, b)],
        floor=community.floor,
        met=met,
        kept=community.kept,
        capacity=capacity,
        rounds=community.rounds,
    )
    compatible = {pair: fit for pair, fit in fits.items() if reaches(fit, community.floor)}
    check_nearest(plan, compatible, met)
    check_unmatched(plan, community.people)
    check_order(plan)
    decided = check_only(community, plan, compatible, met, capacity)
    return Tally(1, community.rounds, len(plan.pairs), len(failing), decided)


def check_only(community: Community, plan, compatible, met, capacity) -> bool:
    """Where fits and `since` allow one plan only, it is that one; whether they did."""
    only = expected_meetings(
        compatible,
        {person.ref: person.since for person in community.people},
        met=met,
        kept=community.kept,
        capacity=capacity,
        rounds=community.rounds,
    )
    if only is not None:
        assert {(pair.round, pair.a, pair.b) for pair in plan.pairs} == only, f"expected {sorted(only)}"
    return only is not None


def every_two(community: Community) -> list[Two]:
    """All pairs of refs, each once, by code point."""
    return list(combinations(sorted(person.ref for person in community.people), 2))
