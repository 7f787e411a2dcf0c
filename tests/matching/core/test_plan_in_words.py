"""What a plan says: reasons, the nearest, why someone has nobody, why not these two, kept faults."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.matching.core.between import fit_between
from beenthere.matching.core.held import in_a_sentence
from beenthere.matching.core.keeping import kept_faults
from beenthere.matching.core.masks import failing
from beenthere.matching.core.people import Window
from beenthere.matching.core.reasons import reason_between
from beenthere.matching.core.rounds import plan_rounds
from beenthere.matching.core.why import why_not

from .small_world import Understood, communities, person, ready


def reason(*people, understood=None):
    return str(reason_between(ready(*people, understood=understood), 0, 1))


def only_pair(*people, **options):
    (pair,) = plan_rounds(ready(*people), **options).pairs
    return pair


def unmatched(*people, **options):
    plan = plan_rounds(ready(*people), **options)
    return {one.ref: str(one.why) for one in plan.unmatched}


def test_a_reason_quotes_what_both_said():
    words = {"a": "It was spring. My mum died and I was far away.", "b": "Perdí a mi madre."}
    understood = {
        "a": [Understood("loss-of-a-parent", None, 18, 26)],
        "b": [Understood("loss-of-a-parent", "living with it", 0, 16)],
    }
    people = [person(ref, words=text) for ref, text in words.items()]
    assert reason(*people, understood=understood) == (
        "a and b have both lived through loss of a parent. "
        "a wrote: “My mum died and I was far away.” b wrote: “Perdí a mi madre.”"
    )


def test_a_reason_names_what_was_named_and_how_it_is_now():
    a, b = person("a", "panic=in it now"), person("b", "panic=behind me for now")
    assert reason(a, b) == (
        "a and b have both lived through panic. a says of it: in it now. b says of it: behind me for now. "
        "a named it. b named it."
    )
    assert "Both say of it: in it now." in reason(a, person("b", "panic=in it now"))


def test_a_reason_that_names_several_says_of_which_it_is_so():
    a, b = (person(ref, "panic=in it now", "loss-of-someone") for ref in "ab")
    assert reason(a, b).startswith(
        "a and b have both lived through loss of someone, panic. Both say of panic: in it now. a named it."
    )
    b = person("b", "panic=living with it", "loss-of-someone")
    assert "a says of panic: in it now. b says of it: living with it." in reason(a, b)


def test_names_in_a_sentence_begin_small_but_for_letters_that_stay_great():
    names = ("A break-up", "Loss of a parent", "ADHD", "I can't rest", "Él", "Z")
    said = ["a break-up", "loss of a parent", "ADHD", "I can't rest", "él", "z"]
    assert [in_a_sentence(name) for name in names] == said


def test_a_quote_is_given_once():
    a = person("a", "burnout", words="I burned out; sick of hitting walls.")
    b = person("b", "depression", words="sick of it, hitting walls")
    understood = {"a": [Understood("burnout", None, 2, 12)]}
    assert reason(a, b, understood=understood).count("a wrote:") == 1


def test_a_reason_says_both_sides_of_what_is_only_broader_or_touches():
    assert reason(person("a", "loss-of-a-parent"), person("b", "loss-of-a-grandparent")) == (
        "a has lived through loss of a parent, and b through loss of a grandparent: both belong to loss of "
        "someone."
    )
    assert reason(person("a", "loss-of-a-parent"), person("b", "loss-of-someone")) == (
        "a has lived through loss of a parent, and b through loss of someone."
    )
    assert reason(person("a", "burnout"), person("b", "depression")) == (
        "a has lived through burnout, and b through depression: these often touch each other."
    )


def test_a_reason_names_the_words_when_words_carry_it():
    a = person("a", words="Fibromyalgia, and gardens.")
    b = person("b", words="I garden with fibromyalgia.")
    assert reason(a, b) == (
        "a and b both wrote “fibromyalgia”, “gardens / garden”. "
        "a wrote: “Fibromyalgia, and gardens.” b wrote: “I garden with fibromyalgia.”"
    )
    assert [str(one) for one in only_pair(a, b).shared] == ["“fibromyalgia”", "“gardens / garden”"]


def test_a_reason_ends_with_what_makes_meeting_easier():
    easy = {"hopes": ("to talk",), "place": "York", "timezone": "UTC", "free": (Window(2, 600, 690),)}
    assert reason(person("a", "panic", **easy), person("b", "panic", **easy)).endswith(
        "b named it. Both hope to talk. In the week both are free at the same time for 1 h 30 min. "
        "Both said York."
    )


def test_a_reason_for_nothing_in_common_is_honest():
    pair = only_pair(person("a"), person("b"), floor=0)
    assert (pair.fit, pair.shared) == (0, ())
    assert str(pair.reason) == "a and b may meet, but have not yet said anything that both share."


def test_shared_are_the_names_of_experiences():
    a, b = person("a", "panic", "My Own Word"), person("b", "panic", "my own word")
    assert {str(one) for one in only_pair(a, b).shared} == {"Panic", "My Own Word"}
    pair = only_pair(person("a", "loss-of-a-parent"), person("b", "loss-of-a-grandparent"))
    assert [str(one) for one in pair.shared] == ["Loss of someone"]


@settings(deadline=None)
@given(communities())
def test_every_reason_names_both_people(people):
    for pair in plan_rounds(ready(*people), floor=0).pairs:
        assert pair.a in str(pair.reason) and pair.b in str(pair.reason)


def test_nearest_counts_those_without_room_and_leaves_out_who_met():
    people = [person("a", "panic"), person("b", "panic", capacity=0), person("c", "panic"), person("d")]
    near = plan_rounds(ready(*people), nearest=2, met=[("c", "a")]).nearest
    assert [(one.ref, one.rank, one.peer) for one in near] == [
        ("a", 1, "b"),
        *sorted((("b", at + 1, peer) for at, peer in enumerate(_peers(near, "b"))), key=lambda one: one[1]),
        ("c", 1, "b"),
    ]
    assert sorted(_peers(near, "b")) == ["a", "c"]


def _peers(near, ref):
    return [one.peer for one in near if one.ref == ref]


def test_unmatched_no_room():
    people = [person("a", "panic", capacity=0), person("b", "panic"), person("c", "panic")]
    assert unmatched(*people)["a"].startswith(
        "a has no room for anyone (capacity 0). People who would fit: 2, the closest at 0."
    )
    assert unmatched(person("a", capacity=0), person("b"))["a"] == (
        "a has no room for anyone (capacity 0), and nobody who could be introduced to them fits well "
        "enough so far."
    )


def test_unmatched_alone():
    assert unmatched(person("a")) == {"a": "a is the only person in the sheet."}


def test_unmatched_places_taken():
    people = [person("a", "panic"), person("b", "panic"), person("c", "panic", "drinking")]
    assert unmatched(*people)["c"].startswith("People who fit c: 2, the closest at 0.")
    assert unmatched(*people)["c"].endswith("One more place with one of them could open this.")


def test_unmatched_met_before():
    told = unmatched(person("a", "panic"), person("b", "panic"), met=[("a", "b")])
    assert told["a"].startswith("a has met everyone before who fits and has room: 1, the closest at 0.")


def test_unmatched_others_have_no_room():
    told = unmatched(person("a", "panic"), person("b", "panic", capacity=0))
    assert told["a"].startswith("People who fit a: 1, the closest at 0.")
    assert "None of them has room for anyone (capacity 0)." in told["a"]
    both = unmatched(person("a", "panic"), person("b", "panic", capacity=0), met=[("a", "b")])
    assert "a has met each of them before, and they have no room" in both["a"]


@pytest.mark.parametrize(
    ("mine", "theirs", "boundary"),
    [
        ({"languages": ("es",)}, {}, "the languages they speak"),
        ({"meet_age": ("65+",)}, {}, "the ages they wish to meet"),
        ({"meet_gender": ("woman",)}, {}, "the genders they wish to meet"),
        ({"leave_out": ("panic",)}, {}, "what they asked to leave out"),
        ({}, {"meet_age": ("65+",)}, "the ages that others wish to meet"),
        ({}, {"meet_gender": ("woman",)}, "the genders that others wish to meet"),
        ({}, {"leave_out": ("panic",)}, "what others asked to leave out"),
        ({}, {"never": ("a",)}, "a wish never to be introduced"),
    ],
)
def test_unmatched_behind_one_boundary(mine, theirs, boundary):
    told = unmatched(person("a", "panic", **mine), person("b", "panic", **theirs))["a"]
    assert told.startswith(
        f"A boundary is between a and everyone here. What keeps most people away from a is {boundary}. "
        "People who would fit without it: 1, the closest at 0."
    )


def test_unmatched_behind_several_boundaries():
    told = unmatched(person("a", "panic", languages=("es",), meet_age=("65+",)), person("b", "panic"))["a"]
    assert told == (
        "A boundary is between a and everyone here. No single boundary, if lifted, would let anyone meet "
        "them who fits well enough. More people would widen this."
    )


def test_unmatched_too_little_in_common():
    told = unmatched(person("a", "depression"), person("b", "burnout"), person("c"), person("d", "drinking"))
    assert told["a"].startswith("Nobody within the boundaries of a shares enough: the closest reaches 0.")
    assert "and the floor is 0.15." in told["a"]
    assert told["c"].startswith("c has said nothing yet of what they lived through.")
    assert told["d"].startswith("Nobody within the boundaries of d has said anything that both share.")


def test_why_not_says_each_case():
    people = [
        person("a", "panic"),
        person("b", "panic"),
        person("c", "panic", "drinking"),
        person("d", "panic", never=("a",)),
        person("e", "panic", capacity=0),
        person("f", "burnout"),
    ]
    prepared = ready(*people)
    plan = plan_rounds(prepared, met=[("a", "d")], kept=[("a", "b")])
    said = {pair: why_not(prepared, plan, *pair) for pair in ("ab", "ac", "ad", "ae", "af", "ca")}
    assert "This pair was kept by hand. a and b have both lived through panic." in str(said["ab"].said)
    assert said["ab"].paired is plan.pairs[[pair.kept for pair in plan.pairs].index(True)]
    assert str(said["ac"].said).endswith(
        "others were taken first. a is with b (kept by hand). c is with d (" + _fit(prepared, "c", "d") + ")."
    )
    assert [(one.ref, one.partner) for one in said["ac"].preferred] == [("a", "b"), ("c", "d")]
    assert said["ca"] == said["ac"]
    assert str(said["ad"].said) == "A boundary is between a and d. d asked never to be introduced to a."
    assert str(said["ae"].said).startswith("e has no room for anyone (capacity 0). a and e fit at 0.")
    assert str(said["af"].said) == "What a and f share reaches 0.00, and the floor is 0.15."


def _fit(prepared, a, b):
    return f"{fit_between(prepared, a, b) * 100 // 65536 / 100:.2f}"


def test_why_not_of_nobody_and_of_one():
    prepared = ready(person("a"), person("b"))
    plan = plan_rounds(prepared)
    with pytest.raises(KeyError):
        why_not(prepared, plan, "a", "z")
    with pytest.raises(ValueError, match="One person"):
        why_not(prepared, plan, "a", "a")


@settings(deadline=None, max_examples=60)
@given(communities(), st.integers(1, 2), st.sampled_from((0, 0.15)))
def test_why_not_holds_for_every_two(people, rounds, floor):
    """Two who may meet and fit and did not: in every round one is full with fits at least as high."""
    prepared = ready(*people)
    plan = plan_rounds(prepared, rounds=rounds, floor=floor)
    for b, other in enumerate(prepared.people):
        for a, one in enumerate(prepared.people[:b]):
            why = why_not(prepared, plan, one.ref, other.ref)
            assert one.ref in str(why.said) and other.ref in str(why.said)
            assert bool(why.failing) == bool(failing(prepared, a, b))
            closed = why.failing or 0 in (one.capacity, other.capacity) or why.fit < plan.asked.floor
            if why.paired or closed:
                assert why.preferred == ()
                continue
            for number in range(1, rounds + 1):
                here = [place for place in why.preferred if place.round == number]
                assert any(_full(here, person) and _closer(here, person, why.fit) for person in (one, other))


def _full(places, person):
    return len([place for place in places if place.ref == person.ref]) == person.capacity


def _closer(places, person, fit):
    return all(place.fit >= fit for place in places if place.ref == person.ref)


def test_kept_faults_name_each_fault_once():
    people = [person("a"), person("b"), person("c", languages=("es",)), person("d")]
    kept = [("a", "b"), ("b", "a"), ("a", "d"), ("a", "c"), ("a", "a"), ("x", "y"), ("d", "b")]
    assert [(fault.number, str(fault.why)) for fault in kept_faults(ready(*people), kept)] == [
        (2, "a has room for 1, and this is one more."),
        (3, "a speaks en and c speaks es: they have no language in common."),
        (4, "a cannot be introduced to a."),
        (5, "x is not in the sheet."),
        (5, "y is not in the sheet."),
        (6, "b has room for 1, and this is one more."),
    ]
