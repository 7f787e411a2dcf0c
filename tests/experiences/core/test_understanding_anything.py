"""Any text at all is read without an exception, twice alike, and its places are inside it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.experiences.core import load_vocabulary, understand
from beenthere.experiences.core.tokens import offsets, split

VOCABULARY = load_vocabulary()
TELLING = """I my mum died never not no can't drink drinking depressed afraid of losing if brother she
he his without years ago sober , . ? ! ' \u2019 and or mi madre murió nunca bebo sin años
hace de la que hermano ya si miedo me se su cáncer voces \u0301 \u00df \u0130 \U0001f600 -
10"""
SPOKEN = [*TELLING.split(), "\n"]


def sound(words: str) -> None:
    found = understand(words, vocabulary=VOCABULARY)
    assert found == understand(words, vocabulary=VOCABULARY)
    for one in found:
        assert 0 <= one.start < one.end <= len(words)
        assert one.experience in VOCABULARY.experiences


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_characters(words):
    sound(words)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(SPOKEN), max_size=60).map(" ".join))
def test_any_order_of_words_that_matter(words):
    sound(words)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_every_word_has_its_place(words):
    raw = {number for sentence in split(words) for number in sentence.raw}
    assert max(raw, default=-1) < len(offsets(words))


def test_the_longest_text_of_one_word():
    for word in ("lost ", "no ", "drink, ", "if I lost my ", "still depressed, ", "my brother , depressed "):
        sound((word * 20_000)[:20_000])


def test_beyond_the_longest_nothing_is_read():
    assert understand("x" * 20_000 + " my mum died", vocabulary=VOCABULARY) == ()


def test_a_lone_apostrophe_after_a_cue_is_nothing():
    assert understand("can't '", vocabulary=load_vocabulary()) == ()
