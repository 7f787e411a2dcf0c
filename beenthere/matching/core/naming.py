"""Whether words give a name away: what somebody is called here, or the private name they sign in with."""

import unicodedata
from dataclasses import dataclass, field

from beenthere.matching.core.everyday import EVERYDAY_WORDS, STOP_WORDS
from beenthere.people.core.names import skeleton
from beenthere.people.core.words import words as sign_in_words

SHORTEST = 2  # letters of a part that is looked for
LIKE = 4  # letters of a part that is looked for in look-alikes too
SIGN_IN = 3  # words, and then two digits
_PLAIN = frozenset().union(*STOP_WORDS.values(), *EVERYDAY_WORDS.values())


@dataclass(frozen=True)
class Named:
    """What gives away somebody who is called `name`."""

    name: str
    parts: frozenset[str] = field(init=False)
    looks: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        parts = [_folded(one) for one in _words_of(self.name)]
        object.__setattr__(self, "parts", frozenset(one for one in parts if len(one) >= SHORTEST))
        looks = (skeleton(one) for one in parts)
        object.__setattr__(self, "looks", frozenset(one for one in looks if len(one) >= LIKE))

    def is_in(self, text: str) -> bool:
        """Whether a part of the name, or a name to sign in with, stands in `text`. A name that is a word of
        every day counts only with a capital."""
        said = _words_of(text)
        return any(self._is_said(word) for word in said) or _signs_in(said)

    def _is_said(self, word: str) -> bool:
        folded = _folded(word)
        if folded in self.parts:
            return not (folded in _PLAIN and word[:1].islower())
        return len(folded) >= LIKE and folded not in _PLAIN and skeleton(word) in self.looks


def _words_of(text: str) -> list[str]:
    """The words of `text`, digits too, without what stands between or cannot be seen."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    apart = (sign if unicodedata.category(sign)[0] in "LMN" else " " for sign in plain)
    return "".join(apart).split()


def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if unicodedata.category(sign)[0] != "M")


def _signs_in(said: list[str]) -> bool:
    drawn = set(sign_in_words())
    for at in range(len(said) - SIGN_IN):
        three, digits = said[at : at + SIGN_IN], said[at + SIGN_IN]
        if len(digits) == 2 and digits.isdigit() and all(word.casefold() in drawn for word in three):
            return True
    return False
