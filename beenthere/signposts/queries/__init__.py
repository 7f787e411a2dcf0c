"""What pages and commands read of other help."""

from .countries import countries, country_named, day_said, language_name
from .lines import Help, help_in, known_lines, tables

__all__ = [
    "Help",
    "countries",
    "country_named",
    "day_said",
    "help_in",
    "known_lines",
    "language_name",
    "tables",
]
