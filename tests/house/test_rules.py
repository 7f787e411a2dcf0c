"""The rules of the house hold here, and each catches what was planted for it."""

from pathlib import Path

import pytest

from .plan import ROOT
from .rules import RULES

PLANTED = Path(__file__).parent / "planted"


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_house_keeps_the_rule(name):
    assert RULES[name].findings(ROOT) == []


@pytest.mark.parametrize("plant", sorted(path.name for path in PLANTED.iterdir() if path.is_dir()))
def test_the_rule_catches_what_was_planted(plant):
    """A folder `planted/<rule>[-<what>]` holds one violation; `expected.txt` says how it is named."""
    rule = plant.split("-")[0]
    expected = (PLANTED / plant / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert expected
    assert RULES[rule].findings(PLANTED / plant) == expected


def test_every_rule_has_something_planted():
    assert {path.name.split("-")[0] for path in PLANTED.iterdir() if path.is_dir()} == set(RULES)
