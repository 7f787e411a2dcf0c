"""Words as stems, and quotes of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.matching.core.quotes import LONGEST, quote_around, where_said
from beenthere.matching.core.words import Stem, Wording, language_of, tokens


def stems_of(text, spoken=("en",)):
    return {stem.text: count for stem, (count, _) in Wording().stems(text, spoken).items()}


def test_tokens_are_words_in_lower_case():
    assert tokens("Don’t STOP: 2 café-bars, ‘rivers’!") == ["don't", "stop", "café", "bars", "rivers"]
    assert tokens("") == []


def test_stop_words_are_no_stems_and_forms_are_one():
    assert stems_of("I am grieving; the grieving and the grieved") == {"griev": 3}
    assert stems_of("Los jardines y el jardín de mi abuela", ("es",)) == {"jardin": 2, "abuel": 1}


def test_the_language_is_that_of_the_words():
    assert language_of(tokens("the house is so quiet since"), ("es",)) == "en"
    assert language_of(tokens("la casa está tan callada"), ("en",)) == "es"
    assert language_of(["lupus"], ("pt", "es")) == "es"
    assert language_of(["lupus"], ("de",)) == "en"


def test_everyday_words_are_marked():
    assert Wording().stems("talk gardening") == {
        Stem("talk", True): (1, "talk"),
        Stem("garden", False): (1, "gardening"),
    }


def test_a_quote_is_the_sentence_around():
    words = "I moved here. My mum died in spring, and I could not sleep! Now I garden."
    assert quote_around(words, 17, 25) == "My mum died in spring, and I could not sleep!"


def test_a_long_sentence_is_cut_at_words_around_what_was_understood():
    words = "so " * 60 + "my mum died " + "and then " * 40
    quote = quote_around(words, 183, 191)
    assert "my mum died" in quote
    assert quote.startswith("…so ") and quote.endswith((" and…", " then…"))
    assert len(quote) <= LONGEST


@settings(deadline=None)
@given(st.text(alphabet="ab cdé.!\n", max_size=400), st.integers(0, 400), st.integers(0, 60))
def test_a_quote_is_always_short_and_theirs(words, start, size):
    start = min(start, len(words))
    quote = quote_around(words, start, min(len(words), start + size))
    assert len(quote) <= LONGEST
    assert quote.strip("…") in " ".join(words.split())


def test_where_a_word_was_said():
    assert where_said("The art of Gardening’s joy", "gardening's") == (11, 22)
    assert where_said("nothing", "else") == (0, 0)
