"""What comes from the pages of conversations."""

from .talk import NameHere, Words, number_in

__all__ = ["NameHere", "Words", "number_in"]
