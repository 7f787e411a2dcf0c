"""What is shown of the lines, and how old it may be."""

from datetime import date

import pytest

from beenthere.signposts.core.lines import Line, dialled, emergencies_of, is_stale, line_of, shown
from beenthere.signposts.core.said import hours_of, numbers_of, texting

READ = date(2026, 11, 22)


def line(**told):
    return Line(**{"country": "ES", "name": "A", "kind": "crisis", "verified_on": READ} | told)


def test_unverified_lines_never_show():
    one, two = line(name="read"), line(name="unread", verified_on=None)
    assert shown([two, one], "ES") == (one,)


def test_lines_of_another_country_do_not_show():
    assert shown([line(country="PT")], "ES") == ()


@pytest.mark.parametrize(
    ("on", "stale"), [(date(2027, 5, 21), False), (date(2027, 5, 22), True), (READ, False)]
)
def test_a_line_is_stale_after_180_days(on, stale):
    assert is_stale(line(), on=on) is stale


def test_a_line_nobody_read_is_stale():
    assert is_stale(line(verified_on=None), on=READ)


def test_a_row_becomes_a_line():
    row = {"country": "ES", "name": "A", "kind": "text", "phones": ["024"], "verified_on": "2026-11-22"}
    assert line_of(row) == line(kind="text", phones=("024",))
    assert line_of(row | {"verified_on": ""}).verified_on is None


@pytest.mark.parametrize(
    ("written", "number"), [("(011) 5275-1135", "01152751135"), ("*4141", "*4141"), ("116 123", "116123")]
)
def test_what_a_phone_dials(written, number):
    assert dialled(written) == number


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        ("24/7", "Day and night, every day"),
        ("09:00-24:00", "Every day, 09:00 to 24:00"),
        ("", "Hours not confirmed"),
    ],
)
def test_hours_are_said(hours, words):
    assert str(hours_of(line(hours=hours))) == words


def test_texting_is_said_with_its_word_where_the_source_has_one():
    assert str(texting(line(sms="741741", sms_word="HOME"))) == "Text HOME to 741741"
    assert str(texting(line(sms="85258"))) == "Text 85258"


def test_emergency_numbers_of_both_kinds():
    found = emergencies_of({"one": {"ES": "112"}, "apart": {"JP": {"ambulance": "119", "police": "110"}}})
    assert [str(label) for label, _ in numbers_of(found["ES"])] == ["Emergency: call 112"]
    assert [(str(label), number) for label, number in numbers_of(found["JP"])] == [
        ("Ambulance: call 119", "119"),
        ("Police: call 110", "110"),
    ]
