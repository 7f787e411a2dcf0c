"""Pages of other help. None of them asks who is reading."""

from .help import help_now
from .leaving import leaving

__all__ = ["help_now", "leaving"]
