"""Pages of other help. None of them asks who is reading."""

from .help import help_now
from .keeping import kept, no_network, worker
from .leaving import leaving
from .supporting import supporting
from .words import words

__all__ = ["help_now", "kept", "leaving", "no_network", "supporting", "words", "worker"]
