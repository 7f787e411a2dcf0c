"""The tables are good, and the linter says what is wrong with a bad one."""

import copy

import pytest

from beenthere.signposts.core.lint import lint
from beenthere.signposts.queries import tables

GOOD = {
    "id": "es-a-line",
    "country": "ES",
    "name": "A line",
    "kind": "crisis",
    "phones": ["+34 900 000 000"],
    "hours": "24/7",
    "languages": ["es"],
    "source": "a page",
    "verified_on": "2026-11-22",
}
EMERGENCY = {"one": {"ES": "112"}, "apart": {"JP": {"ambulance": "119", "police": "110"}}}


def test_our_tables_have_no_fault():
    assert lint(*tables()) == []


def test_a_good_row_has_no_fault():
    assert lint([GOOD], EMERGENCY) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"country": "Spain"}, "no country"),
        ({"name": " "}, "no name"),
        ({"kind": "hotline"}, "the kind is one of crisis, text, listening, warmline, chat, young"),
        ({"phones": []}, "no way to reach it"),
        ({"phones": ["call 900"]}, "'call 900' is no number"),
        ({"sms": "5O8O8"}, "'5O8O8' is no number"),
        ({"sms_word": "HELLO"}, "a word to text, and no number to text it to"),
        ({"url": "http://example.org/"}, "the address is not https"),
        ({"hours": "always"}, "the hours are 24/7, HH:MM-HH:MM, as noted or empty"),
        ({"hours": "as noted"}, "the hours are as noted, and no note says them"),
        ({"phones": "024"}, "phones is written in another way"),
        ({"verified_on": 20261122}, "verified_on is written in another way"),
        ({"id": "a line"}, "the id is the country and a word, such as es-024"),
        ({"id": "fr-a-line"}, "the id is the country and a word, such as es-024"),
        ({"languages": []}, "no languages"),
        ({"languages": ["Spanish"]}, "no languages"),
        ({"note": {"en": "Free."}}, "a note stands in English and in Spanish"),
        ({"source": ""}, "no source"),
        ({"verified_on": "22.11.2026"}, "verified_on is a date (2026-11-22) or empty"),
        ({"telephone": "900"}, "unknown key telephone"),
    ],
)
def test_each_fault_is_said(change, fault):
    row = copy.deepcopy(GOOD) | change
    assert lint([row], EMERGENCY) == [
        f"line 1 (ES, {row['name']}): {fault}".replace("(ES", f"({row['country']}")
    ][:1] + ([f"{row['country']}: a line, and no emergency number"] if row["country"] != "ES" else [])


@pytest.mark.parametrize("key", ["hours", "verified_on"])
def test_what_may_be_empty_may_not_be_missing(key):
    row = {name: value for name, value in GOOD.items() if name != key}
    assert len(lint([row], EMERGENCY)) == 1


def test_a_country_with_a_line_has_an_emergency_number():
    assert lint([GOOD], {"one": {}, "apart": {}}) == ["ES: a line, and no emergency number"]


def test_emergency_numbers_are_numbers_of_one_kind():
    table = {"one": {"ES": "112"}, "apart": {"ES": {"ambulance": "o61", "police": "091"}}}
    assert lint([GOOD], table) == ["ES: two kinds of emergency number", "ES: 'o61' is no emergency number"]
