"""What people say is understood, and what they do not say is not."""

import pytest

from beenthere.experiences.core import load_vocabulary, understand
from benchmarks.understanding import read_sentences, score
from tests.experiences.core import HERE

VOCABULARY = load_vocabulary()


def told(words: str) -> dict[str, str | None]:
    """{experience: stand} of `words`."""
    return {one.experience: one.stand for one in understand(words, vocabulary=VOCABULARY)}


@pytest.mark.parametrize(
    ("words", "experience"),
    [
        ("I lost my lovely old mum", "loss-of-a-parent"),
        ("my mum's funeral was on Friday", "loss-of-a-parent"),
        ("I can't sleep", "sleeplessness"),
        ("I cannot sleep", "sleeplessness"),
        ("I cant sleep", "sleeplessness"),
        ("I CAN\u2019T SLEEP", "sleeplessness"),
        ("no puedo dormir", "sleeplessness"),
        ("muri\u00f3 mi madre", "loss-of-a-parent"),
        ("murio mi madre", "loss-of-a-parent"),
        ("muri\u006f\u0301 mi madre", "loss-of-a-parent"),
        ("oigo voces", "hearing-voices"),
        ("I was sectioned against my will", "being-sectioned"),
    ],
)
def test_says_what_was_lived_through(words, experience):
    assert list(told(words)) == [experience]


def test_says_where_it_stands_in_the_words():
    words = "Well. My mum died, and I can\u2019t sleep."
    assert [words[one.start : one.end] for one in understand(words, vocabulary=VOCABULARY)] == [
        "mum died",
        "can\u2019t sleep",
    ]


def test_places_hold_where_accents_stand_apart_from_their_letters():
    words = "Cafe\u0301 solo. Murio\u0301 mi mama\u0301."
    (one,) = understand(words, vocabulary=VOCABULARY)
    assert (one.experience, words[one.start : one.end]) == ("loss-of-a-parent", "Murio\u0301 mi mama\u0301")


def test_never_reaches_over_the_end_of_a_sentence():
    assert told("I lost. My mum rang.") == {}


def test_each_experience_is_told_once():
    found = understand("My mum died. I miss her. My mother died so young.", vocabulary=VOCABULARY)
    assert [one.experience for one in found] == ["loss-of-a-parent"]


def test_reads_only_the_languages_asked_for():
    assert understand("no puedo dormir", vocabulary=VOCABULARY, languages=("en",)) == ()
    assert understand("no puedo dormir", vocabulary=VOCABULARY, languages=()) == ()


def test_mixed_languages_are_both_read():
    assert told("Desde que murió mi abuela I can't sleep at all").keys() == {
        "loss-of-a-grandparent",
        "sleeplessness",
    }


def test_the_general_says_nothing_beside_the_particular():
    assert list(told("Grief, all this grief, since my mum died")) == ["loss-of-a-parent"]
    assert list(told("I am grieving")) == ["loss-of-someone"]


@pytest.mark.parametrize(
    ("words", "experience"),
    [("I am depresed", "depression"), ("my ansiety is bad", "anxiety"), ("tengo depresoin", "depression")],
)
def test_one_spelling_error_is_forgiven(words, experience):
    assert list(told(words)) == [experience]


@pytest.mark.parametrize(
    "words", ["I was promoted to captain", "the addition was wrong", "he is an artist", "I cancel"]
)
def test_a_word_of_its_own_is_no_spelling_error(words):
    assert told(words) == {}


@pytest.mark.parametrize(
    "words",
    [
        "I have never been depressed",
        "I am not an alcoholic",
        "I've never been to prison",
        "I was never abused or bullied",
        "I don't have cancer",
        "Depression? No.",
        "No tengo depresión",
        "Nunca he estado en la cárcel",
        "No soy alcohólica",
        "No me siento sola",
        "Jamás pensé en suicidarme",
    ],
)
def test_denied_is_not_told(words):
    assert told(words) == {}


