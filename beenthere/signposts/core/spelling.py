"""Words as they are typed, and the words they stand for: slang, slips, stars. `spelling.js` does the same.

A word of the list `near` is also understood with one slip in it: a letter twice, two letters swapped, a
letter missing, a neighbour on the keyboard; or with stars for letters. A slip that is a word of its own
(`not`, or any word that is listed) stays what it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

APART = bytes(one if one in b"abcdefghijklmnopqrstuvwxyz0123456789*" else 32 for one in range(256))
STAR, SHOWN = ord("*"), 2  # what hides a letter, and how many letters have to show
SWAPPED, MISSING, NEIGHBOUR = 4, 5, 6  # letters a word has at least, for such slips to be understood


class Spelling(NamedTuple):
    """What becomes of which word; `veiled`: words that may stand behind stars, by length and first letter."""

    words: Mapping[bytes, bytes]
    veiled: Mapping[tuple[int, int], tuple[bytes, ...]]

    def changes(self, text: bytes) -> Iterable[tuple[int, int, bytes]]:
        """What becomes of which stretch, in order: start, end, and the new bytes."""
        written = text.translate(APART).split(b" ")
        starred = b"*" in text
        if not starred and self.words.keys().isdisjoint(written):
            return
        at = 0
        for word in written:
            new = self.words.get(word)
            if new is None and starred and b"*" in word:
                new = self.unveiled(word)
            if new is not None:
                yield at, at + len(word), new
            at += len(word) + 1

    def unveiled(self, word: bytes) -> bytes | None:
        """The first word that may stand behind the stars; at least two letters have to show."""
        if len(word) - word.count(b"*") < SHOWN:
            return None
        for known in self.veiled.get((len(word), word[0]), ()):
            if all(one in (STAR, other) for one, other in zip(word, known, strict=True)):
                return self.words.get(known, known)
        return None


def spelling_of(told: Mapping) -> Spelling:
    """The spelling as the file tells it."""
    known = dict(told["words"])
    own = {*known, *told["near"], *told["not"]}
    for word in told["near"]:
        for slip in slips(word, told["keys"]):
            if slip not in own:
                known.setdefault(slip, known.get(word, word))
    veiled: dict[tuple[int, int], tuple[bytes, ...]] = {}
    for word in told["near"]:
        key = len(word), ord(word[0])
        veiled[key] = (*veiled.get(key, ()), word.encode())
    return Spelling({before.encode(): after.encode() for before, after in known.items()}, veiled)


def slips(word: str, keys: Mapping[str, str]) -> Iterator[str]:
    """The word with one slip in it, its first letter as it is."""
    length = len(word)
    for at in range(length):
        yield word[: at + 1] + word[at:]
    for at in range(length - 1) if length >= SWAPPED else ():
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(1, length):
        if length >= MISSING:
            yield word[:at] + word[at + 1 :]
        for key in keys.get(word[at], "") if length >= NEIGHBOUR else "":
            yield word[:at] + key + word[at + 1 :]
