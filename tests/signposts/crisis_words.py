"""The suite of crisis words, and what fired in it by either engine. Unseen lines are counted, never shown."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from beenthere.signposts.core.crisis import FILE, NOTHING

from .engines import found_by

SUITE = Path(__file__).parent / "crisis"
HALVES = ("en", "es", "en.unseen", "es.unseen", "en.fresh", "es.fresh")
# How many fired of each lane, by half. A rule that does worse has to say so here.
COUNTS = {
    "en": {"disclosure": 67, "urging": 19, "method": 9, "none": 0, "other": 5},
    "es": {"disclosure": 76, "urging": 10, "method": 11, "none": 5, "other": 6},
    "en.unseen": {"disclosure": 44, "urging": 4, "method": 7, "none": 13, "other": 1},
    "es.unseen": {"disclosure": 34, "urging": 8, "method": 2, "none": 4, "other": 1},
    "en.fresh": {"disclosure": 39, "urging": 9, "method": 6, "none": 2, "other": 1},
    "es.fresh": {"disclosure": 48, "urging": 9, "method": 1, "none": 4, "other": 1},
}


def lines_of(half: str) -> list[dict[str, str]]:
    text = (SUITE / f"{half}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def counts_of(lines: list[dict[str, str]], answers: Iterable[Iterable[str]]) -> dict[str, int]:
    """Of each lane, how many lines fired: any lane for disclosure and for none, otherwise their own."""
    fired = Counter()
    for line, lanes in zip(lines, answers, strict=True):
        lane = line["lane"]
        fired[lane] += bool(lanes) if lane in ("disclosure", "none") else lane in lanes
    return dict(fired)


def lanes_by(node: Path, asked: Iterable[str]) -> list[set[str]]:
    """The lanes of each of these words, as the browser's engine finds them."""
    return [lanes - {NOTHING} for lanes in found_by(node, FILE, asked)]
