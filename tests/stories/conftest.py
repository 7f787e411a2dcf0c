"""Pieces for tests."""

import pytest

from beenthere.people.models import Person
from beenthere.stories.actions import write_piece
from beenthere.stories.models import MEMBERS, Piece
from tests.cast import person

LOSS = {"experience": "loss-of-a-parent", "known": True, "stand": "finding my way"}
OWN = {"experience": "the silence after", "known": False, "stand": None}


@pytest.fixture
def ana() -> Person:
    return person("Ana")


@pytest.fixture
def ben() -> Person:
    return person("Ben")


def a_piece(by: Person, words: str = "I still set two cups out.", **how) -> Piece:
    """A piece for members, unless `how` says otherwise."""
    about = how.pop("about", {"experiences": [LOSS], "language": "en"})
    return write_piece(words=words, about=about, **{"audience": MEMBERS, **how}, by=by)
