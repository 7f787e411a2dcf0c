"""A place corrects our lines: by `id`, and never so that a number shows that nobody read anywhere."""

from datetime import date

import pytest

from beenthere.signposts.core.own_lines import with_own

OURS = {
    "id": "es-024",
    "country": "ES",
    "name": "Ours",
    "kind": "crisis",
    "phones": ["024"],
    "hours": "24/7",
    "languages": ["es"],
    "source": "a page",
    "verified_on": "2026-11-22",
}
EMERGENCY = {"one": {"ES": "112", "FR": "112"}, "apart": {"JP": {"ambulance": "119", "police": "110"}}}
TOLD = {"source": "their own page", "verified_on": "2027-01-02"}
THEIRS = {**OURS, "id": "fr-ours", "country": "FR", "name": "One more"}


def merged(*rows, **parts):
    lines, numbers, faults = with_own([OURS], EMERGENCY, {"line": list(rows), **parts})
    return lines, {**numbers["one"], **numbers["apart"]}, faults


def test_without_a_file_of_its_own_ours_hold():
    assert with_own([OURS], EMERGENCY, {}) == ([OURS], EMERGENCY, [])


def test_a_number_is_corrected_by_its_id():
    row = {"id": "es-024", "phones": ["025"], **TOLD}
    assert merged(row)[0] == [{**OURS, "phones": ["025"], **TOLD}]


def test_a_day_may_be_written_as_toml_writes_days():
    row = {"id": "es-024", "verified_on": date(2027, 1, 2)}
    assert merged(row)[0] == [{**OURS, "verified_on": "2027-01-02"}]


def test_a_line_is_added_and_one_is_hidden():
    assert merged(THEIRS, {"id": "es-024", "hidden": True})[0] == [THEIRS]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"phones": ["025"]}, "own line 1 (no id): no country"),
        (
            {"id": "es-024", "phones": ["025"]},
            "who changes how it is reached also says source and verified_on",
        ),
        ({"id": "es-024", "url": "https://a.org/"}, "who changes how it is reached also says source and"),
        (
            {"id": "es-024", "sms": "25", "verified_on": "2027-01-02"},
            "who changes how it is reached also says",
        ),
        ({"id": "es-024", "phones": "025", **TOLD}, "phones is written in another way"),
        ({"id": "es-024", "kind": "hotline"}, "the kind is one of"),
        ({"id": "es-024", "hidden": "yes"}, "to hide one of our lines"),
        ({"id": "es-024", "hidden": True, "name": "x"}, "to hide one of our lines"),
        ({"id": "es-nobody", "hidden": True}, "to hide one of our lines"),
        ({"id": ["es-024"], "phones": ["025"]}, "id is written in another way"),
        ({}, "it is empty"),
        ("es-024", "it is empty"),
    ],
)
def test_a_row_with_a_fault_is_left_out_and_ours_stays(row, fault):
    lines, _, faults = merged(row)
    assert lines == [OURS]
    assert fault in faults[0]


def test_one_bad_row_does_not_keep_a_good_one_out():
    lines, _, faults = merged({"id": "es-024", "kind": "hotline"}, THEIRS)
    assert (lines, len(faults)) == ([OURS, THEIRS], 1)


def test_an_id_stands_once():
    assert merged({"id": "es-024", "name": "A"}, {"id": "es-024", "name": "B"})[::2] == (
        [{**OURS, "name": "A"}],
        ["own line 2 (es-024): it stands there twice"],
    )


def test_emergency_numbers_are_corrected_too():
    apart = {"FR": {"ambulance": "15", "police": "17"}}
    assert merged(one={"JP": "110"}, apart=apart)[1:] == (
        {"ES": "112", "JP": "110", "FR": {"ambulance": "15", "police": "17"}},
        [],
    )


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"one": {"ES": "one one two"}}, "ES: 'one one two' is no emergency number"),
        ({"one": {"ES": 112}}, "ES: 112 is no emergency number"),
        ({"one": {"ES": {"police": "112"}}}, "ES: not a number for [one]"),
        ({"apart": {"ES": "112"}}, "ES: not a number for [apart]"),
        ({"apart": {"ES": {"police": "112"}}}, "ES: two numbers apart are ambulance and police"),
        ({"one": {"Spain": "112"}}, "Spain: no country"),
        ({"lines": []}, "unknown part lines"),
        ({"line": {}}, "a line begins with [[line]]"),
    ],
)
def test_a_fault_among_the_numbers_changes_none(parts, fault):
    lines, numbers, faults = with_own([OURS], EMERGENCY, parts)
    assert (lines, numbers, faults) == ([OURS], EMERGENCY, [fault])


def test_a_country_with_a_line_needs_a_number_there_too():
    row = {**THEIRS, "id": "it-ours", "country": "IT"}
    assert merged(row)[2] == ["IT: a line, and no emergency number"]
