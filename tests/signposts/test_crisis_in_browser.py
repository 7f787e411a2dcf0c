"""The second engine finds the same crisis words: in Node.js for many words at once, in Chromium for all."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beenthere.signposts.core.crisis import lanes_in
from tests.services.found import remembered

from .crisis_words import COUNTS, HALVES, counts_of, lanes_by, lines_of

IN_PAGE = """async (asked) => {
  const { lanesIn, ready } = await import("/static/signposts/crisis.js");
  const before = asked.map((words) => lanesIn(words).size);
  await ready();
  return [before, asked.map((words) => [...lanesIn(words)])];
}"""
PARTS = [
    "i",
    "want to",
    "die",
    "kms",
    "kill",
    "yourself",
    "myself",
    "not",
    "never",
    "he",
    "su1c1de",
    "s*icide",
    "k!ll",
]
PARTS += [
    "me quiero",
    "morir",
    "matarme",
    "de risa",
    "no",
    "q",
    "vivir",
    "pastillas",
    "how",
    "many",
    "pills",
    "to",
    "d*e",
]
PARTS += [
    "i'm",
    "dont",
    "s u i c i d e",
    "K.M.S",
    "ｋｍｓ",
    "é",
    "\u200b",
    "💊",
    "ten years ago",
    "hace años",
    "goodbye",
    "***",
]
PIECES = st.lists(st.one_of(st.sampled_from(PARTS), st.text(max_size=4)), max_size=14)
WORDS = st.tuples(PIECES, st.sampled_from(["", " ", "  ", ".", "\n", "-"])).map(
    lambda told: told[1].join(told[0])
)
BATCH = st.lists(st.one_of(WORDS, st.text(max_size=80)), min_size=100, max_size=300)


@pytest.mark.parametrize("half", HALVES)
def test_the_whole_suite_fires_alike_in_both(half):
    lines = lines_of(half)
    asked = [line["words"] for line in lines]
    ours, theirs = [lanes_in(words) for words in asked], lanes_by(remembered("node"), asked)
    assert [index for index, lanes in enumerate(ours) if lanes != theirs[index]] == []
    assert counts_of(lines, theirs) == COUNTS[half]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(BATCH)
def test_any_words_are_of_the_same_lanes(asked):
    assert lanes_by(remembered("node"), asked) == [lanes_in(words) for words in asked]


def test_half_a_character_is_the_same_to_both():
    asked = ["\ud800", "kms\udc00", "\ud83d i want to die \udd14"]
    assert lanes_by(remembered("node"), asked) == [lanes_in(words) for words in asked]


def test_long_words_of_one_sort_do_not_hang_the_browser():
    """A backtracking engine could take hours; the helper gives up after minutes."""
    shapes = [
        "a",
        "*",
        "a ",
        "i ",
        "i want ",
        "not ",
        "me quiero ",
        "kill ",
        "no ",
        "how many ",
        "que ",
        "i'm ",
        "a*",
    ]
    shapes += [
        "a.",
        "if i ",
        "want to ",
        "de ",
        "pills ",
        "he said ",
        "die",
        "so ",
        "really just ",
        "-a",
        "s u ",
        "1a",
    ]
    asked = [(shape * 4000)[:4000] for shape in shapes]
    assert lanes_by(remembered("node"), asked) == [lanes_in(words) for words in asked]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_the_suite_in_a_browser(live_server, page):
    sent = []
    words = [line["words"] for half in HALVES for line in lines_of(half)]
    page.goto(f"{live_server.url}/about/", wait_until="networkidle")
    page.on("request", lambda request: sent.append((request.method, request.url)))
    before, lanes = page.evaluate(IN_PAGE, words)
    assert set(before) == {0}
    assert [index for index, one in enumerate(lanes) if set(one) != lanes_in(words[index])] == []
    sent = [one for one in sent if not one[1].endswith("/favicon.svg")]
    files = ("crisis.js", "rules.js", "spelling.js", "crisis.json")
    assert sent == [("GET", f"{live_server.url}/static/signposts/{one}") for one in files]