@pytest.mark.parametrize(
    ("words", "experience"),
    [
        ("I can't cope with my anxiety", "anxiety"),
        ("I never got over my divorce", "divorce"),
        ("I've never told anyone about the abortion", "abortion"),
        ("I can't stop drinking", "drinking"),
        ("I'm not only lonely", "loneliness"),
        ("no supero mi divorcio", "divorce"),
        ("no puedo dejar de beber", "drinking"),
    ],
)
def test_a_no_elsewhere_denies_nothing(words, experience):
    assert told(words) == {experience: None}


@pytest.mark.parametrize(
    ("words", "experience"),
    [
        ("I don't drink any more", "drinking"),
        ("I stopped drinking", "drinking"),
        ("I haven't drunk in ten years", "drinking"),
        ("ten years sober", "drinking"),
        ("I'm no longer depressed", "depression"),
        ("years ago I was homeless", "homelessness"),
        ("I used to hear voices", "hearing-voices"),
        ("ya no bebo", "drinking"),
        ("dejé de beber", "drinking"),
        ("llevo diez años sin beber", "drinking"),
        ("ya no oigo voces", "hearing-voices"),
        ("hace años tuve depresión", "depression"),
    ],
)
def test_over_is_behind(words, experience):
    assert told(words) == {experience: "behind me for now"}


@pytest.mark.parametrize(
    ("words", "stands"),
    [
        ("Right now I'm in debt", {"debt": "in it now"}),
        ("Todavía tengo ansiedad", {"anxiety": "in it now"}),
        ("My depression comes and goes", {"depression": "it comes and goes"}),
        ("I have depression. It comes and goes.", {"depression": "it comes and goes"}),
        ("La ansiedad va y viene", {"anxiety": "it comes and goes"}),
        ("I've learned to live with depression", {"depression": "living with it"}),
        ("He aprendido a vivir con la ansiedad", {"anxiety": "living with it"}),
        ("Poco a poco voy saliendo de la ansiedad", {"anxiety": "finding my way"}),
        ("Desde hace años no puedo dormir", {"sleeplessness": "in it now"}),
        ("I have depression", {"depression": None}),
    ],
)
def test_how_it_is_now_only_when_said(words, stands):
    assert told(words) == stands


@pytest.mark.parametrize(
    ("words", "experience"),
    [
        ("My brother drinks too much", "someone-close-drinking-or-using"),
        ("My sister is depressed", "someone-close-mental-health"),
        ("my husband's depression", "someone-close-mental-health"),
        ("A friend of mine hears voices", "someone-close-mental-health"),
        ("My best friend tried to kill herself", "someone-close-suicidal"),
        ("I grew up with an alcoholic father", "someone-close-drinking-or-using"),
        ("Mi hermano bebe mucho", "someone-close-drinking-or-using"),
        ("Mi hermano está mal. Bebe todos los días", "someone-close-drinking-or-using"),
        ("La depresión de mi padre", "someone-close-mental-health"),
        ("A mi hija la violaron", "someone-close-hurt"),
    ],
)
def test_what_someone_close_lives_through_is_turned(words, experience):
    assert [(one.experience, one.about) for one in understand(words, vocabulary=VOCABULARY)] == [
        (experience, "close")
    ]


@pytest.mark.parametrize(
    "words",
    [
        "A colleague of mine has cancer",
        "My neighbour lost his job",
        "I saw a film about a man with schizophrenia",
        "People with depression deserve better",
        "My friend's mum died",
        "Her husband died",
        "I volunteer with homeless people",
        "Mi vecina perdió a su marido",
        "Vi una película sobre la esquizofrenia",
        "Murió la madre de mi amiga",
    ],
)
def test_the_lives_of_others_are_not_mine(words):
    assert told(words) == {}


