"""What pages and commands read of other help."""

from .countries import countries, country_named, day_said, language_name
from .lines import Help, help_in, known_lines, own_file, stale_countries, tables, the_table
from .told import facts_of

__all__ = [
    "Help",
    "countries",
    "country_named",
    "day_said",
    "facts_of",
    "help_in",
    "known_lines",
    "language_name",
    "own_file",
    "stale_countries",
    "tables",
    "the_table",
]
