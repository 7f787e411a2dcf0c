"""What may be written, without asking anybody."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from beenthere.foundation.safe_text import is_text

MOST = 4000  # characters of one message
MOST_MARK = 36
MOST_NOTE = 80  # characters that say what is in a message
# What a message is: words, a breather, "I've been there".
WORDS, BREATHER, BEEN_THERE = "words", "breather", "been_there"
KINDS = (WORDS, BREATHER, BEEN_THERE)

# Why something was not kept. The same code and words for each reason why one is not here.
NOT_HERE, EMPTY, TOO_LONG, UNREADABLE, NOT_KEPT = "not_here", "empty", "too_long", "unreadable", "not_kept"
# It leads outside, and the door is not open; the piece is not one's own.
OUTSIDE, NOT_YOURS = "outside", "not_yours"
# It speaks of ways of harming oneself, or urges somebody to it, and its writer was not asked yet.
METHOD, URGING = "method", "urging"
ASKED_FIRST = (METHOD, URGING)
# The same where no cover stands before it: a last word, a line to keep. It is not taken.
HARM = "harm"
# Stewards set it: 20 messages an hour; no writing in pairs; they are looking at this conversation. Such a
# code carries until when: see `stopped_code`.
SLOWED, CIRCLES, LOOKED_AT = "slowed", "circles", "looked_at"
STOPPED = (SLOWED, CIRCLES, LOOKED_AT)
AN_HOUR, MOST_AN_HOUR = timedelta(hours=1), 20  # messages of who is slowed down


def stopped_code(kind: str, until: datetime) -> str:
    """The code of something of STOPPED, with its end in it."""
    return f"{kind}:{until.isoformat()}"


def stopped(code: str) -> tuple[str, datetime] | None:
    """What a code of `stopped_code` says, None for any other."""
    kind, _, until = code.partition(":")
    return (kind, datetime.fromisoformat(until)) if kind in STOPPED and until else None


def words_fault(words: object) -> str | None:
    """The code of what is wrong with `words`, None when nothing is."""
    if not isinstance(words, str) or not is_text(words):
        return UNREADABLE
    if not words.strip():
        return EMPTY
    return TOO_LONG if len(words) > MOST else None


def mark_fault(mark: object) -> str | None:
    """The code of what is wrong with a browser's own mark, None when nothing is."""
    right = isinstance(mark, str) and 0 < len(mark) <= MOST_MARK and is_text(mark)
    return None if right else UNREADABLE


def kind_fault(kind: object) -> str | None:
    """The code of what is wrong with the kind of a message, None when nothing is."""
    return None if kind in KINDS else UNREADABLE


def note_fault(note: object) -> str | None:
    """The code of what is wrong with a note on what is in a message ("" for none), None when nothing is."""
    if not isinstance(note, str) or not is_text(note):
        return UNREADABLE
    return TOO_LONG if len(note) > MOST_NOTE else None


def is_open(*, kind: str, ended: bool, members: int, blocked: bool) -> bool:
    """Whether those in it reach each other. A pair ends with either of its two, and with a block."""
    if ended:
        return False
    return kind != "pair" or (members == 2 and not blocked)


def first_by_key(keys: Iterable) -> list[int]:
    """For each of `keys` the place at which it stood first."""
    seen: dict = {}
    return [seen.setdefault(key, place) for place, key in enumerate(keys)]
