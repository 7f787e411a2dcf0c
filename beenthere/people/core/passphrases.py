"""Which passphrases are too easy to guess. Length is what counts; no rules about signs and capitals."""

import unicodedata
from pathlib import Path

from beenthere.foundation.sentences import Sentence, sentence

LEAST, MOST = 12, 500
FEW = 5  # signs that differ

# The most common ones of twelve signs or more, by what they are made of when blanks and signs are left out.
COMMON = frozenset((Path(__file__).parent / "common.txt").read_text(encoding="utf-8").split())
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
)


def tidy_passphrase(typed: str) -> str:
    """The same signs, however a keyboard composed them. Nothing else is changed."""
    return unicodedata.normalize("NFKC", typed)


def passphrase_fault(passphrase: str, *, names: tuple[str, ...] = ()) -> Sentence | None:
    """Why it would be guessed too easily; None when it is a good one. `names` are those of its owner."""
    passphrase = tidy_passphrase(passphrase)
    if len(passphrase) < LEAST:
        return sentence(
            "This is short. {least} characters or more, please: four or five words "
            "that only you would put together.",
            least=LEAST,
        )
    if len(passphrase) > MOST:
        return sentence("This is too long to be checked: {most} characters are the most.", most=MOST)
    folded = _folded(passphrase)
    if (
        folded in COMMON
        or len(set(folded)) < FEW
        or any(folded in row * 2 for row in _rows())
        or _repeats(folded)
    ):
        return sentence(
            "Many people use this one, so it is the first that anybody would try. Please choose another."
        )
    if any(folded == _folded(name) for name in names if name):
        return sentence("This is a name of yours. Please choose something that nobody can look up.")
    return None


def _folded(text: str) -> str:
    """Letters and digits alone, as people vary what they all use; the whole, where it is of other signs."""
    text = unicodedata.normalize("NFKC", text).casefold()
    folded = "".join(sign for sign in text if sign.isalnum())
    return folded if len(folded) >= FEW else text


def _rows() -> list[str]:
    return [*ROWS, *(row[::-1] for row in ROWS)]


def _repeats(folded: str) -> bool:
    """Whether it is one short thing, up to four signs, over and over."""
    return any(folded == (folded[:size] * len(folded))[: len(folded)] for size in range(1, 5))
