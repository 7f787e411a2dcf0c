"""Promises that belong to no single app."""

from dataclasses import fields
from pathlib import Path

import re2

from beenthere.matching.core.people import Person
from beenthere.matching.core.sheet.columns import COLUMNS

ROOT = Path(__file__).resolve().parents[2]


def test_pairing_knows_nothing_of_training_or_standing():
    """The list is closed: a new column has to be argued with here."""
    assert set(COLUMNS) == {
        "ref", "words", "experiences", "hopes", "languages", "place", "timezone", "free", "age", "gender",
        "meet_age", "meet_gender", "leave_out", "never", "capacity", "since",
    }  # fmt: skip
    assert {field.name for field in fields(Person)} - {"age_band", "line"} == set(COLUMNS) - {"age"}


def test_every_promise_names_code_and_tests_that_are_there():
    """docs/principles.md cannot point at what is gone."""
    missing = []
    for row in (ROOT / "docs/principles.md").read_text(encoding="utf-8").splitlines():
        cells = row.split("|")
        if len(cells) != 5 or cells[1].strip() in ("promise", "---"):
            continue
        for name in re2.findall(r"`([\w/.]+)`", cells[2] + cells[3]):
            places = [ROOT / name, ROOT / "beenthere" / name]
            if not any(place.exists() for place in places) and "/" in name:
                missing.append(name)
    assert missing == []
