"""How well crisis words are recognised, and how quickly.

    python -m benchmarks.crisis_words [--failing] [--record]

Caught: of the lines that disclose, those in which any lane fired (the strip shows); of urging and method,
those in which their own lane fired. False alarms: of the lines that are none, those in which anything fired.
Nobody who wrote rules looked at the unseen lines, and nothing here prints them; `--failing` shows those of
the seen half alone. Ordinary support chat is read from ../shared/data/support_chat.csv where it is there.
"""

import argparse
import csv
import json
import statistics
import time
from collections import Counter
from pathlib import Path

from beenthere.signposts.core.crisis import lanes_in

ROOT = Path(__file__).resolve().parents[1]
SUITE = ROOT / "tests" / "signposts" / "crisis"
ORDINARY = ROOT / "tests" / "signposts" / "outside" / "ordinary.jsonl"
CHAT = ROOT.parent / "shared" / "data" / "support_chat.csv"
MEASURED = ROOT / "beenthere" / "signposts" / "crisis_measured.toml"
HALVES = ("en", "es", "en.unseen", "es.unseen", "en.fresh", "es.fresh")
LANES = ("disclosure", "urging", "method", "none", "other")
SAYS = {"none": "false alarms", "other": "worry about another, told as such"}
# Of the rules as they were committed before their author had read a line: (some, all) by half and lane.
FIRST = {
    "en": {"disclosure": (34, 69), "urging": (6, 19), "method": (2, 9), "none": (4, 43), "other": (4, 5)},
    "es": {"disclosure": (30, 78), "urging": (5, 10), "method": (1, 11), "none": (17, 64), "other": (0, 6)},
    "en.unseen": {
        "disclosure": (36, 71), "urging": (4, 6), "method": (4, 16), "none": (11, 57), "other": (1, 5),
    },
    "es.unseen": {
        "disclosure": (20, 64), "urging": (4, 15), "method": (0, 14), "none": (4, 34), "other": (1, 4),
    },
    # Of version 2: these lines were written after it, by somebody who had seen neither it nor the suite.
    "en.fresh": {
        "disclosure": (40, 95), "urging": (7, 25), "method": (4, 20), "none": (3, 50), "other": (2, 10),
    },
    "es.fresh": {
        "disclosure": (43, 95), "urging": (9, 25), "method": (3, 20), "none": (3, 50), "other": (1, 10),
    },
}  # fmt: skip
FIRST_CHAT = {"usr": (112, 13889), "sys": (50, 12759)}
FIRST_ORDINARY = {"en": (62, 5000), "es": (97, 5000)}

Counts = dict[str, tuple[int, int]]


def lines_of(half: str) -> list[dict[str, str]]:
    text = (SUITE / f"{half}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def fires(lane: str, words: str) -> bool:
    """Whether what counts for a line of this lane fired."""
    lanes = lanes_in(words)
    return bool(lanes) if lane in ("disclosure", "none") else lane in lanes


def counts_of(half: str, failing: bool = False) -> Counts:
    """By lane, how many fired of how many; prints what failed, of a seen half, where that is asked for."""
    some, every = Counter(), Counter()
    for line in lines_of(half):
        fired = fires(line["lane"], line["words"])
        every[line["lane"]] += 1
        some[line["lane"]] += fired
        if failing and "." not in half and fired == (line["lane"] == "none"):
            print(half, line["lane"], line["kind"], line["words"], sep="\t")
    return {lane: (some[lane], every[lane]) for lane in LANES}


def chat_counts() -> Counts:
    """Of each side of the chat, in how many turns anything fired; empty where the file is not there."""
    if not CHAT.exists():
        return {}
    with CHAT.open(encoding="utf-8", newline="") as opened:
        return counted((row["side"], row["words"]) for row in csv.DictReader(opened))


def ordinary_counts() -> Counts:
    """Of ordinary lines by language, in how many anything fired; a few of them may be true."""
    lines = map(json.loads, filter(str.strip, ORDINARY.read_text(encoding="utf-8").split("\n")))
    return counted((line["language"], line["words"]) for line in lines)


def counted(told) -> Counts:
    some, every = Counter(), Counter()
    for name, words in told:
        every[name] += 1
        some[name] += bool(lanes_in(words))
    return {name: (some[name], every[name]) for name in every}


def milliseconds(language: str) -> tuple[float, float]:
    """The median and the slowest of 4,000 characters of ordinary words, in time of the processor."""
    lines = map(json.loads, filter(str.strip, ORDINARY.read_text(encoding="utf-8").split("\n")))
    text = " ".join(line["words"] for line in lines if line["language"] == language)
    took = []
    for start in range(0, 80_000, 4000):
        times = []
        for _ in range(9):
            begin = time.thread_time()
            lanes_in(text[start : start + 4000])
            times.append(time.thread_time() - begin)
        took.append(statistics.median(times) * 1000)
    return statistics.median(took), max(took)


def said(count: tuple[int, int]) -> str:
    return f"{count[0]} of {count[1]} ({100 * count[0] / max(count[1], 1):.1f} %)"


def table(last: dict[str, Counts], chat: Counts, ordinary: Counts) -> list[str]:
    rows = ["| | first run | last |", "|---|---|---|"]
    for half in HALVES:
        for lane in LANES:
            name = f"{half.replace('.', ', ')}: {SAYS.get(lane, lane + ' caught')}"
            rows.append(f"| {name} | {said(FIRST[half][lane])} | {said(last[half][lane])} |")
    for language, count in ordinary.items():
        rows.append(f"| ordinary lines, {language} | {said(FIRST_ORDINARY[language])} | {said(count)} |")
    for side, count in chat.items():
        rows.append(f"| ordinary support chat, {side} | {said(FIRST_CHAT[side])} | {said(count)} |")
    return rows if chat else [*rows, "", "Ordinary support chat: not here."]


def measured(last: dict[str, Counts], chat: Counts) -> str:
    """What the page of the words shows: counts, and neither date nor machine."""
    rows = ["# Written by benchmarks/crisis_words.py --record. Each is [how many, of how many].", ""]
    for run, halves in (("first", FIRST), ("last", last)):
        for half in HALVES:
            language, seen = half.split(".") if "." in half else (half, "seen")
            rows.append(f"[{run}.{language}.{seen}]")
            rows += [f"{lane} = {list(halves[half][lane])}" for lane in LANES]
            rows.append("")
    for run, sides in (("first", FIRST_CHAT), ("last", chat)):
        rows += [f"[{run}.chat]", *(f"{side} = {list(count)}" for side, count in sides.items()), ""]
    return "\n".join(rows).rstrip() + "\n"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--failing", action="store_true")
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    last = {half: counts_of(half, given.failing) for half in HALVES}
    chat = chat_counts()
    lines = table(last, chat, ordinary_counts())
    for language in ("en", "es"):
        middle, slowest = milliseconds(language)
        lines += [
            "",
            f"4,000 characters, {language}: {middle:.2f} ms (median of 20), {slowest:.2f} ms the slowest.",
        ]
    if not given.record:
        print(*lines, sep="\n")
        return
    from benchmarks.results import record

    if chat:
        MEASURED.write_text(measured(last, chat), encoding="utf-8")
    record("Crisis words", "python -m benchmarks.crisis_words --record", lines)


if __name__ == "__main__":
    main()
