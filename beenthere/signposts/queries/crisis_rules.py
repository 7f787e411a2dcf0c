"""The rules of crisis words as a person can read them, and how well they were measured to do."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import re2

from ..core.crisis import FILE, LANES, NOTHING
from ..core.lint_rules import patterns_of

MEASURED = Path(__file__).resolve().parents[1] / "crisis_measured.toml"
STRONGEST = 120  # the page shows so many of each lane
WORDS = re2.compile(r"[a-z]{3,}(?: [a-z]+)*")


class Rule(NamedTuple):
    """What a rule looks for, in its own language, and the words that stand in it."""

    language: str
    why: str
    words: str


class Weighed(NamedTuple):
    """What a passage must come to, how many words and groups of words count for it, and what adds most."""

    bar: int
    count: int
    strongest: tuple[tuple[str, int], ...]


class File(NamedTuple):
    """The file: `rules` by lane (and "nothing"), `weighed` by lane, `spelled`: words as typed and as meant,
    `near`: words that are understood with a slip in them."""

    version: str
    languages: list[str]
    lanes: list[str]
    rules: dict[str, tuple[Rule, ...]]
    weighed: dict[str, Weighed]
    spelled: tuple[tuple[str, str], ...]
    near: str


class Rate(NamedTuple):
    """How many of how many: of the first run, and of the last."""

    language: str
    half: str
    lane: str
    first: tuple[int, int]
    last: tuple[int, int]


@cache
def the_file() -> File:
    """The file of rules, to be read."""
    told = json.loads(FILE.read_text(encoding="utf-8"))
    [spelling] = [one for ways in told["ways"].values() for one in ways if "words" in one]
    rules = {lane: [] for lane in (*LANES, NOTHING)}
    for one in told["finds"]:
        rules[one["kind"]].append(Rule(one["language"], one["why"], words_of(one)))
    return File(
        told["version"],
        sorted({one["language"] for one in told["finds"]}),
        list(LANES),
        {lane: tuple(some) for lane, some in rules.items()},
        {lane: _weighed(one) for lane, one in told.get("weights", {}).items()},
        tuple(sorted(spelling["words"].items())),
        ", ".join(sorted(spelling["near"])),
    )


def _weighed(told: Mapping) -> Weighed:
    adds = [(word, int(number)) for number, words in told["adds"].items() for word in words.split(", ")]
    return Weighed(told["bar"], len(adds), tuple(adds[:STRONGEST]))


def words_of(rule: Mapping) -> str:
    """The words that stand in a rule, each once, in its order; without the pattern around them."""
    found = [match[0] for match in WORDS.finditer(next(patterns_of(rule)))]
    return ", ".join(dict.fromkeys(found))


@cache
def rates() -> tuple[Rate, ...]:
    """What was measured on our own lines, by language, half and lane."""
    told = tomllib.loads(MEASURED.read_text(encoding="utf-8"))
    return tuple(
        Rate(language, half, lane, tuple(told["first"][language][half][lane]), tuple(counts))
        for language in ("en", "es")
        for half in ("seen", "unseen")
        for lane, counts in told["last"][language][half].items()
    )


def chat_rate() -> tuple[int, int]:
    """Of ordinary support chat, in how many turns anything fired, and of how many."""
    sides = tomllib.loads(MEASURED.read_text(encoding="utf-8"))["last"]["chat"].values()
    return sum(some for some, _ in sides), sum(every for _, every in sides)
