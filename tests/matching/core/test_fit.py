"""What a fit is made of, term by term."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.matching.core import fit, weights
from beenthere.matching.core.between import fit_between, ground_between
from beenthere.matching.core.people import HOPES, Window
from beenthere.matching.core.plan import least_fit

from .small_world import Understood, communities, person, ready

FLOOR = least_fit(0.15)
ONE = weights.ONE


def fit_of(*people, **understood):
    return fit_between(ready(*people, understood=understood), people[0].ref, people[1].ref)


def crowd(*experiences, words="", start=0, size=30):
    """People elsewhere in the sheet, so that rarity has something to go by."""
    return [person(f"z{at}", *experiences, words=words) for at in range(start, start + size)]


def test_one_of_three_named_experiences_and_nothing_else_reaches_the_floor():
    a = person("a", "depression", "drinking", "restraint")
    b = person("b", "depression", "panic", "loss-of-a-parent")
    assert fit_of(a, b) >= FLOOR
    assert fit_of(a, b, *crowd("depression", size=60)) >= FLOOR


def test_one_everyday_word_does_not_reach_the_floor_even_when_meeting_is_easy():
    easy = {"hopes": HOPES, "place": "York", "timezone": "UTC", "free": (Window(2, 600, 900),)}
    for words in ("I work", "We talk", "a friend", "the family home", "time"):
        assert fit_of(person("a", words=words, **easy), person("b", words=words, **easy)) < FLOOR


def test_nothing_shared_is_nothing_however_easy_meeting_is():
    easy = {"hopes": HOPES, "place": "York", "timezone": "UTC", "free": (Window(2, 600, 900),)}
    assert fit_of(person("a", "panic", words="rivers", **easy), person("b", "drinking", **easy)) == 0


def test_words_of_their_own_reach_the_floor_alone():
    assert fit_of(person("a", words="Fibromyalgia."), person("b", words="it is fibromyalgia")) >= FLOOR


def test_a_rarer_experience_says_more():
    people = [person("a", "panic"), person("b", "panic"), person("c", "drinking"), person("d", "drinking")]
    prepared = ready(*people, *crowd("drinking"))
    assert fit_between(prepared, "a", "b") > fit_between(prepared, "c", "d")


def test_understood_counts_a_little_less_than_named():
    named = fit_of(person("a", "panic", "drinking"), person("b", "panic"))
    understood = fit_of(person("a", "drinking"), person("b", "panic"), a=[Understood("panic", None, 0, 0)])
    assert named > understood >= FLOOR


def test_the_broader_shared_experience_counts_in_part():
    same = fit_of(person("a", "loss-of-a-parent"), person("b", "loss-of-a-parent"))
    beside = fit_of(person("a", "loss-of-a-parent"), person("b", "loss-of-a-grandparent"))
    above = fit_of(person("a", "loss-of-a-parent"), person("b", "loss-of-someone"))
    assert same > above > beside >= FLOOR


def test_experiences_that_touch_count_a_little_in_both_directions():
    one = fit_of(person("a", "depression"), person("b", "burnout"))
    assert one == fit_of(person("b", "depression"), person("a", "burnout"))
    assert 0 < one < FLOOR


def test_experiences_outside_the_vocabulary_compare_as_folded():
    assert fit_of(person("a", "Losing my  DOG"), person("b", "losing my dog")) >= FLOOR


@pytest.mark.parametrize("pair", [("in it now", "in it now"), ("in it now", "behind me for now")])
def test_how_it_is_now_adds_a_little(pair):
    mine, theirs = pair
    near = fit_of(person("a", f"panic={mine}"), person("b", f"panic={theirs}"))
    far = fit_of(person("a", f"panic={mine}"), person("b", "panic=it comes and goes"))
    assert near > far >= FLOOR


def test_experience_part_is_concave_and_ends_at_one():
    unit = weights.UNIT**2
    assert [fit.experience_part(unit * part // 4) for part in range(5)] == [0, 28672, 49152, 61440, ONE]
    assert fit.experience_part(unit * 2) == ONE


def test_words_part_stays_below_experience():
    assert fit.words_part(weights.UNIT**2) == weights.WORDS == 45875


def test_shared_part_is_a_noisy_or_up_to_nine_tenths():
    unit = weights.UNIT**2
    assert fit.shared_part(0, 0) == 0
    assert fit.shared_part(unit, 0) == fit.shared_part(unit, unit) == weights.SHARED
    assert fit.shared_part(unit // 4, unit // 4) > max(
        fit.shared_part(unit // 4, 0), fit.shared_part(0, unit // 4)
    )


def test_hopes_part():
    assert fit.hopes_part(0b0011, 0b1100) == fit.hopes_part(0, 0b1111) == 0
    assert fit.hopes_part(0b0001, 0b1111) == weights.HOPES
    assert fit.hopes_part(0b0011, 0b0110) == weights.HOPES // 2


def test_hours_part():
    assert [fit.hours_part(minutes) for minutes in (0, 60, 120, 9999)] == [0, 1310, 2621, 2621]


def test_place_part():
    assert [fit.place_part(*two) for two in ((0, 0), (1, 2), (2, 2))] == [0, 0, weights.PLACE]


def test_what_makes_meeting_easier_adds_a_tenth_at_most():
    assert weights.HOPES + weights.HOURS + weights.PLACE <= ONE // 10
    assert fit.most_eased(weights.SHARED) <= ONE
    assert fit.eased(0, weights.HOPES) == 0
    assert fit.eased(weights.FULL_EASE, 1000) == weights.FULL_EASE + 1000


def test_the_same_place_is_near_however_it_is_written():
    a, b = person("a", "panic", place="New  York"), person("b", "panic", place="new york ")
    assert ground_between(ready(a, b), 0, 1).place == "New  York"
    assert fit_of(a, b) == fit_of(person("a", "panic"), person("b", "panic")) + weights.PLACE


@settings(deadline=None)
@given(communities())
def test_a_fit_is_symmetric_and_a_share_of_one(people):
    prepared = ready(*people)
    for a in range(len(people)):
        for b in range(a):
            there, back = ground_between(prepared, a, b), ground_between(prepared, b, a)
            assert there.fit == back.fit
            assert 0 <= there.fit <= ONE


@settings(deadline=None)
@given(st.integers(0, ONE))
def test_fit_text_is_the_shortest_exact_decimal(one):
    text = fit.fit_text(one)
    assert Fraction(text) == Fraction(one, ONE)
    assert text == (text.rstrip("0") if "." in text else text)


def test_fit_text_of_the_ends():
    assert [fit.fit_text(one) for one in (0, 1, 32768, 65536)] == ["0", "0.0000152587890625", "0.5", "1"]


def test_least_fit_is_exact():
    assert [least_fit(floor) for floor in (0, 0.15, "0.15", 0.5, "1", 1.5)] == [
        0,
        9831,
        9831,
        32768,
        ONE,
        98304,
    ]
