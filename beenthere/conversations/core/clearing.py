"""A line about what became clear: how long it may be, how many may wait. Pure."""

from .saying import EMPTY, TOO_LONG, UNREADABLE, words_fault

MOST_LINE = 500  # characters
MOST_WAITING = 5  # lines that one offers and that wait for the other's yes, in one conversation
ENOUGH = "enough"  # so many wait already


def line_fault(words: object) -> str | None:
    """The code of what is wrong with a line, None when nothing is."""
    fault = words_fault(words)
    if fault in (UNREADABLE, EMPTY):
        return fault
    return TOO_LONG if len(words) > MOST_LINE else None
