"""The laws of the stable rounds, on whatever community chance makes."""

from datetime import date, timedelta
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.matching.core import walking
from beenthere.matching.core.between import fit_between
from beenthere.matching.core.compiled import machine, taking
from beenthere.matching.core.masks import failing
from beenthere.matching.core.plan import least_fit
from beenthere.matching.core.rounds import plan_rounds

from .small_world import communities, person, ready

laws = settings(deadline=None, max_examples=60)
_floors = st.sampled_from((0, 0.15, 0.4))
LATEST = "9999"


def in_order(prepared, floor, seed, without=()):
    """All pairs that may be taken, in the one strict order, worked out the obvious way."""
    found = []
    for b, other in enumerate(prepared.people):
        for a, one in enumerate(prepared.people[:b]):
            fit = fit_between(prepared, one.ref, other.ref)
            if (one.ref, other.ref) in without or failing(prepared, a, b) or fit < least_fit(floor):
                continue
            since = min(str(person.since or LATEST) for person in (one, other))
            drawn = sha256(f"{seed}|{one.ref}|{other.ref}".encode()).hexdigest()
            found.append((-fit, since, drawn, one.ref, other.ref))
    return [(a, b, -fit) for fit, _, _, a, b in sorted(found)]


def obvious_rounds(prepared, rounds, floor, seed, met=(), kept=()):
    """The rounds worked out the obvious way: (round, a, b, fit) sorted as a plan is."""
    met, taken = {*met, *kept}, []
    for number in range(1, rounds + 1):
        room = {one.ref: one.capacity for one in prepared.people}
        here = [(a, b, fit_between(prepared, a, b)) for a, b in (kept if number == 1 else ())]
        for a, b, _ in here:
            room[a] -= 1
            room[b] -= 1
        for a, b, fit in in_order(prepared, floor, seed, met):
            if room[a] > 0 and room[b] > 0:
                room[a] -= 1
                room[b] -= 1
                here.append((a, b, fit))
        met |= {(a, b) for a, b, _ in here}
        taken += [(number, a, b, fit) for a, b, fit in here]
    return sorted(taken, key=lambda one: (one[0], -one[3], one[1], one[2]))


def told(plan):
    return [(pair.round, pair.a, pair.b, pair.fit) for pair in plan.pairs]


@laws
@given(communities(), st.integers(1, 3), _floors, st.integers(0, 5))
def test_a_plan_is_what_the_obvious_way_finds(people, rounds, floor, seed):
    prepared = ready(*people)
    plan = plan_rounds(prepared, rounds=rounds, floor=floor, seed=seed)
    assert told(plan) == obvious_rounds(prepared, rounds, floor, seed)
    assert plan.measures.compatible == len(
        [one for one in in_order(prepared, floor, seed) if all(_room(people, ref) for ref in one[:2])]
    )


def _room(people, ref):
    return next(one.capacity for one in people if one.ref == ref)


