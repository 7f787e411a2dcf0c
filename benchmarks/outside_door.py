"""How well what leads outside is heard, and how quickly.

    python -m benchmarks.outside_door [--failing] [--record]

Caught: of the disguised lines, those in which anything was heard (and, beside it, in which their own kind
was). Held: of the ordinary lines, those in which anything was heard. Even lines are the half that rules were
improved by; the odd ones nobody looked at. `--failing` shows lines that failed, of the seen half alone.
"""

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator

from beenthere.signposts.core.outside import KINDS, heard
from tests.signposts.engines import kinds_heard, suite

HALVES = ("whole", "seen", "unseen")
LANGUAGES = ("en", "es")
# Of the rules as they were committed before their author saw a line: whole, seen and unseen half.
FIRST: dict[str, tuple[str, str, str]] = {
    "caught, en": ("210 of 298 (70.5 %)", "107 of 149 (71.8 %)", "103 of 149 (69.1 %)"),
    "caught, es": ("205 of 298 (68.8 %)", "101 of 149 (67.8 %)", "104 of 149 (69.8 %)"),
    "held, en": ("33 of 5000 (0.7 %)", "16 of 2500 (0.6 %)", "17 of 2500 (0.7 %)"),
    "held, es": ("24 of 5000 (0.5 %)", "23 of 2500 (0.9 %)", "1 of 2500 (0.0 %)"),
    "caught as its own kind, en": ("187 of 298 (62.8 %)", "98 of 149 (65.8 %)", "89 of 149 (59.7 %)"),
    "caught as its own kind, es": ("182 of 298 (61.1 %)", "86 of 149 (57.7 %)", "96 of 149 (64.4 %)"),
    "caught, link, en": ("39 of 45 (86.7 %)", "19 of 23 (82.6 %)", "20 of 22 (90.9 %)"),
    "caught, link, es": ("38 of 45 (84.4 %)", "21 of 23 (91.3 %)", "17 of 22 (77.3 %)"),
    "caught, image, en": ("34 of 41 (82.9 %)", "17 of 20 (85.0 %)", "17 of 21 (81.0 %)"),
    "caught, image, es": ("33 of 41 (80.5 %)", "15 of 20 (75.0 %)", "18 of 21 (85.7 %)"),
    "caught, phone, en": ("36 of 43 (83.7 %)", "21 of 22 (95.5 %)", "15 of 21 (71.4 %)"),
    "caught, phone, es": ("35 of 43 (81.4 %)", "17 of 21 (81.0 %)", "18 of 22 (81.8 %)"),
    "caught, mail, en": ("34 of 41 (82.9 %)", "18 of 21 (85.7 %)", "16 of 20 (80.0 %)"),
    "caught, mail, es": ("34 of 41 (82.9 %)", "17 of 21 (81.0 %)", "17 of 20 (85.0 %)"),
    "caught, handle, en": ("22 of 43 (51.2 %)", "11 of 22 (50.0 %)", "11 of 21 (52.4 %)"),
    "caught, handle, es": ("25 of 43 (58.1 %)", "11 of 22 (50.0 %)", "14 of 21 (66.7 %)"),
    "caught, address, en": ("25 of 43 (58.1 %)", "13 of 21 (61.9 %)", "12 of 22 (54.5 %)"),
    "caught, address, es": ("22 of 43 (51.2 %)", "11 of 21 (52.4 %)", "11 of 22 (50.0 %)"),
    "caught, meeting, en": ("20 of 42 (47.6 %)", "8 of 20 (40.0 %)", "12 of 22 (54.5 %)"),
    "caught, meeting, es": ("18 of 42 (42.9 %)", "9 of 21 (42.9 %)", "9 of 21 (42.9 %)"),
}

