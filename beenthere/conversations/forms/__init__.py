"""What comes from the pages of conversations."""

from .talk import NameHere, Words, number_in
from .writing import OUTSIDE_SENTENCES, MutedWords, Search, why_stopped

__all__ = ["OUTSIDE_SENTENCES", "MutedWords", "NameHere", "Search", "Words", "number_in", "why_stopped"]
