"""What matching keeps: the introductions of the place, and the open sheets of the local page."""

from .desk import DESK, Desk, OpenSheet, Paired, Running, Two
from .introductions import Card, Excerpt, Introduction, Telling

__all__ = [
    "DESK",
    "Card",
    "Desk",
    "Excerpt",
    "Introduction",
    "OpenSheet",
    "Paired",
    "Running",
    "Telling",
    "Two",
]