# Of the rules before the development lines (`more_*.jsonl`) were written.
BEFORE: dict[str, tuple[str, str, str]] = {
    "caught, en": ("284 of 298 (95.3 %)", "149 of 149 (100.0 %)", "135 of 149 (90.6 %)"),
    "caught, es": ("284 of 298 (95.3 %)", "149 of 149 (100.0 %)", "135 of 149 (90.6 %)"),
    "held, en": ("12 of 5000 (0.2 %)", "0 of 2500 (0.0 %)", "12 of 2500 (0.5 %)"),
    "held, es": ("31 of 5000 (0.6 %)", "2 of 2500 (0.1 %)", "29 of 2500 (1.2 %)"),
    "caught as its own kind, en": ("259 of 298 (86.9 %)", "139 of 149 (93.3 %)", "120 of 149 (80.5 %)"),
    "caught as its own kind, es": ("264 of 298 (88.6 %)", "136 of 149 (91.3 %)", "128 of 149 (85.9 %)"),
}


class Rate:
    """How many of how many."""

    def __init__(self) -> None:
        self.some = self.all = 0

    def add(self, holds: bool) -> None:
        self.some, self.all = self.some + holds, self.all + 1

    def __str__(self) -> str:
        return f"{self.some} of {self.all} ({100 * self.some / max(self.all, 1):.1f} %)"


def halves_of(index: int) -> tuple[str, str]:
    return "whole", HALVES[1 + index % 2]


def figures(failing: bool = False) -> dict[str, dict[str, Rate]]:
    """Each row by half; prints what failed of the seen half where that is asked for."""
    rows: dict[str, dict[str, Rate]] = defaultdict(lambda: {half: Rate() for half in HALVES})
    for index, line in enumerate(suite("disguised")):
        kinds = kinds_heard(line["words"])
        if failing and not index % 2 and not kinds:
            print(index, line["language"], line["kind"], line["words"], sep="\t")
        for half in halves_of(index):
            rows[f"caught, {line['language']}"][half].add(bool(kinds))
            rows[f"caught as its own kind, {line['language']}"][half].add(line["kind"] in kinds)
            rows[f"caught, {line['kind']}, {line['language']}"][half].add(bool(kinds))
    for index, line in enumerate(suite("ordinary")):
        found = heard(line["words"])
        if failing and not index % 2 and found:
            said = [(one.kind, line["words"][one.start : one.end]) for one in found]
            print(index, line["language"], said, line["words"], sep="\t")
        for half in halves_of(index):
            rows[f"held, {line['language']}"][half].add(bool(found))
    return rows


def order() -> Iterator[str]:
    """The rows as they are printed."""
    for what in ("caught", "held", "caught as its own kind"):
        yield from (f"{what}, {language}" for language in LANGUAGES)
    yield from (f"caught, {kind}, {language}" for kind in KINDS for language in LANGUAGES)


def milliseconds(words: str, times: int) -> float:
    """The median of so many hearings, in time of the processor: other work on the machine does not count."""
    took = []
    for _ in range(times):
        begin = time.thread_time()
        heard(words)
        took.append(time.thread_time() - begin)
    return statistics.median(took) * 1000


def speeds() -> list[str]:
    """Of ordinary words put one after the other."""
    lines = [
        line["words"] for line in suite("ordinary") if line["language"] == "en" and not heard(line["words"])
    ]
    text = " ".join(lines)
    long = [text[start : start + 4000] for start in range(0, 80_000, 4000)]
    around = sorted(lines, key=lambda words: abs(len(words) - 100))[:200]
    short, whole = (statistics.median(milliseconds(words, 9) for words in some) for some in (around, long))
    return [
        f"A message of 100 characters: {short:.3f} ms (asked: under 0.2), of 4,000: {whole:.2f} ms "
        "(asked: under 5). Medians over 200 and 20 texts, processor time.",
    ]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--failing", action="store_true")
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    rows = figures(given.failing)
    lines = ["| | " + " | ".join(HALVES) + " |", "|---|---|---|---|"]
    for name in order():
        if name in FIRST:
            lines.append(f"| first run: {name} | " + " | ".join(FIRST[name]) + " |")
        if name in BEFORE:
            lines.append(f"| before the development lines: {name} | " + " | ".join(BEFORE[name]) + " |")
        lines.append(f"| {name} | " + " | ".join(str(rows[name][half]) for half in HALVES) + " |")
    lines += ["", *speeds()]
    if not given.record:
        print(*lines, sep="\n")
        return
    from benchmarks.results import record

    record("The door to the outside", "python -m benchmarks.outside_door --record", lines)


if __name__ == "__main__":
    main()
