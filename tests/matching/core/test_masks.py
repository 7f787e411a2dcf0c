"""Boundaries: each mask by name, both ways, and the same packed into bits."""

import pytest
from hypothesis import given, settings

from beenthere.matching.core.compiled.machine import Walk
from beenthere.matching.core.compiled.rows import no_common_language, refuses_any
from beenthere.matching.core.masks import Mask, failing

from .small_world import Understood, communities, person, ready


def masks_between(a, b, understood=None):
    return [str(mask) for mask, _ in failing(ready(a, b, understood=understood), 0, 1)]


def sentences_between(a, b, understood=None):
    return [str(said) for _, said in failing(ready(a, b, understood=understood), 0, 1)]


@pytest.mark.parametrize(
    ("one", "other", "masks"),
    [
        ({"languages": ("pt-BR", "en")}, {"languages": ("pt",)}, []),
        ({"languages": ("es",)}, {"languages": ("en-GB",)}, ["language"]),
        ({"languages": ("EN-us",)}, {"languages": ("en",)}, []),
        ({"meet_age": ("25-34",)}, {"age_band": "25-34"}, []),
        ({"meet_age": ("25-34",)}, {"age_band": "65+"}, ["meet_age"]),
        ({"meet_age": ("25-34",)}, {}, ["meet_age"]),
        ({"meet_gender": ("woman",)}, {"gender": " Woman "}, []),
        ({"meet_gender": ("woman",)}, {"gender": "man"}, ["meet_gender"]),
        ({"meet_gender": ("woman",)}, {}, ["meet_gender"]),
        ({"never": ("b",)}, {}, ["never"]),
        ({"never": ("someone else",)}, {}, []),
        ({"leave_out": ("panic",)}, {}, []),
    ],
)
def test_each_mask_from_either_side(one, other, masks):
    assert masks_between(person("a", **one), person("b", **other)) == masks
    swapped = {"never": ("a",)} if one.get("never") == ("b",) else one
    assert masks_between(person("a", **other), person("b", **swapped)) == masks


@pytest.mark.parametrize(
    ("left_out", "held", "kept_apart"),
    [
        ("restraint", "restraint", True),
        ("psychiatric-hospital", "restraint", True),
        ("being-sectioned", "restraint", True),
        ("restraint", "being-sectioned", False),
        ("My  Own word", "my own WORD", True),
        ("my own word", "another word", False),
        ("depression", "burnout", False),
    ],
)
def test_what_is_left_out_and_everything_narrower(left_out, held, kept_apart):
    a, b = person("a", leave_out=(left_out,)), person("b", held)
    assert masks_between(a, b) == (["leave_out"] if kept_apart else [])


def test_what_words_were_understood_to_say_is_left_out_too():
    a, b = person("a", leave_out=("loss-of-someone",)), person("b", words="my dad died")
    understood = {"b": [Understood("loss-of-a-parent", None, 3, 11)]}
    assert masks_between(a, b, understood) == ["leave_out"]
    assert sentences_between(a, b, understood) == [
        "a asked to leave out what b has lived through: loss of a parent."
    ]


def test_sentences_name_both_and_what_was_asked():
    a = person("a", languages=("es",), meet_age=("65+", "25-34"), meet_gender=("woman",), never=("b",))
    assert sentences_between(a, person("b", gender="Man", age_band="45-54")) == [
        "a speaks es and b speaks en: they have no language in common.",
        "a wishes to meet people aged 25-34, 65+, and b is 45-54.",
        "a wishes to meet woman, and b said Man.",
        "a asked never to be introduced to b.",
    ]
    assert sentences_between(a, person("b", languages=("es",))) == [
        "a wishes to meet people aged 25-34, 65+, and b has not said an age.",
        "a wishes to meet woman, and b has not said a gender.",
        "a asked never to be introduced to b.",
    ]


@settings(deadline=None)
@given(communities())
def test_the_packed_bits_say_what_the_named_masks_say(people):
    prepared = ready(*people)
    tables = Walk(len(people)).readable(prepared.tables)
    for a in range(len(people)):
        for b in range(len(people)):
            if a == b:
                continue
            named = {mask for mask, _ in failing(prepared, a, b)}
            assert no_common_language(tables, a, b) == (Mask.LANGUAGE in named)
            refused = refuses_any(tables, a, b) or refuses_any(tables, b, a)
            assert refused == bool(named & {Mask.MEET_AGE, Mask.MEET_GENDER, Mask.LEAVE_OUT})
            never = tables.never[tables.never_at[a] : tables.never_at[a + 1]]
            assert (b in never) == (Mask.NEVER in named)


def test_more_bits_than_one_number_holds():
    genders = [f"gender {at}" for at in range(150)]
    people = [person(f"p{at:03}", gender=one, meet_gender=(one,)) for at, one in enumerate(genders)]
    speakers = [person(f"s{at:03}", languages=(f"q{at:02}",)) for at in range(100)]
    prepared = ready(*people, *speakers)
    assert (prepared.tables.has_width, prepared.tables.speaks_width) == (3, 2)
    for b in (1, 62, 63, 124, 149):
        assert refuses_any(prepared.tables, 0, b) and not refuses_any(prepared.tables, b, b)
    assert no_common_language(prepared.tables, 150, 249)
