"""Words weighed together: how much each word, and each few in a row, speaks for a lane. `weights.js` does
the same.

The rules know what was foreseen. Much is said sideways, in words that are harmless one by one. What these add
is learned from lines written for it (tests/signposts/crisis/training.*) by `benchmarks/crisis_weights.py`: a
list of words with whole numbers, which anybody can read. A passage is of a lane when its numbers come to the
bar of the lane; sums of whole numbers are the same in every engine.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

PASSAGE, STEP = 40, 20  # words that are weighed together, and after how many the next passage begins
STEM = 5  # letters by which longer words are akin
STOP = "."  # the end of a sentence, a word of its own
_READ = bytes(
    one if chr(one) in "abcdefghijklmnopqrstuvwxyz0123456789" else ord(STOP if chr(one) in ".!?" else " ")
    for one in range(256)
)


class Weights(NamedTuple):
    """By lane what a passage must come to; of each feature what it adds to which lane."""

    bars: Mapping[str, int]
    adds: Mapping[str, Mapping[str, int]]


class Word(NamedTuple):
    said: str
    start: int
    end: int


def words_in(text: bytes) -> list[Word]:
    """The words of a mended text; any number of stops in a row is one."""
    found, at = [], 0
    for part in text.translate(_READ).decode().replace(STOP, f" {STOP} ").split(" "):
        if part == STOP:
            at -= 1  # the blanks around a stop are ours
            if not found or found[-1].said != STOP:
                found.append(Word(STOP, at, at + 1))
        elif part:
            found.append(Word(part, at, at + len(part)))
        at += len(part) + (part != STOP)
    return found


def features(words: list[str]) -> set[str]:
    """What a passage is weighed by: its words, akin words, two and three in a row, two around a third."""
    found = set(words)
    found.update(f"{word[:STEM]}+" for word in words if len(word) > STEM)
    found.update(f"{one} {two}" for one, two in pairwise(words))
    for one, two, three in zip(words, words[1:], words[2:], strict=False):
        found.add(f"{one} {two} {three}")
        found.add(f"{one} _ {three}")
    return found


def passages(count: int) -> Iterator[tuple[int, int]]:
    """Where the passages of so many words begin and end."""
    start = 0
    while start == 0 or start + STEP < count:
        yield start, min(start + PASSAGE, count)
        start += STEP


def weighed(text: bytes, weights: Weights | None) -> list[tuple[str, int, int]]:
    """The passages of a mended text that come to the bar of a lane: lane, start and end."""
    found = []
    words = words_in(text) if weights else []
    for first, last in passages(len(words)) if words else ():
        part = words[first:last]
        sums = dict.fromkeys(weights.bars, 0)
        for feature in features([word.said for word in part]) & weights.adds.keys():
            for lane, adds in weights.adds[feature].items():
                sums[lane] += adds
        found += [
            (lane, part[0].start, part[-1].end) for lane, bar in weights.bars.items() if sums[lane] >= bar
        ]
    return found


def weights_of(told: Mapping | None) -> Weights | None:
    """The weights as the file tells them: by lane the bar, and by number the words that add it."""
    if not told:
        return None
    adds: dict[str, dict[str, int]] = {}
    for lane, number, words in _told(told):
        for word in words.split(", "):
            adds.setdefault(word, {})[lane] = number
    return Weights({lane: one["bar"] for lane, one in told.items()}, adds)


def _told(told: Mapping) -> Iterable[tuple[str, int, str]]:
    return ((lane, int(number), words) for lane in told for number, words in told[lane]["adds"].items())
