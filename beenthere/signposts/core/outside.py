"""What leads outside of a conversation: links, images, numbers, addresses, also in disguise.

The rules stand in `static/signposts/outside.json`, which `outside.js` reads too; both answer alike
(`core/rules.py` tells how they are carried out).
"""

from functools import cache
from pathlib import Path

from .rules import Heard, Rules, hear, merged, rules_in

FILE = Path(__file__).resolve().parents[1] / "static" / "signposts" / "outside.json"
KINDS = ("link", "image", "phone", "mail", "handle", "address", "meeting")


def heard(words: str) -> tuple[Heard, ...]:
    """All that leads outside, of a kind of `KINDS`, in the order of the words; empty where nothing does."""
    return merged(hear(the_rules(), words), KINDS)


@cache
def the_rules() -> Rules:
    """The rules of the file, compiled once."""
    return rules_in(FILE)
