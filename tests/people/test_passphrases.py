"""What was stolen elsewhere opens nothing here, and what only one person would put together is taken."""

import random

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from beenthere.people.core import passphrases
from beenthere.people.core.passphrases import _breached, passphrase_fault
from beenthere.people.core.words import words

LONG_STOLEN = sorted({one for one in FREQUENCY_LISTS["passwords"] if len(one) >= passphrases.LEAST})
MADE = [
    "butterfly12345",
    "iloveyouforever",
    "P@ssw0rd12345678",
    "drowssapdrowssap",
    "jennifer19851985",
    "manchesterunited1",
    "Liverpool201999",
    "aaaabbbbccccdddd",
    "beenthere beenthere",
    "peer support 2024",
    "stewardsteward",
    "qwerty qwerty 1990",
]
GOOD = [
    "four lamps beside the old canal",
    "nine boats under the long bridge",
    "mi gato negro duerme en la cocina",
    "el sol sale despacio sobre el puerto",
    "correct horse battery purple",
    "kaffee um sieben am gleis drei",
    "x7#Kq2!vTz9w",
    "зимний чай под старой лампой",
    "静かな川辺の七つの灯りをみる",
]


def test_every_stolen_one_that_is_long_enough_is_refused():
    assert (len(_breached()), len(LONG_STOLEN)) == (187, 229)
    assert [one for one in (*_breached(), *LONG_STOLEN) if passphrase_fault(one) is None] == []
    assert [one for one in _breached() if passphrase_fault(one.upper()) is None] == []


@pytest.mark.parametrize("made", MADE)
def test_what_is_made_of_stolen_words_is_refused(made):
    assert passphrase_fault(made) is not None


@pytest.mark.parametrize("good", GOOD)
def test_what_only_one_person_puts_together_is_taken(good):
    assert passphrase_fault(good, names=("Ana Maria",)) is None


def test_ones_own_name_with_a_year_is_refused():
    assert passphrase_fault("AnaMaria1985!", names=("Ana Maria",)) is not None


def test_four_words_drawn_by_chance_are_never_refused():
    drawn = random.Random(5)
    phrases = [" ".join(drawn.choice(words()) for _ in range(4)) for _ in range(300)]
    assert [one for one in phrases if passphrase_fault(one) is not None] == []


def test_signs_for_letters_are_read_in_few_ways(monkeypatch):
    """zxcvbn tries all ways to read such signs together: dozens of them would keep it busy for seconds."""
    asked = []
    answers = {"guesses": 10**9}
    monkeypatch.setattr(passphrases, "zxcvbn", lambda text, user_inputs: asked.append(text) or answers)
    passphrase_fault("4@8({[<369&6#!1/|0$5+7%2" * 20)
    passphrase_fault("P@ssw0rd12345678 and more")
    assert [len(one) for one in asked] == [48, 25]
    assert not set(asked[0]) & set("({[<|!+$%@")
    assert asked[1] == "P@ssw0rd12345678 and more"
