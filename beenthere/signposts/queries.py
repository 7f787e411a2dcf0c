"""What pages and commands read of other help."""

import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date

from .core.lines import Emergency, Line, emergencies_of, is_stale, line_of, shown

FOLDER = Path(__file__).parent


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


@cache
def countries(language: str) -> dict[str, str]:
    """The name of every country by its code, in `language`, in the order of the names."""
    names = _locale(language).territories
    found = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}
    for code in ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "DG", "EA", "IC", "TA", "CP", "CQ"):
        found.pop(code, None)
    return dict(sorted(found.items(), key=lambda one: _sorting(one[1])))


def country_named(text: str) -> str | None:
    """The code of the country that `text` is: its code, or its name in one of our languages."""
    asked = _sorting(text.strip())
    for language in ("en", "es"):
        for code, name in countries(language).items():
            if asked in (code.casefold(), _sorting(name)):
                return code
    return None


def language_name(code: str, language: str) -> str:
    """What the language `code` is called in `language`."""
    return _locale(language).languages.get(code, code)


def day_said(day: date, language: str) -> str:
    """A day as one writes it in `language`."""
    return format_date(day, "long", _locale(language))


def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))


def _sorting(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
