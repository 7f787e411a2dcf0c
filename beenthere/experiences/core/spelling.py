"""One spelling error forgiven: which known word somebody meant."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

SHORTEST = 6
LONGEST = 30
_LISTED = Path(__file__).parent.parent / "vocabulary" / "near_words.txt"


@cache
def near_words() -> frozenset[str]:
    """Words of everyday language one error away from one of the vocabulary: meant as they stand."""
    lines = _LISTED.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def _without_one(word: str) -> set[str]:
    """`word`, and `word` without one of its letters after the first."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(1, len(word)))}


def one_error_apart(one: str, other: str) -> bool:
    """Whether one insertion, loss, change or swap of neighbours, not of the first letter, parts the two."""
    if one[:1] != other[:1] or abs(len(one) - len(other)) > 1 or one == other:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    a, b = one[at:], other[at:]
    if len(a) != len(b):
        longer, shorter = (a, b) if len(a) > len(b) else (b, a)
        return longer[1:] == shorter
    return a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _other_ending(one: str, other: str) -> bool:
    """Whether two words differ in their last letters alone: another form, not an error."""
    one, other = one.rstrip("sn"), other.rstrip("sn")
    return one[:-1] == other[:-1]


class Speller:
    """The words of a vocabulary, found again when one letter went wrong.

    Built on the index of deletions (SymSpell): two words one error apart share a form that lacks a
    letter, so a look-up costs as many steps as the word has letters.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._forms: dict[str, list[str]] = {}
        for word in sorted(set(known)):
            if len(word) >= SHORTEST:
                for form in _without_one(word):
                    self._forms.setdefault(form, []).append(word)

    def meant(self, word: str) -> str | None:
        """The known word that `word` is one error away from; None for short or common words."""
        if len(word) < SHORTEST or len(word) > LONGEST or word in near_words():
            return None
        near = {
            known
            for form in _without_one(word)
            for known in self._forms.get(form, ())
            if one_error_apart(word, known) and not _other_ending(word, known)
        }
        return min(near, key=lambda known: (abs(len(known) - len(word)), known)) if near else None
