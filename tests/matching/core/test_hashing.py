"""The compiled SHA-256 against the one of Python."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.matching.core.compiled import machine
from beenthere.matching.core.walking import Walker

from .small_world import person, ready


def expected(seed, a, b):
    return int(sha256(f"{seed}|{a}|{b}".encode()).hexdigest(), 16) >> 194


def hash_of(a, b, seed):
    a, b = sorted((a, b))
    walker = Walker(ready(person(a), person(b)), seed)
    return int(walker.walk.pair_hash(walker.order, walker.scratch(), 0, 1))


_refs = st.text(st.characters(codec="utf-8"), min_size=1, max_size=90)


@settings(deadline=None)
@given(_refs, _refs, st.integers(-(10**12), 10**12))
def test_the_plain_hash_is_sha_256_of_seed_and_refs(a, b, seed):
    if a != b:
        assert hash_of(a, b, seed) == expected(seed, *sorted((a, b)))


@pytest.mark.parametrize("size", [1, 20, 40, 54, 55, 56, 60, 63, 64, 100, 118, 119, 120, 400])
def test_the_compiled_hash_is_the_same_at_every_length(size, monkeypatch):
    monkeypatch.setattr(machine, "PLAIN_UP_TO", 0)
    assert hash_of("a", "b" * size, 7) == expected(7, "a", "b" * size)
    assert hash_of("ñ𝒳" * size, "Zoë", -1) == expected(-1, *sorted(("ñ𝒳" * size, "Zoë")))
