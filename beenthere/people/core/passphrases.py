"""Which passphrases are too easy to guess. Length is what counts; no rules about signs and capitals.

Nothing is asked outside: what was stolen elsewhere and shared since is known from the lists that Django and
zxcvbn bring, and zxcvbn sees what is made of such words by doubling them, by putting years and digits
behind them, by writing them backwards or with signs for letters.
"""

import gzip
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from zxcvbn import zxcvbn

from beenthere.foundation.sentences import Sentence, sentence

LEAST, MOST = 12, 500
FEW = 5  # signs that differ

# The most common ones of twelve signs or more, by what they are made of when blanks and signs are left out.
COMMON = frozenset((Path(__file__).parent / "common.txt").read_text(encoding="utf-8").split())
GUESSES = 10**8  # fewer are tried within a day by who stole the hash
LOOKED_AT = 48  # signs; what is weak so far is weak
# The signs that zxcvbn takes for one letter each. It tries all ways to read them together, which grows as
# their product does: where that is much, rare ones are left out.
SIGNS = ("4@", "({[<", "69", "1!|", "1|7", "$5", "+7")
RARE, MOST_WAYS = str.maketrans(dict.fromkeys("({[<|!+$%@", " ")), 8
HERE = (
    "beenthere",
    "been there",
    "peer",
    "peers",
    "peer support",
    "steward",
    "understanding",
    "lived experience",
)
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
        or is_breached(passphrase)
        or _guesses(passphrase, names) < GUESSES
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


def is_breached(passphrase: str) -> bool:
    """Whether these very signs, in whichever case, are on the list of what was stolen and used most."""
    return passphrase.casefold() in _breached()


@lru_cache(maxsize=1)
def _breached() -> frozenset[str]:
    """Those of at least `LEAST` signs; read from what is installed, so that it is renewed with it."""
    packed = files("django.contrib.auth").joinpath("common-passwords.txt.gz").read_bytes()
    return frozenset(one for one in gzip.decompress(packed).decode().split() if len(one) >= LEAST)


def _guesses(passphrase: str, names: tuple[str, ...]) -> int:
    """How many somebody needs who knows what people choose, and whom they are guessing for."""
    looked_at = passphrase[:LOOKED_AT]
    ways = 1
    for alike in SIGNS:
        ways *= max(len(set(alike) & set(looked_at)), 1)
    if ways > MOST_WAYS:
        looked_at = looked_at.translate(RARE)
    known = [part for name in names for part in (name, "".join(name.split()), *name.split()) if part]
    return int(zxcvbn(looked_at, user_inputs=[*HERE, *known])["guesses"])


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
