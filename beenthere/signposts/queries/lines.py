"""The lines of other help, and the emergency numbers."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ..core.lines import Emergency, Line, emergencies_of, is_stale, line_of, shown

FOLDER = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Help:
    """Other help in one country. `oldest` is the day of the oldest reading among the lines."""

    country: str
    lines: tuple[Line, ...]
    emergency: Emergency | None
    oldest: date | None
    stale: bool


@cache
def known_lines() -> tuple[Line, ...]:
    """Every line of the table, also those that are not shown."""
    return tuple(line_of(row) for row in tables()[0])


@cache
def tables() -> tuple[list[dict], dict]:
    """The rows of `lines.toml`, and `emergency.toml`."""
    lines = tomllib.loads((FOLDER / "lines.toml").read_text(encoding="utf-8"))
    return lines["line"], tomllib.loads((FOLDER / "emergency.toml").read_text(encoding="utf-8"))


def help_in(country: str, *, on: date) -> Help:
    """Other help in `country` (ISO 3166 alpha-2) as it is on the day `on`."""
    lines = shown(known_lines(), country)
    oldest = min((line.verified_on for line in lines), default=None)
    emergency = emergencies_of(tables()[1]).get(country)
    return Help(country, lines, emergency, oldest, any(is_stale(line, on=on) for line in lines))