@laws
@given(communities(), st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_rows_changes_nothing(people, chance, seed):
    mixed = list(people)
    chance.shuffle(mixed)
    options = {"rounds": 2, "floor": 0.1, "seed": seed, "nearest": 3}
    assert plan_rounds(ready(*people), **options) == plan_rounds(ready(*mixed), **options)


@laws
@given(communities(), st.data())
def test_whoever_met_does_not_meet_again(people, data):
    prepared = ready(*people)
    everyone = [(a, b) for a, b, _ in in_order(prepared, 0, 0)]
    met = data.draw(st.lists(st.sampled_from(everyone), max_size=4) if everyone else st.just([]))
    turned = [(b, a) for a, b in met]
    plan = plan_rounds(prepared, rounds=2, floor=0, met=turned)
    assert told(plan) == obvious_rounds(prepared, 2, 0, 0, met)


@laws
@given(communities(), st.data())
def test_kept_pairs_stand_in_round_one_and_use_room(people, data):
    prepared = ready(*people)
    room = {one.ref: one.capacity for one in people}
    kept = []
    for a, b, _ in in_order(prepared, 0, 0):
        if room[a] > 0 and room[b] > 0 and data.draw(st.booleans()):
            room[a] -= 1
            room[b] -= 1
            kept.append((a, b))
    plan = plan_rounds(prepared, rounds=2, floor=0.3, kept=[(b, a) for a, b in kept])
    assert told(plan) == obvious_rounds(prepared, 2, 0.3, 0, (), sorted(kept))
    assert {(pair.a, pair.b) for pair in plan.pairs if pair.kept} == set(kept)


@laws
@given(communities(), _floors)
def test_everyone_has_a_pair_or_a_reason(people, floor):
    plan = plan_rounds(ready(*people), floor=floor)
    paired = {ref for pair in plan.pairs for ref in (pair.a, pair.b)}
    assert [one.ref for one in plan.unmatched] == sorted({one.ref for one in people} - paired)
    assert all(str(one.why) for one in plan.unmatched)


@settings(deadline=None, max_examples=40)
@given(communities(), st.integers(1, 3), _floors)
def test_compiled_and_plain_find_the_same(people, rounds, floor):
    with pytest.MonkeyPatch.context() as patch:
        prepared = ready(*people)
        plain = plan_rounds(prepared, rounds=rounds, floor=floor, nearest=3)
        patch.setattr(machine, "PLAIN_UP_TO", 0)
        assert plan_rounds(prepared, rounds=rounds, floor=floor, nearest=3) == plain


@pytest.mark.parametrize("since", [None, "few", "many"])
@pytest.mark.parametrize("plain_up_to", [0, 10**6])
def test_bands_of_any_size_take_the_same_pairs(since, plain_up_to, monkeypatch):
    """Hundreds of equal fits, and room for only 64 pairs at a time."""
    steps = {None: 0, "few": 3, "many": 40}
    days = [date(2024, 1, 1) + timedelta(days=at % steps[since]) if since else None for at in range(60)]
    people = [person(f"p{at}", "panic", capacity=1 + at % 2, since=days[at]) for at in range(60)]
    prepared = ready(*people, person("x", "drinking"), person("y", "drinking", "panic"))
    monkeypatch.setattr(machine, "PLAIN_UP_TO", plain_up_to)
    whole = plan_rounds(prepared, rounds=3)
    assert told(whole) == obvious_rounds(prepared, 3, 0.15, 0)
    monkeypatch.setattr(walking, "MOST_PAIRS", 64)
    narrow = plan_rounds(prepared, rounds=3)
    assert narrow == whole


def test_ties_are_drawn_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(taking, "FEW", 5)
    prepared = ready(*(person(f"p{at}", "panic", capacity=1 + at % 3) for at in range(40)))
    assert told(plan_rounds(prepared, rounds=2)) == obvious_rounds(prepared, 2, 0.15, 0)


def test_another_seed_draws_other_lots():
    prepared = ready(*(person(f"p{at}", "panic") for at in range(20)))
    assert told(plan_rounds(prepared, seed=1)) != told(plan_rounds(prepared, seed=2))


def test_a_kept_pair_with_a_fault_is_refused():
    with pytest.raises(ValueError, match="a has no room|a asked never"):
        plan_rounds(ready(person("a", never=("b",)), person("b")), kept=[("b", "a")])


def test_who_met_and_is_not_here_is_a_notice():
    plan = plan_rounds(ready(person("a"), person("b")), met=[("a", "b"), ("b", "gone")])
    assert [str(one) for one in plan.notices] == [
        "Pairs who met before and are not both in this sheet, left out: 1."
    ]


def test_progress_is_told_and_may_stop_it():
    seen = []
    plan_rounds(
        ready(person("a", "panic"), person("b", "panic")), progress=lambda *one: seen.append(str(one[2]))
    )
    assert list(dict.fromkeys(seen)) == ["Looking for common ground", "Writing the reasons"]

    def stop(done, total, doing):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        plan_rounds(ready(person("a")), progress=stop)


def test_nobody_is_no_error():
    plan = plan_rounds(ready(), rounds=2, nearest=3)
    assert (plan.pairs, plan.unmatched, plan.nearest, plan.measures.people) == ((), (), (), 0)
