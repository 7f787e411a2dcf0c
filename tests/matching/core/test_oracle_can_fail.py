"""The oracle goes red: for each rule a small result that breaks it, made by hand, and nothing else."""

from dataclasses import replace
from datetime import date

import pytest

from beenthere.matching.core.people import Named, Person, Window

from .oracle import (
    Meeting,
    allowed,
    check_round,
    expected_meetings,
    free_minutes,
    minutes_in_common,
    minutes_near_change,
    narrower_in,
    reaches,
)

NARROWER = narrower_in(
    {"loss": None, "loss-of-parent": "loss", "loss-of-mother": "loss-of-parent", "drink": None}
)
ANA, BEN = Person("ana"), Person("ben")


def failing(a: Person, b: Person, *, ana=(), ben=()) -> list[str]:
    """The failing masks of two, asked both ways, where they must be the same."""
    held = {"ana": set(ana), "ben": set(ben)}
    one_way, other_way = allowed(a, b, held, NARROWER), allowed(b, a, held, NARROWER)
    assert one_way == other_way
    return one_way


def test_two_without_boundaries_may_meet():
    assert failing(ANA, BEN) == []


@pytest.mark.parametrize(
    ("mine", "yours", "expected"),
    [
        (("en-GB",), ("EN",), []),
        (("en", "es-419"), ("pt", "ES"), []),
        (("en",), ("es",), ["language"]),
        (("es-en",), ("en",), ["language"]),
        (("yue",), ("yu",), ["language"]),
    ],
)
def test_language_is_the_primary_subtag(mine, yours, expected):
    assert failing(replace(ANA, languages=mine), replace(BEN, languages=yours)) == expected


@pytest.mark.parametrize(("said", "expected"), [("25-34", []), ("35-44", ["age"]), (None, ["age"])])
def test_age_must_be_said_and_wanted(said, expected):
    assert failing(replace(ANA, meet_age=frozenset({"25-34"})), replace(BEN, age_band=said)) == expected


@pytest.mark.parametrize(("said", "expected"), [(" WOMAN ", []), ("man", ["gender"]), ("", ["gender"])])
def test_gender_must_be_said_and_wanted(said, expected):
    assert failing(replace(ANA, meet_gender=frozenset({"woman"})), replace(BEN, gender=said)) == expected


@pytest.mark.parametrize(
    ("left_out", "held", "expected"),
    [
        (Named("loss"), {"loss"}, ["leave_out"]),
        (Named("loss"), {"loss-of-mother"}, ["leave_out"]),
        (Named("loss-of-parent"), {"loss"}, []),
        (Named("drink"), {"loss"}, []),
        (Named(" My  DOG", known=False), {"my dog"}, ["leave_out"]),
        (Named("my cat", known=False), {"my dog"}, []),
    ],
)
def test_left_out_is_the_experience_and_all_below_it(left_out, held, expected):
    assert failing(replace(ANA, leave_out=(left_out,)), BEN, ben=held) == expected


def test_leaving_out_what_one_holds_oneself_keeps_nobody_else_away():
    assert failing(replace(ANA, leave_out=(Named("loss"),)), BEN, ana={"loss"}) == []


def test_never_holds_both_ways():
    assert failing(replace(ANA, never=frozenset({"ben"})), BEN) == ["never"]


def test_every_mask_is_named():
    apart = replace(
        ANA,
        languages=("es",),
        meet_age=frozenset({"65+"}),
        meet_gender=frozenset({"man"}),
        leave_out=(Named("drink"),),
        never=frozenset({"ben"}),
    )
    assert failing(apart, BEN, ben={"drink"}) == ["language", "age", "gender", "leave_out", "never"]


# Four people, fits by hand. Right with one place each: ana+ben, cleo+dev; then ana+cleo, ben+dev.
FITS = {("a", "b"): 900, ("a", "c"): 800, ("b", "d"): 700, ("c", "d"): 600, ("a", "d"): 100, ("b", "c"): 100}
FIT_STEPS = {pair: fit * 64 for pair, fit in FITS.items()}


