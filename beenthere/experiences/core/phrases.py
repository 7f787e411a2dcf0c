"""Short fixed phrases, looked for word by word: cues of time, of fear, of wishing."""

import re2

from .tokens import folded_words
from .words import listed

NUMBER = "#"
_NUMBERS = listed(
    "a an one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty "
    "forty fifty many some several few couple un una uno dos tres cuatro cinco seis siete ocho "
    "nueve diez once doce quince veinte treinta cuarenta muchos muchas varios varias algunos unos "
    "bastantes"
)
_DIGITS = re2.compile(r"^[0-9]{1,4}$")


def is_number(word: str) -> bool:
    """Whether `word` counts something: digits, or a number in words, or "several"."""
    return word in _NUMBERS or (word[:1].isdigit() and _DIGITS.match(word) is not None)


class Phrases:
    """A set of phrases, each with what it means; `#` stands for a number."""

    def __init__(self, meanings: dict[str, str]) -> None:
        self._single: dict[str, str] = {}
        self._by_two: dict[tuple[str, str], list[tuple[tuple[str, ...], str]]] = {}
        for meaning, lines in meanings.items():
            for line in lines.replace("\n", " ").split(","):
                phrase = tuple(
                    word
                    for part in line.split()
                    for word in ([part] if part == NUMBER else folded_words(part))
                )
                if len(phrase) == 1:
                    self._single[phrase[0]] = meaning
                else:
                    self._by_two.setdefault(phrase[:2], []).append((phrase, meaning))
        for group in self._by_two.values():
            group.sort(key=lambda one: (-len(one[0]), one))
        self._first = {phrase[0] for phrase in self._by_two} | set(self._single)

    def found(self, words: list[str]) -> list[tuple[int, int, str]]:
        """(first word, last word, meaning) of each phrase, the longest at each place, in order."""
        told = [NUMBER if is_number(word) else word for word in words]
        hits = []
        for at, word in enumerate(words):
            if word in self._first or told[at] == NUMBER:
                hit = self._at(words, told, at)
                if hit:
                    hits.append(hit)
        return hits

    def _at(self, words: list[str], told: list[str], at: int) -> tuple[int, int, str] | None:
        best: tuple[int, int, str] | None = None
        if words[at] in self._single:
            best = (at, at, self._single[words[at]])
        after = at + 1
        if after == len(words):
            return best
        for pair in {(one, two) for one in (words[at], told[at]) for two in (words[after], told[after])}:
            for phrase, meaning in self._by_two.get(pair, ()):
                end = at + len(phrase)
                longer = best is None or end - 1 > best[1]
                if (
                    longer
                    and all(
                        wanted in pair_of
                        for wanted, *pair_of in zip(phrase, words[at:end], told[at:end], strict=False)
                    )
                    and end <= len(words)
                ):
                    best = (at, end - 1, meaning)
        return best
