"""The engine held against the oracle on small communities, and the laws of the pairing contract."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.experiences.core.vocabulary import load_vocabulary
from beenthere.matching.core.fit import fit_text
from beenthere.matching.core.keeping import kept_faults
from beenthere.matching.core.why import why_not

from .communities import Community, on_one_sheet, random_community, some_experiences
from .examination import Tally, every_two, examine, examine_sheet, fits_told, hold, planned, prepared
from .oracle import (
    FIT_STEPS,
    MASKS,
    expected_meetings,
    free_minutes,
    minutes_near_change,
    narrower_in,
    reaches,
    two,
)

VOCABULARY = load_vocabulary()
BROADER = {one: experience.broader for one, experience in VOCABULARY.experiences.items()}
IDS = some_experiences(BROADER)
NARROWER = narrower_in(BROADER)


def community_of(seed: int, *, most: int = 8) -> Community:
    return random_community(Random(seed), IDS, NARROWER, most=most)


def plan_of(community: Community, **changes):
    return planned(community, prepared(community, VOCABULARY), **changes)


def told(plan) -> tuple:
    """All that a plan says of people, for comparing two plans whole."""
    return plan.pairs, plan.unmatched, plan.nearest


SOME = [community_of(seed, most=9) for seed in range(1000, 1030)]


def test_the_vocabulary_agrees_on_what_is_narrower():
    assert {one: set(VOCABULARY.narrower_of(one)) for one in BROADER} == {
        one: NARROWER(one) for one in BROADER
    }


def test_random_communities_keep_the_contract():
    done = Tally()
    for seed in range(60):
        community = community_of(seed, most=14)
        done.add(examine(community, prepared(community, VOCABULARY)))
    assert done.pairs > 60 and done.decided > 20


def test_communities_on_one_sheet_keep_the_contract():
    """Enough people for the compiled code, where the lists of one community pass through another."""
    sheet, parts = on_one_sheet([community_of(5000 + number) for number in range(60)])
    done = examine_sheet(sheet, parts, prepared(sheet, VOCABULARY))
    assert len(sheet.people) > 250 and done.communities == 60 and done.pairs > 40


BLIND = {
    "language": {"languages": ("en",)},
    "age": {"meet_age": frozenset()},
    "gender": {"meet_gender": frozenset()},
    "leave_out": {"leave_out": ()},
    "never": {"never": frozenset()},
    "capacity": {"capacity": 2},
    "waiting": {"since": None},
}


@pytest.mark.parametrize("rule", BLIND)
def test_an_engine_blind_to_a_rule_is_caught(rule):
    """The engine sees people without it; the oracle, who sees them as they are, must object."""
    caught = 0
    for community in SOME:
        blind = replace(community, people=tuple(replace(one, **BLIND[rule]) for one in community.people))
        if rule == "waiting":
            blind = replace(blind, seed=9)
        caught += is_caught(community, blind)
    assert caught > 0


@pytest.mark.parametrize("asked", [{"met": ()}, {"kept": ()}, {"floor": 0}, {"floor": 0.8}, {"rounds": 5}])
def test_an_engine_deaf_to_an_option_is_caught(asked):
    assert sum(is_caught(community, replace(community, **asked)) for community in SOME) > 1


def is_caught(community: Community, blind: Community) -> bool:
    ready = prepared(blind, VOCABULARY)
    fits = fits_told(planned(blind, ready, rounds=1, floor=0, met=(), kept=()))
    try:
        hold(community, fits, planned(blind, ready))
    except AssertionError:
        return True
    return False


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(st.randoms(use_true_random=False))
def test_invented_communities_keep_the_contract(random):
    community = random_community(random, IDS, NARROWER, most=6)
    examine(community, prepared(community, VOCABULARY))


def test_chance_reaches_every_rule():
    """A generator that never breaks a mask would prove nothing."""
    communities = [community_of(seed) for seed in range(300)]
    masks = Counter(mask for one in communities for masks in one.failing().values() for mask in masks)
    alone = Counter(masks[0] for one in communities for masks in one.failing().values() if len(masks) == 1)
    assert min(masks[mask] for mask in MASKS) > 100 and min(alone[mask] for mask in MASKS) > 30
    assert {person.capacity for one in communities for person in one.people} == {0, 1, 2, 3, 4}
    assert {one.rounds for one in communities} == {1, 2, 3, 4}
    assert sum(bool(one.kept) for one in communities) > 20 and sum(bool(one.met) for one in communities) > 50


@pytest.mark.parametrize("community", SOME)
def test_the_order_of_rows_changes_nothing(community):
    people = list(community.people)
    Random(7).shuffle(people)
    there = {ref: community.understood[ref] for ref in reversed(community.understood)}
    turned = replace(
        community, people=tuple(people), understood=there, met=community.met[::-1], kept=community.kept[::-1]
    )
    assert told(plan_of(turned)) == told(plan_of(community))


@pytest.mark.parametrize("community", SOME[:10])
def test_the_same_seed_gives_the_same_plan(community):
    assert plan_of(community) == plan_of(community)


@pytest.mark.parametrize("community", SOME)
def test_another_seed_changes_only_equal_fits(community):
    ready = prepared(community, VOCABULARY)
    plans = [planned(community, ready, seed=seed) for seed in range(4)]
    assert len({frozenset((near.ref, near.peer, near.fit) for near in plan.nearest) for plan in plans}) == 1
    fits = fits_told(planned(community, ready, met=()))
    only = expected_meetings(
        fits,
        {person.ref: person.since for person in community.people},
        met=community.met,
        kept=community.kept,
        capacity={person.ref: person.capacity for person in community.people},
        rounds=community.rounds,
    )
    for plan in plans:
        assert only is None or {(pair.round, pair.a, pair.b) for pair in plan.pairs} == only


def test_a_seed_decides_between_equals():
    """Six people alike: whom chance brings together differs from seed to seed."""
    alike = [replace(SOME[0].people[0], ref=ref, capacity=1, never=frozenset()) for ref in "abcdef"]
    alike = [replace(one, leave_out=(), meet_age=frozenset(), meet_gender=frozenset()) for one in alike]
    community = Community(tuple(alike), dict.fromkeys("abcdef", ()), floor=0, narrower=NARROWER)
    ready = prepared(community, VOCABULARY)
    plans = {tuple((p.a, p.b) for p in planned(community, ready, seed=seed).pairs) for seed in range(12)}
    assert len(plans) > 3


@pytest.mark.parametrize("community", SOME)
def test_other_names_change_no_fit(community):
    """The fit is of what was said: turning the order of all refs round moves nothing else."""
    ordered = sorted(person.ref for person in community.people)
    new = dict(zip(ordered, reversed(ordered), strict=True))
    people = [
        replace(one, ref=new[one.ref], never=frozenset(new[ref] for ref in one.never & set(new)))
        for one in community.people
    ]
    renamed = replace(
        community,
        people=tuple(people),
        understood={new[ref]: one for ref, one in community.understood.items()},
    )
    before = fits_told(plan_of(community, floor=0, met=(), kept=()))
    after = fits_told(plan_of(renamed, floor=0, met=(), kept=()))
    assert after == {two(new[a], new[b]): fit for (a, b), fit in before.items()}


@pytest.mark.parametrize("community", SOME)
def test_hopes_hours_and_place_add_at_most_a_tenth_and_only_to_something_shared(community):
    bare = [replace(one, hopes=frozenset(), place="", timezone="", free=()) for one in community.people]
    full = fits_told(plan_of(community, floor=0, met=(), kept=()))
    without = fits_told(plan_of(replace(community, people=tuple(bare)), floor=0, met=(), kept=()))
    assert full.keys() == without.keys()
    for pair, fit in full.items():
        assert without[pair] <= fit <= without[pair] + FIT_STEPS // 10 + 1
        assert without[pair] > 0 or fit == 0


@pytest.mark.parametrize("community", SOME)
def test_a_shorter_list_of_nearest_is_the_beginning_of_the_longer(community):
    ready = prepared(community, VOCABULARY)
    whole = planned(community, ready).nearest
    assert planned(community, ready, nearest=0).nearest == ()
    assert planned(community, ready, nearest=2).nearest == tuple(near for near in whole if near.rank <= 2)


@pytest.mark.parametrize("community", SOME)
def test_the_floor_only_leaves_out(community):
    ready = prepared(community, VOCABULARY)
    fits = fits_told(planned(community, ready, floor=0, met=(), kept=()))
    for floor in (0.15, 0.6, *(fit_text(fit) for fit in sorted(set(fits.values()))[:3])):
        above = {pair: fit for pair, fit in fits.items() if reaches(fit, floor)}
        assert fits_told(planned(community, ready, floor=floor, met=(), kept=())) == above


def test_why_not_names_exactly_the_failing_masks():
    """Which mask a sentence stands for is learned from the two whom one mask alone keeps apart."""
    mask_of, told_masks = {}, []
    for community in SOME:
        ready = prepared(community, VOCABULARY)
        plan = planned(community, ready)
        for (a, b), masks in community.failing().items():
            for why in (why_not(ready, plan, a, b), why_not(ready, plan, b, a)):
                texts = [one.text for one in why.failing]
                told_masks.append((a, b, texts, masks))
                if len(masks) == 1:
                    assert [mask_of.setdefault(text, masks[0]) for text in texts] == masks * len(texts)
    assert set(mask_of.values()) == set(MASKS)
    for a, b, texts, masks in told_masks:
        assert {mask_of[text] for text in texts} == set(masks), (a, b)


@pytest.mark.parametrize("community", SOME)
def test_why_not_names_who_was_preferred_and_truly(community):
    ready = prepared(community, VOCABULARY)
    plan, capacity = planned(community, ready), {one.ref: one.capacity for one in community.people}
    compatible = fits_told(plan)
    meetings = {(pair.round, *ends) for pair in plan.pairs for ends in ((pair.a, pair.b), (pair.b, pair.a))}
    paired = {(pair.a, pair.b) for pair in plan.pairs}
    for a, b in set(every_two(community)) - paired:
        why = why_not(ready, plan, a, b)
        fit = compatible.get((a, b))
        assert bool(why.preferred) == (fit is not None and min(capacity[a], capacity[b]) > 0), why
        for one in why.preferred:
            assert one.ref in (a, b) and (one.round, one.ref, one.partner) in meetings
        for number in range(1, community.rounds + 1) if why.preferred else ():
            assert any(took_all(why.preferred, number, ref, fit, capacity[ref]) for ref in (a, b)), why


def took_all(preferred, number: int, ref: str, fit: int, capacity: int) -> bool:
    """Whether those named for this person and round took all there was, each with no lower fit."""
    mine = [one for one in preferred if (one.round, one.ref) == (number, ref)]
    return len(mine) == capacity and all(one.kept or one.fit >= fit for one in mine)


@pytest.mark.parametrize("community", SOME)
def test_kept_faults_are_broken_masks_and_capacities(community):
    ready, failing = prepared(community, VOCABULARY), community.failing()
    capacity = {person.ref: person.capacity for person in community.people}
    assert not kept_faults(ready, community.kept)
    for pair in every_two(community):
        wrong = bool(failing[pair]) or min(capacity[ref] for ref in pair) == 0
        assert bool(kept_faults(ready, [pair])) == wrong, pair
    random = Random(3)
    for _ in range(10):
        kept = random.sample(every_two(community), random.randint(0, len(failing) // 2))
        used = Counter(ref for pair in kept for ref in pair)
        wrong = any(failing[pair] for pair in kept) or any(used[ref] > capacity[ref] for ref in used)
        assert bool(kept_faults(ready, kept)) == wrong, kept


def test_refs_of_other_sheets_in_met_are_no_matter():
    community = SOME[0]
    met = (*community.met, ("somebody who left", community.people[0].ref), ("gone", "gone too"))
    assert told(plan_of(community, met=met)) == told(plan_of(community))


@pytest.mark.parametrize("community", SOME[:15])
def test_hours_are_those_counted_minute_by_minute(community):
    """Over the seven days from `on`, passing midnight and the change of the clocks."""
    ready = prepared(community, VOCABULARY)
    for person in community.people:
        spans = ready.hours[ready.number_of(person.ref)]
        told = {minute for opens, closes in spans for minute in range(opens, closes)}
        unsure = minutes_near_change(person.timezone, community.on) if person.free else set()
        assert told - unsure == free_minutes(person, community.on) - unsure
        assert told <= set(range(7 * 1440))


@pytest.mark.parametrize("number", [0, 1])
def test_nobody_and_one_alone(number):
    community = Community(SOME[0].people[:number], SOME[0].understood, rounds=2)
    assert examine(community, prepared(community, VOCABULARY)) == Tally(1, 2, 0, 0, 1)


def test_fits_are_told_as_the_shortest_exact_decimal():
    for fit in range(FIT_STEPS + 1):
        text = fit_text(fit)
        assert Fraction(text) == Fraction(fit, FIT_STEPS)
        assert text == format(Decimal(fit) / FIT_STEPS, "f").rstrip("0").rstrip(".") or fit == 0
    assert [fit_text(fit) for fit in (0, 1, 32768, 65536)] == ["0", "0.0000152587890625", "0.5", "1"]