def check(pairs, *, floor=0.15, met=(), kept=(), capacity=None, rounds=1, apart=()):
    """`pairs` as (round, a, b) with the true fit, or whole meetings."""
    people = [Person(ref) for ref in "abcd"]
    meetings = [
        one if isinstance(one, Meeting) else Meeting(*one, FIT_STEPS[one[1:]], one[1:] in kept)
        for one in pairs
    ]
    check_round(
        people,
        meetings,
        allowed=lambda a, b: ["never"] if {a.ref, b.ref} in [set(one) for one in apart] else [],
        fit_of=lambda a, b: FIT_STEPS[min(a, b), max(a, b)],
        floor=floor,
        met=met,
        kept=kept,
        capacity=dict.fromkeys("abcd", 1) | (capacity or {}),
        rounds=rounds,
    )


RIGHT = [(1, "a", "b"), (1, "c", "d")]


@pytest.mark.parametrize(
    ("pairs", "asked"),
    [
        (RIGHT, {}),
        ([*RIGHT, (2, "a", "c"), (2, "b", "d")], {"rounds": 2}),
        ([(1, "a", "c"), (1, "b", "d")], {"met": [("b", "a")]}),
        ([(1, "a", "c"), (1, "b", "d")], {"kept": [("a", "c")]}),
        ([(1, "a", "d")], {"kept": [("a", "d")], "floor": 0.6, "capacity": {"b": 0}}),
        (
            [(1, "a", "b"), (1, "a", "c"), (1, "b", "d"), (1, "c", "d")],
            {"capacity": dict.fromkeys("abcd", 2)},
        ),
        ([(1, "a", "b")], {"floor": 0.6}),
        ([(1, "a", "c"), (1, "b", "d")], {"apart": ["ab"]}),
        ([(1, "a", "c"), (1, "b", "d")], {"kept": [("a", "c")], "met": [("a", "c")]}),
        ([], {"capacity": dict.fromkeys("abcd", 0), "rounds": 3}),
    ],
)
def test_right_plans_pass(pairs, asked):
    check(pairs, **asked)


@pytest.mark.parametrize(
    ("pairs", "asked", "told"),
    [
        ([*RIGHT, (1, "a", "c")], {}, "over capacity: 'a'"),
        (RIGHT, {"capacity": {"d": 0}}, "over capacity: 'd'"),
        ([*RIGHT, (2, "b", "a")], {"rounds": 2}, "paired twice"),
        ([*RIGHT, (1, "a", "b")], {"capacity": dict.fromkeys("ab", 2)}, "paired twice"),
        (RIGHT, {"met": [("b", "a")]}, "met before"),
        (RIGHT, {"apart": ["cd"]}, "mask broken: 'c' and 'd'"),
        ([(1, "a", "c"), (1, "b", "d")], {"kept": [("b", "d")], "apart": ["bd"]}, "mask broken: 'b' and 'd'"),
        (RIGHT, {"floor": 0.6}, "under the floor: 'c' and 'd'"),
        ([(1, "a", "c"), (1, "b", "d")], {}, "not stable: 'a' and 'b'"),
        ([*RIGHT, (2, "a", "c")], {"rounds": 2}, "not stable: 'b' and 'd'"),
        ([(1, "a", "b")], {}, "not stable: 'c' and 'd'"),
        (RIGHT, {"capacity": {"a": 2, "c": 2}}, "not stable: 'a' and 'c'"),
        ([], {}, "not stable: 'a' and 'b'"),
        (RIGHT, {"rounds": 2}, "in round 2"),
        (
            [(1, "a", "c"), (1, "b", "d")],
            {"kept": [("b", "d")], "capacity": {"b": 2}},
            "not stable: 'a' and 'b'",
        ),
        (RIGHT, {"kept": [("b", "c")]}, "kept pair missing"),
        (
            [*RIGHT, (2, "a", "c"), (2, "b", "d")],
            {"kept": [("a", "c")], "rounds": 2},
            "kept pair missing",
        ),
        ([(1, "a", "b"), Meeting(1, "c", "d", 600 * 64, kept=True)], {}, "kept said wrongly"),
        ([(1, "a", "b"), Meeting(1, "c", "d", 601 * 64)], {}, "another fit"),
        ([*RIGHT, (3, "a", "c")], {"rounds": 2}, "no such round"),
        ([*RIGHT, (0, "a", "c")], {"rounds": 2}, "no such round"),
        ([*RIGHT, Meeting(1, "a", "a", 0)], {}, "paired with oneself"),
        ([*RIGHT, Meeting(1, "a", "x", 0)], {}, "unknown person"),
    ],
)
def test_each_broken_rule_is_told(pairs, asked, told):
    pairs = [Meeting(one[0], "b", "a", FIT_STEPS["a", "b"]) if one == (2, "b", "a") else one for one in pairs]
    with pytest.raises(AssertionError) as broken:
        check(pairs, **asked)
    assert told in str(broken.value)


