"""The lines of other help and the emergency numbers: ours, and what a place says on top of them."""

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from beenthere.foundation.folders import default_data_folder

from ..core.lines import Emergency, Line, emergencies_of, is_stale, line_of, shown
from ..core.own_lines import with_own

FOLDER = Path(__file__).resolve().parents[1]
OWN = "lines.toml"  # in the data folder
LARGEST = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Help:
    """Other help in one country. `oldest` is the day of the oldest reading among the lines."""

    country: str
    lines: tuple[Line, ...]
    emergency: Emergency | None
    oldest: date | None
    stale: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Every line, also those that are not shown; `faults` are those of the place's own file."""

    lines: tuple[Line, ...]
    emergency: dict[str, Emergency]
    faults: tuple[str, ...]


def known_lines() -> tuple[Line, ...]:
    """Every line of the table, also those that are not shown."""
    return the_table().lines


@cache
def tables() -> tuple[list[dict], dict]:
    """The rows of our `lines.toml`, and `emergency.toml`, as they are shipped."""
    lines = tomllib.loads((FOLDER / "lines.toml").read_text(encoding="utf-8"))
    return lines["line"], tomllib.loads((FOLDER / "emergency.toml").read_text(encoding="utf-8"))


def own_file() -> Path:
    """Where a place corrects our lines; most have no such file. Read without the settings, because other help
    is told on a terminal where no place is."""
    return Path(os.environ.get("BEENTHERE_DATA") or default_data_folder()) / OWN


def the_table() -> Table:
    """What holds here and now: a changed file of the place counts from the next page on."""
    file = own_file()
    try:
        found = file.stat()
    except OSError:
        return _table(file, 0, 0)
    return _table(file, found.st_mtime_ns, found.st_size)


def help_in(country: str, *, on: date) -> Help:
    """Other help in `country` (ISO 3166 alpha-2) as it is on the day `on`."""
    table = the_table()
    lines = shown(table.lines, country)
    oldest = min((line.verified_on for line in lines), default=None)
    stale = any(is_stale(line, on=on) for line in lines)
    return Help(country, lines, table.emergency.get(country), oldest, stale)


def stale_countries(on: date) -> list[str]:
    """The countries with a line that is shown and was last read more than 180 days before `on`, in order."""
    return sorted({line.country for line in known_lines() if line.verified_on and is_stale(line, on=on)})


@lru_cache(maxsize=2)
def _table(file: Path, changed_at: int, size: int) -> Table:
    own, unread = _own(file, size) if changed_at else ({}, [])
    rows, emergency, faults = with_own(*tables(), own)
    return Table(tuple(line_of(row) for row in rows), emergencies_of(emergency), tuple(unread + faults))


def _own(file: Path, size: int) -> tuple[dict, list[str]]:
    if size > LARGEST:
        return {}, ["the file is larger than a megabyte"]
    try:
        return tomllib.loads(file.read_text(encoding="utf-8")), []
    except (OSError, ValueError) as fault:  # a TOMLDecodeError is a ValueError, bytes that are no text too
        return {}, [f"the file cannot be read ({type(fault).__name__})"]
