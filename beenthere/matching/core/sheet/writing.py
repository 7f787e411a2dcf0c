"""Tables written so that no spreadsheet program takes a cell for a formula, and nothing is lost."""

from collections.abc import Iterable

# A cell that already begins with apostrophes gains one more, so that taking one off is always right.
FORMULA = frozenset("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
QUOTED = frozenset('",;\t\r\n')


def write_table(header: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """CSV in UTF-8 with commas, each record ended by a line feed; `None` is an empty cell."""
    lines = [",".join(map(_written, record)) + "\n" for record in (header, *rows)]
    return "".join(lines).encode("utf-8", "replace")


def defused(text: str) -> str:
    """The text, behind an apostrophe where a program could take it for a formula."""
    return f"'{text}" if _could_be_formula(text) else text


def as_it_was(text: str) -> str:
    """What `defused` was given."""
    return text[1:] if text.startswith("'") and _could_be_formula(text) else text


def _written(cell: object) -> str:
    text = defused("" if cell is None else str(cell))
    if not text or text != text.strip() or not QUOTED.isdisjoint(text):
        return '"' + text.replace('"', '""') + '"'
    return text


def _could_be_formula(text: str) -> bool:
    return text.lstrip("'")[:1] in FORMULA
