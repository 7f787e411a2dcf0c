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

HALVES = ("seen", "unseen", "fresh")
MEASURED = Path(__file__).resolve().parents[1] / "crisis_measured.toml"
WORDS = re2.compile(r"[a-z]{3,}(?: [a-z]+)*")


class Rule(NamedTuple):
    """What a rule looks for, in its own language, and the words that stand in it."""

    language: str
    why: str
    words: str


class File(NamedTuple):
    """The file: `rules` by lane (and "nothing"), `spelled`: words as typed and as meant, `near`: words that
    are understood with a slip in them."""

    version: str
    languages: list[str]
    lanes: list[str]
    rules: dict[str, tuple[Rule, ...]]
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
        tuple(sorted(spelling["words"].items())),
        ", ".join(sorted(spelling["near"])),
    )


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
        for half in HALVES
        for lane, counts in told["last"][language][half].items()
    )


def chat_rate() -> tuple[int, int]:
    """Of ordinary support chat, in how many turns anything fired, and of how many."""
    sides = tomllib.loads(MEASURED.read_text(encoding="utf-8"))["last"]["chat"].values()
    return sum(some for some, _ in sides), sum(every for _, every in sides)
