"""Words that the site draws: the private sign-in name, and recovery codes. Chance is an argument:
`choose(n)` gives one of 0 .. n-1."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

Choose = Callable[[int], int]
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # without i, l, o, u, which are misread
PART = 4
PARTS = 7


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """Plain words, short to type and hard to mishear; at least 1,024, each once."""
    return tuple((Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split())


def sign_in_name(choose: Choose) -> str:
    """Three words and two digits: 37 bits that nobody guesses while tries are limited."""
    three = [words()[choose(len(words()))] for _ in range(3)]
    return "-".join([*three, f"{choose(100):02}"])


def folded_sign_in_name(typed: str) -> str:
    """What is looked up for what was typed: without regard to case, blanks and the signs between."""
    text = unicodedata.normalize("NFKC", typed).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def recovery_code(choose: Choose) -> str:
    """28 signs in seven parts: 140 bits."""
    return "-".join("".join(ALPHABET[choose(32)] for _ in range(PART)) for _ in range(PARTS))


def folded_recovery_code(typed: str) -> str:
    """What is looked up: signs that are misread for each other count as one."""
    text = unicodedata.normalize("NFKC", typed).casefold()
    text = text.translate(str.maketrans({"o": "0", "i": "1", "l": "1"}))
    return "".join(sign for sign in text if sign.isalnum())
