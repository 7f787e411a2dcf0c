"""Until both say yes, nothing that anybody receives depends on what one of the two answered.

Each test lives through worlds of twelve people that differ only in one person's answer, and compares
what reaches everybody else over eight days: cards, free places, mails, further proposals, and the bytes
of the pages, of their own data and of the API, tokens masked.
"""

import pytest

from .worlds import NAMES, World, unlike

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ONCE = {
    "yes": [(4, "ben", "yes")],
    "not now": [(4, "ben", "not_now")],
    "never": [(4, "ben", "never")],
    "a block": [(4, "ben", "block")],
}
TWICE = {"yes, then not now": [(4, "ben", "yes"), (12, "ben", "not_now")]}
HERS = {
    "nothing": ([], {**ONCE, **TWICE}),
    "yes, before him": ([(0, "ana", "yes")], {name: his for name, his in ONCE.items() if name != "yes"}),
    "yes, after him": ([(24, "ana", "yes")], {"never": ONCE["never"], **TWICE}),
}


@pytest.fixture(scope="module")
def silent_worlds() -> dict[str, World]:
    """Those in which Ben answers nothing, by what Ana answers; each is lived once."""
    return {}


@pytest.mark.parametrize("anas", list(HERS))
def test_what_ben_answers_reaches_nobody(monkeypatch, silent_worlds, anas):
    hers, answers = HERS[anas]
    silent = silent_worlds[anas] = silent_worlds.get(anas) or lived(monkeypatch, hers)
    for name, his in answers.items():
        assert unlike(silent, lived(monkeypatch, hers + his, bens_too=False), silent.ben) == [], name


def test_what_ana_answers_reaches_nobody_and_changes_only_what_is_hers(monkeypatch, silent_worlds):
    silent = silent_worlds["nothing"] = silent_worlds.get("nothing") or lived(monkeypatch, [])
    for name, his in ONCE.items():
        spoken = lived(monkeypatch, [(hour, "ana", what) for hour, _, what in his])
        assert unlike(silent, spoken, "Ana") == [], name


def test_everything_that_reaches_them_is_compared(monkeypatch, silent_worlds):
    """Else the tests above would compare worlds in which nothing can happen."""
    silent = silent_worlds["nothing"] = silent_worlds.get("nothing") or lived(monkeypatch, [])
    met = lived(monkeypatch, [(0, "ana", "yes"), (4, "ben", "yes")])
    assert {name for name, *_ in unlike(silent, met, silent.ben)} >= {"Ana"}
    assert "You have both been there" in silent.received["Ana"][0]
    assert "matching.Card" in silent.received["Ana"][0]
    assert {name for name in NAMES if "Something is waiting" in "".join(silent.received[name])} >= {
        "Ana",
        silent.ben,
    }


def lived(monkeypatch, answers, **options) -> World:
    return World(monkeypatch, answers, **options).lived()
