"""Logarithms and vectors in whole numbers."""

from math import log2

from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.matching.core.exact import log2_of, rarity, rarity_of_experience, unit_vector
from beenthere.matching.core.weights import LEAST_RARITY, ONE, UNIT


@settings(deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_log2_is_right_to_the_last_bits(one, other):
    above, below = max(one, other), min(one, other)
    assert abs(log2_of(above, below) / ONE - log2(above / below)) < 3 / ONE


def test_rarity_falls_with_every_holder():
    steps = [rarity(holders, 100) for holders in range(1, 101)]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == ONE
    assert LEAST_RARITY <= rarity_of_experience(100, 100) < rarity_of_experience(1, 100) == ONE


@settings(deadline=None)
@given(st.dictionaries(st.integers(0, 50), st.integers(1, ONE), max_size=30), st.integers(0, ONE))
def test_a_vector_is_no_longer_than_one(weights, beside):
    vector = unit_vector(weights, beside)
    assert [term for term, _ in vector] == sorted(dict(vector))
    assert sum(part * part for _, part in vector) <= (UNIT + 8) ** 2


def test_a_vector_of_one_thing_alone_has_the_whole_length():
    assert unit_vector({7: 123}, 0) == [(7, UNIT)]
    assert unit_vector({}, 0) == []