def test_equal_fits_block_nobody():
    fits = dict.fromkeys(FITS, 30000)
    check_round(
        [Person(ref) for ref in "abcd"],
        [Meeting(1, "a", "c", 30000), Meeting(1, "b", "d", 30000)],
        allowed=lambda a, b: [],
        fit_of=lambda a, b: fits[min(a, b), max(a, b)],
        floor=0.15,
        met=(),
        kept=(),
        capacity=dict.fromkeys("abcd", 1),
    )


@pytest.mark.parametrize(
    ("fit", "floor", "expected"),
    [
        (9830, 0.15, False),
        (9831, 0.15, True),
        (39321, 0.6, False),
        (39322, 0.6, True),
        (0, 0, True),
        (32768, 0.5, True),
    ],
)
def test_the_floor_is_exact(fit, floor, expected):
    assert reaches(fit, floor) is expected


def test_of_equal_fits_the_longest_waiting_come_first():
    fits, room = {("a", "b"): 500, ("a", "c"): 500}, dict.fromkeys("abc", 1)
    since = {"a": date(2025, 1, 3), "b": date(2025, 1, 2), "c": date(2025, 1, 1)}
    once = {"met": (), "kept": (), "capacity": room}
    assert expected_meetings(fits, since, **once, rounds=1) == {(1, "a", "c")}
    assert expected_meetings(fits, since, **once, rounds=2) == {(1, "a", "c"), (2, "a", "b")}
    assert expected_meetings(fits, {"a": None, "b": None, "c": date.max}, **once, rounds=1) is None
    assert expected_meetings(fits, {"a": None, "b": None, "c": date(2025, 1, 1)}, **once, rounds=1) == {
        (1, "a", "c")
    }


def test_equals_that_do_not_compete_leave_one_plan():
    fits, room = dict.fromkeys([("a", "b"), ("c", "d")], 500), dict.fromkeys("abcd", 1)
    once = {"met": (), "kept": (), "rounds": 1}
    assert expected_meetings(fits, dict.fromkeys("abcd"), **once, capacity=room) == {
        (1, "a", "b"),
        (1, "c", "d"),
    }
    both = expected_meetings(
        FITS | {("a", "c"): 900}, dict.fromkeys("abcd"), **once, capacity=room | {"a": 2}
    )
    assert both == {(1, "a", "b"), (1, "a", "c")}
    assert expected_meetings(fits | {("b", "c"): 500}, dict.fromkeys("abcd"), **once, capacity=room) is None


def test_kept_pairs_stand_in_the_first_round_alone():
    fits, room = {("a", "b"): 500}, dict.fromkeys("abc", 1)
    once = {"met": (), "kept": [("c", "a")], "capacity": room, "rounds": 2}
    assert expected_meetings(fits, dict.fromkeys("abc"), **once) == {(1, "a", "c"), (2, "a", "b")}


MONDAY = date(2025, 1, 6)


def free(zone: str, *windows: tuple[int, int, int]) -> Person:
    return Person("ana", timezone=zone, free=tuple(Window(*one) for one in windows))


def test_hours_pass_midnight_and_the_end_of_the_week():
    across = free("UTC", (6, 1380, 1500))
    assert free_minutes(across, MONDAY) == {*range(60), *range(6 * 1440 + 1380, 7 * 1440)}


def test_hours_are_local_and_follow_the_clock_change():
    madrid, utc = free("Europe/Madrid", (6, 600, 660)), free("UTC", (6, 540, 600))
    assert minutes_in_common(madrid, utc, MONDAY) == 60
    assert minutes_in_common(madrid, utc, date(2025, 3, 24)) == 0
    assert minutes_in_common(madrid, free("Asia/Kathmandu", (6, 900, 960)), MONDAY) == 45
    assert minutes_in_common(madrid, free(""), MONDAY) == 0


def test_minutes_near_a_change_of_the_clocks():
    """Madrid's clocks went forward on Sunday 30 March 2025 at 01:00 UTC."""
    change = 6 * 1440 + 60
    assert minutes_near_change("Europe/Madrid", date(2025, 3, 24)) == set(range(change - 59, change + 60))
    assert minutes_near_change("Europe/Madrid", MONDAY) == set()