@pytest.mark.parametrize(
    ("words", "experience"),
    [
        ("my mum says I drink too much", "drinking"),
        ("my partner does not understand my depression", "depression"),
        ("mi madre dice que bebo demasiado", "drinking"),
        ("I live with my brother and I am lonely", "loneliness"),
        ("My husband hit me", "partner-violence"),
    ],
)
def test_my_own_inside_another_clause_is_mine(words, experience):
    assert [(one.experience, one.about) for one in understand(words, vocabulary=VOCABULARY)] == [
        (experience, "me")
    ]


@pytest.mark.parametrize(
    "words",
    [
        "If my wife left me I would be depressed",
        "I'm afraid of losing my job",
        "I'm scared that he will leave me",
        "What if I end up homeless?",
        "I hope I never get cancer",
        "I almost lost my job",
        "Have you ever been to prison?",
        "Am I depressed?",
        "Si me dejara mi marido",
        "Tengo miedo a perder mi trabajo",
        "Ojalá nunca tenga cáncer",
        "¿Has estado alguna vez en la cárcel?",
    ],
)
def test_feared_hoped_or_asked_is_not_told(words):
    assert told(words) == {}


@pytest.mark.parametrize(
    "words",
    [
        "My phone died again",
        "I'm dying to meet you all",
        "I lost my keys",
        "Se me murió el celular",
        "Estoy muerta de risa",
        "Me muero por verte",
        "I got a divorce lawyer joke",
    ],
)
def test_false_friends_are_not_told(words):
    assert told(words) == {}


def test_what_somebody_died_of_is_not_mine():
    assert list(told("I lost my dad to cancer")) == ["loss-of-a-parent"]


@pytest.mark.parametrize(
    ("words", "experience"),
    [
        ("The hob, I go back to check it ten times", "obsessive-thoughts"),
        ("I check it ten times, the hob I mean", "obsessive-thoughts"),
    ],
)
def test_words_say_it_together_whatever_their_order(words, experience):
    assert list(told(words)) == [experience]


@pytest.mark.parametrize(
    "words",
    [
        "The plumber came to check the hob three times",
        "I check the hob" + " and sing" * 12 + " three times",
        "I have not been to a funeral of my mum",
        "My hairdresser's son is in prison",
        "El hijo de mi vecina est\u00e1 en la c\u00e1rcel",
    ],
)
def test_words_that_say_something_else_together_are_not_told(words):
    assert told(words) == {}


def test_a_date_says_when_it_happened_and_not_how_it_is():
    words = (
        "My mum died two years ago and I looked after her at home. "
        "Everyone thinks I should be over it by now."
    )
    assert told(words) == {"loss-of-a-parent": None, "caring-for-someone": None}
    assert told("Two years ago I was drinking too much") == {"drinking": "behind me for now"}


@pytest.mark.parametrize("name", ["small_talk_en", "small_talk_es"])
def test_small_talk_tells_of_nothing(name):
    rows = read_sentences(HERE / f"{name}.tsv")
    silent = [words for _, words, _ in rows if not told(words)]
    assert len(rows) >= 140
    assert len(silent) / len(rows) >= 0.9


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("voices_en", 0.85),
        ("voices_es", 0.85),
        ("development_en", 0.95),
        ("development_es", 0.95),
        ("development_more_en", 0.9),
        ("development_more_es", 0.9),
    ],
)
def test_the_sentences_written_while_building_hold(name, floor):
    assert score(HERE / f"{name}.tsv", VOCABULARY).overall.f1 >= floor


def test_what_one_sentence_says_is_not_quoted_from_the_next():
    """A reason quotes the words that were understood: cues of two sentences would quote the wrong one."""
    words = "Voices since I was nineteen. A hospital stay that I still think about."
    found = understand(words, vocabulary=load_vocabulary())
    assert [(one.experience, words[one.start : one.end]) for one in found] == [
        ("hearing-voices", "Voices since I was")
    ]
