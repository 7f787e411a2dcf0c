"""Questions that are offered: what the linter sees, and that ours pass it."""

import pytest

from beenthere.conversations.core.prompts import (
    FEWEST,
    LONGEST,
    MOMENTS,
    Prompt,
    beginning,
    faults,
    prompts_from,
    some_of,
)
from beenthere.conversations.queries.prompts import LANGUAGES, prompt_called, prompts_in, some_prompts

OURS = [one for language in LANGUAGES for one in prompts_in(language)]


def test_ours_have_no_fault():
    assert faults(OURS) == []


def test_there_are_enough_in_each_language():
    for language in LANGUAGES:
        ours = prompts_in(language)
        assert len(ours) >= 120
        assert len({beginning(one.words) for one in ours}) == len(ours)
        assert {one.moment for one in ours} == set(MOMENTS)
        assert max(len(one.words) for one in ours) <= LONGEST


PLANTED = [
    ("en", "So, what’s wrong with you today?", ["says “what's wrong”", "says “wrong with you”"]),
    ("en", "Have you tried going for a walk?", ["says “have you tried”"]),
    ("en", "Which symptoms were there first?", ["says “symptoms”"]),
    ("en", "You should write it down?", ["says “you should”"]),
    ("en", "Are you safe tonight?", ["says “safe”"]),
    ("en", "Tell me more.", ["does not end in a question"]),
    ("en", "And then? And after?", ["more than one question"]),
    ("en", "What a day! How was it?", ["louder than a question"]),
    ("en", "How is the sun \u2600 today?", ["louder than a question"]),
    ("en", "Two  spaces, how many?", ["not one line of text"]),
    ("en", "x" * LONGEST + "?", [f"{LONGEST + 1} characters, at most {LONGEST}"]),
    ("es", "¿Qué te pasa a ti?", ["says “que te pasa”"]),
    ("es", "¿Has probado a dormir más?", ["says “has probado”"]),
    ("es", "¿DEBERÍAS descansar, quizá?", ["says “deberias”"]),
    ("es", "¿Y el diagnóstico, cuál era?", ["says “diagnostico”"]),
    ("es", "Y entonces, qué hiciste?", ["a question that is not opened"]),
]


@pytest.mark.parametrize(("language", "words", "whys"), PLANTED)
def test_a_planted_fault_is_seen(language, words, whys):
    planted = Prompt("arriving-1", "arriving", language, words)
    same = [(one.language, one.id) == (language, "arriving-1") for one in OURS]
    with_it = [planted if it else one for it, one in zip(same, OURS, strict=True)]
    assert faults(with_it) == [f"{language} arriving-1: {why}" for why in whys]


def test_two_that_begin_alike_are_seen():
    """Also with other accents, signs and case."""
    first = next(one for one in OURS if one.id == "heavy-2" and one.language == "es")
    alike = Prompt("heavy-3", "heavy", "es", "AHORA, mismo: ¿que es otra cosa?")
    rest = [one for one in OURS if (one.language, one.id) != ("es", "heavy-3")]
    assert faults([*rest, alike]) == [f"es heavy-3: begins as {first.id} does"]


def test_one_that_is_missing_or_strange_is_seen():
    without = [one for one in OURS if (one.language, one.id) != ("es", "hope-20")]
    assert faults(without) == [
        f"es hope: {FEWEST - 1} questions, at least {FEWEST}",
        "hope-20: stands in 1 of 2 languages",
    ]
    strange = [Prompt("later-1", "later", "en", "Yes?"), Prompt("later-1", "later", "es", "¿Sí?")]
    assert faults([*OURS, *strange]) == [
        f"{language} later-1: no moment is called later" for language in LANGUAGES
    ]


def test_three_at_a_time_and_round_again():
    ours = prompts_in("en")
    pages = [some_of(ours, "hope", page) for page in range(20)]
    assert {len(page) for page in pages} == {3}
    assert {one.id for page in pages for one in page} == {f"hope-{number}" for number in range(1, 21)}
    assert [one.id for one in pages[6]] == ["hope-19", "hope-20", "hope-1"]
    few = prompts_from({"hope": ["One?", "Two?"]}, "en")
    assert [one.words for one in some_of(few, "hope", 5)] == ["One?", "Two?"]
    assert some_of(few, "heavy", 0) == []


def test_other_languages_and_strange_ids():
    assert prompts_in("fa") == prompts_in("en")
    assert [one.moment for one in some_prompts("nothing", 0, "es")] == ["arriving"] * 3
    assert prompt_called("heavy-2", "es").words == "Ahora mismo, ¿qué es lo que más pesa?"
    assert prompt_called("heavy-99", "es") is None
