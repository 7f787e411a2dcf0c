"""What countries, languages and days are called, in the language of the reader."""

import unicodedata
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date


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
