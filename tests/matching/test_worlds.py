"""Until both say yes, nothing that anybody receives depends on what one of the two answered.

Each test lives through worlds of twelve people that differ only in one person's answer, and compares
what reaches everybody else over eight days: cards, free places, mails, further proposals, and the bytes
of the pages, tokens masked.
"""

import re

import pytest

from .worlds import PAGES, World, are_there, unlike

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ONCE = {
    "yes": [(4, "ben", "yes")],
    "not now": [(4, "ben", "not_now")],
    "never": [(4, "ben", "never")],
    "a block": [(4, "ben", "block")],
}
TWICE = {
    "yes, then not now": [(4, "ben", "yes"), (12, "ben", "not_now")],
    "yes, then a block": [(4, "ben", "yes"), (12, "ben", "block")],
}
HERS = {
    "nothing": ([], {"yes": ONCE["yes"], "not now": ONCE["not now"], "never": ONCE["never"], **TWICE}),
    "yes, before him": ([(0, "ana", "yes")], {name: his for name, his in ONCE.items() if name != "yes"}),
    "yes, after him": ([(24, "ana", "yes")], {"never": ONCE["never"], **TWICE}),
}


def test_the_pages_that_are_compared_are_there():
    assert [address for address in PAGES if not are_there(address)] == []


@pytest.mark.parametrize("anas", list(HERS))
def test_what_ben_answers_reaches_nobody(monkeypatch, anas):
    hers, answers = HERS[anas]
    silent = lived(monkeypatch, hers)
    for name, his in answers.items():
        assert unlike(silent, lived(monkeypatch, hers + his), silent.ben) == [], name


def test_what_ana_answers_reaches_nobody_and_changes_only_her_own_card(monkeypatch):
    silent = lived(monkeypatch, [], pages=False)
    for name, his in ONCE.items():
        spoken = lived(monkeypatch, [(hour, "ana", what) for hour, _, what in his], pages=False)
        assert unlike(silent, spoken, "Ana") == [], name
        assert unlike(silent, spoken, silent.ben, without_answers) == [], name


def test_two_who_both_say_yes_do_meet_in_these_worlds(monkeypatch):
    """Else the tests above would compare worlds in which nothing can happen."""
    silent = lived(monkeypatch, [], pages=False)
    met = lived(monkeypatch, [(0, "ana", "yes"), (4, "ben", "yes")], pages=False)
    assert {name for name, *_ in unlike(silent, met, silent.ben)} >= {"Ana"}


def lived(monkeypatch, answers, *, pages: bool | None = None) -> World:
    return World(monkeypatch, answers, pages=are_there(*PAGES) if pages is None else pages).lived()


def without_answers(received: str) -> str:
    return re.sub(r"answer='\w*'", "", received)
