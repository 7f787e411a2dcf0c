"""Limits count in sliding windows, by keyed digest, and forget."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from beenthere.foundation import clock
from beenthere.foundation.limits import forget, prune_counts, seconds_to_wait, within
from beenthere.foundation.models import Count

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FIVE = {"of": "ana", "most": 5, "seconds": 300}
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def hands():
    with clock.stopped_at(START) as hands:
        yield hands


def test_five_and_no_more(hands):
    assert [within("try", **FIVE) for _ in range(7)] == [True] * 5 + [False] * 2
    assert within("try", of="ben", most=5, seconds=300)
    assert within("other", **FIVE)


def test_room_comes_back_little_by_little(hands):
    for _ in range(5):
        within("try", **FIVE)
    hands.move(300)
    assert not within("try", **FIVE)
    hands.move(60)
    assert [within("try", **FIVE) for _ in range(2)] == [True, False]
    hands.move(600)
    assert [within("try", **FIVE) for _ in range(6)] == [True] * 5 + [False]


def test_a_refused_try_does_not_make_the_wait_longer(hands):
    for _ in range(50):
        within("try", **FIVE)
    assert Count.objects.get().number == 5


def test_the_wait_is_told_and_true(hands):
    assert seconds_to_wait("try", **FIVE) == 0
    for _ in range(5):
        within("try", **FIVE)
    wait = seconds_to_wait("try", **FIVE)
    hands.move(wait - 1)
    assert not within("try", **FIVE)
    hands.move(2)
    assert within("try", **FIVE)


def test_once_is_once(hands):
    once = {"of": "challenge", "most": 1, "seconds": 600}
    assert [within("used", **once) for _ in range(2)] == [True, False]
    hands.move(599)
    assert not within("used", **once)


def test_what_is_forgotten_is_not_counted(hands):
    for _ in range(5):
        within("try", **FIVE)
    forget("try", of="ana", seconds=300)
    assert within("try", **FIVE)


def test_nothing_readable_is_kept_and_all_of_it_goes(hands):
    within("try", of="amber-river-lantern-42", most=5, seconds=300)
    assert "amber" not in str(Count.objects.values().get())
    hands.move(599)
    assert prune_counts() == 0
    hands.move(1)
    assert (prune_counts(), Count.objects.count()) == (1, 0)


class AnyTimes(TestCase):
    databases = ["default", "keys"]

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.integers(0, 200), max_size=25))
    def test_the_wait_never_lies(self, moves):
        Count.objects.all().delete()
        with clock.stopped_at(START) as hands:
            for seconds in moves:
                hands.move(seconds)
                wait = seconds_to_wait("try", **FIVE)
                assert within("try", **FIVE) == (wait == 0)
