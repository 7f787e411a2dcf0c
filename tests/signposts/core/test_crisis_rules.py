"""The file of crisis rules has no fault, and the linter says what is wrong with a bad one."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beenthere.signposts.core.crisis import FILE, LANES, NOTHING, found_in, lanes_in, the_rules
from beenthere.signposts.core.lint_rules import lint_rules
from beenthere.signposts.core.spelling import slips
from tests.signposts.crisis_words import COUNTS, HALVES, counts_of, lines_of

KINDS = (*LANES, NOTHING)
TOLD = json.loads(FILE.read_text(encoding="utf-8"))
GOOD = {"kind": "disclosure", "language": "en", "why": "a wish", "find": r"\bx<w>y\b"}
HOSTILE = st.text(alphabet="killmyse*1!’' .-_aeiouñé\u200b💊🙂🇪ｋ\n", max_size=80)


@pytest.mark.parametrize("half", HALVES)
def test_the_suite_fires_as_it_was_counted(half):
    lines = lines_of(half)
    assert counts_of(lines, [lanes_in(line["words"]) for line in lines]) == COUNTS[half]


def test_our_file_has_no_fault():
    assert lint_rules(TOLD, KINDS) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"find": "(a+)+"}, "a repetition of a repetition is slow in a browser"),
        ({"find": "a(?=b)"}, "it looks around, which RE2 cannot"),
        ({"find": "a<nowhere>"}, "unknown part <nowhere>"),
        ({"find": "a("}, "it does not compile"),
        ({"find": ""}, "no pattern"),
        ({"unless": "año"}, "words are folded to ASCII before; this can never be found"),
        ({"why": " "}, "it does not say why"),
        ({"language": "fr"}, "the language is one of en, es"),
        ({"kind": "bad"}, "the kind is one of disclosure, urging, method, other, nothing"),
        ({"near": ["a"]}, "it says what is near, and not how near"),
        ({"score": 1}, "unknown key score"),
    ],
)
def test_the_linter_finds_it(change, fault):
    told = copy.deepcopy(TOLD)
    told["finds"] = [GOOD | change]
    assert fault in [one.partition(": ")[2] for one in lint_rules(told, KINDS)]


def test_a_good_rule_has_no_fault():
    assert lint_rules({**TOLD, "finds": [GOOD]}, KINDS) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"words": {"a": "a"}}, "spelling: 'a' becomes itself"),
        ({"words": {"A": "b"}}, "spelling: 'A' can never be met: a word is of a-z and 0-9"),
        ({"not": ["suicide"]}, "spelling: 'suicide' is listed twice"),
    ],
)
def test_the_linter_reads_the_spelling(changes, fault):
    told = copy.deepcopy(TOLD)
    told["ways"]["mend"][-1].update(changes)
    assert fault in lint_rules(told, KINDS)


def test_slips_of_a_word():
    assert set(slips("abcd", {})) == {"aabcd", "abbcd", "abccd", "abcdd", "bacd", "acbd", "abdc"}


@given(HOSTILE)
def test_places_lie_within_the_words(words):
    for one in found_in(words):
        assert 0 <= one.start < one.end <= len(words)
        assert one.kind in LANES
    assert {one.kind for one in found_in(words)} == lanes_in(words)


@given(HOSTILE)
def test_folding_twice_is_folding_once(words):
    folds = the_rules().folds
    once = words.translate(folds)
    assert once.translate(folds) == once
    assert once.isascii()
