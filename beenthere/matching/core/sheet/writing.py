"""Tables written so that no spreadsheet program takes a cell for a formula, and nothing is lost."""

import re
from collections.abc import Iterable

# A cell that already begins with apostrophes gains one more, so that taking one off is always right.
FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
DEFUSED = re.compile("'" + FORMULA.pattern)
QUOTES_NEEDED = re.compile('[",;\t\r\n]|^\\s|\\s$|^$')


def write_table(header: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """CSV in UTF-8 with commas, each record ended by a line feed; `None` is an empty cell."""
    lines = [",".join(map(_written, record)) + "\n" for record in (header, *rows)]
    return "".join(lines).encode("utf-8", "replace")


def defused(text: str) -> str:
    """The text, behind an apostrophe where a program could take it for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def as_it_was(text: str) -> str:
    """What `defused` was given."""
    return text[1:] if DEFUSED.match(text) else text


def _written(cell: object) -> str:
    text = defused("" if cell is None else str(cell))
    return '"' + text.replace('"', '""') + '"' if QUOTES_NEEDED.search(text) else text
