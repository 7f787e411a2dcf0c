"""What leads outside is heard where it stands; ordinary talk is not. The whole suite is asked elsewhere."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beenthere.signposts import queries
from beenthere.signposts.core.outside import FILE, KINDS, Heard, heard, the_rules
from tests.signposts.engines import suite

RULES = json.loads(FILE.read_text(encoding="utf-8"))
SAID = [
    ("link", "www.example.com", "look at ", " when you can"),
    ("link", "example dot org", "here: ", ""),
    ("image", "foto.jpg", "", ""),
    ("phone", "07700 900123", "it is ", ", mornings"),
    ("phone", "seis uno dos treinta y cuatro cincuenta y seis setenta y ocho", "apunta: ", ""),
    ("phone", "5️⃣5️⃣5️⃣-0️⃣1️⃣2️⃣3️⃣", "", " 🙂"),
    ("mail", "аna@gmаil.com", "🙂 ", ""),  # two Cyrillic letters
    ("handle", "moonchild#1234", "on there I am ", ""),
    ("address", "12 Oak Street", "it is ", ""),
    ("meeting", "te espero en la estación", "el viernes ", ""),
]
ORDINARY = [
    "I deleted Instagram last year.",
    "See you tomorrow here, or let us meet in the middle.",
    "Call 988 or 116 123, they are kind. 911 or 112 where you are not safe.",
    "I take 50 mg twice a day, and did in 2015, 2016 and 2017.",
    "Breathe: 1 2 3 4 5 6 7 8 9 10.",
    "My instagram is full of happy people.",
    "I met her at the cafe on Mill Road.",
    "El punto es que no puedo salir a la calle 2 veces.",
    "Hola, tod@s somos amig@s.",
]


@pytest.mark.parametrize(("kind", "said", "head", "tail"), SAID)
def test_it_is_heard_where_it_stands(kind, said, head, tail):
    assert heard(head + said + tail) == (Heard(kind, len(head), len(head) + len(said)),)


@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_talk_is_not_held(words):
    assert heard(words) == ()


def test_several_things_in_the_order_of_the_words():
    words = "ana@example.com, www.example.com, foto.jpg"
    assert [(one.kind, words[one.start : one.end]) for one in heard(words)] == [
        ("mail", "ana@example.com"),
        ("link", "www.example.com"),
        ("image", "foto.jpg"),
    ]


def test_no_line_of_other_help_is_held():
    said = [number for line in queries.known_lines() for number in (*line.phones, line.sms) if number]
    assert [one for one in said if heard(f"You can call {one} at any hour.")] == []


def test_kinds_are_the_seven():
    assert sorted({rule["kind"] for rule in RULES["finds"]}) == sorted(KINDS)


def test_what_unicode_calls_the_same_letter_is_folded_to_it():
    left = []
    for point in range(0x80, 0x20000):
        plain = unicodedata.normalize("NFKD", chr(point)).lower()
        plain = "".join(one for one in plain if not unicodedata.category(one).startswith("M"))
        if len(plain) == 1 and plain.isascii() and plain.isalnum() and the_rules().folds[point] != plain:
            left.append(chr(point))
    assert left == []


@given(st.text(max_size=200))
def test_places_lie_within_the_words(words):
    for one in heard(words):
        assert 0 <= one.start < one.end <= len(words)


@given(st.text(alphabet="ana@gmil.com 0123456789 👩‍🦰５é\u200b", max_size=60))
def test_places_survive_characters_that_fold_to_none_or_to_many(words):
    for one in heard(words):
        assert 0 <= one.start < one.end <= len(words)
        assert one.kind in KINDS


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_disguised_is_heard_and_ordinary_talk_is_not(language):
    """What issue and record promise of the whole suite; benchmarks/outside_door.py says it of each half."""
    disguised, ordinary = (
        [line["words"] for line in suite(name) if line["language"] == language]
        for name in ("disguised", "ordinary")
    )
    assert len(disguised) >= 250
    assert len(ordinary) == 5000
    assert sum(bool(heard(words)) for words in disguised) / len(disguised) >= 0.95
    assert sum(bool(heard(words)) for words in ordinary) / len(ordinary) <= 0.01


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_development_lines(language):
    """What these lines taught stays learned; they are no measure."""
    disguised, ordinary = (
        [line["words"] for line in suite(name) if line["language"] == language]
        for name in ("more_disguised", "more_ordinary")
    )
    assert sum(bool(heard(words)) for words in disguised) / len(disguised) >= 0.98
    assert [words for words in ordinary if heard(words)] == []
