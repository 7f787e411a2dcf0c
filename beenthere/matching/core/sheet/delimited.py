"""CSV as people's programs write it: comma, semicolon or tab, quotes, cells of several lines.

Read here and not by the `csv` module, because a fault must name the line a record begins on, a quote
that never closes must be a fault and not a cell that swallows the rest, and a limit on cells must not
be a setting of the whole interpreter.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

DELIMITERS = (",", ";", "\t")
NEWLINE = re.compile(r"\r\n|\n|\r")
# Possessive, so that a quote that never closes costs one pass over the text and not many.
QUOTED = re.compile(r' *"([^"]*+(?:""[^"]*+)*+)"')
OPENS = re.compile(r' *"')
SEPARATOR_LINE = re.compile(r"sep=([,;\t])(?:\r\n|\n|\r|$)", re.IGNORECASE)


class Broken(Enum):
    """How the quotes of a record can be wrong."""

    NEVER_CLOSED = "a quote that never closes"
    TEXT_AFTER = "text after a closing quote"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the line it begins on, its cells as written, and what is wrong with its quotes."""

    line: int
    cells: list[str]
    broken: Broken | None = None


def delimited_records(text: str, is_known: Callable[[str], bool]) -> Iterator[Record]:
    """Every record of the text, blank ones too; the first that is not blank is the header, and
    decides the delimiter: the one that yields most known names, then most cells."""
    said = SEPARATOR_LINE.match(text)  # written by Excel and for Excel
    if said:
        return records(text, said[1], said.end(), 2)
    header = {}
    for delimiter in DELIMITERS:
        cells = next((record.cells for record in records(text, delimiter) if _says_something(record)), [])
        header[delimiter] = (sum(map(is_known, cells)), len(cells))
    return records(text, max(DELIMITERS, key=header.__getitem__))


def _says_something(record: Record) -> bool:
    return any(cell.strip(" ,;\t") for cell in record.cells)


def records(text: str, delimiter: str, position: int = 0, line: int = 1) -> Iterator[Record]:
    """The records from `position`, which is the beginning of `line`."""
    size, bare = len(text), re.compile(rf"[^{delimiter}\r\n]*+")
    while position < size:
        newline = NEWLINE.search(text, position)
        stop, after = newline.span() if newline else (size, size)
        if text.find('"', position, stop) < 0:
            yield Record(line, text[position:stop].split(delimiter))
            position, line = after, line + 1
            continue
        cells, position, lines, broken = _quoted_record(text, position, delimiter, bare)
        yield Record(line, cells, broken)
        line += lines


def _quoted_record(
    text: str, position: int, delimiter: str, bare: re.Pattern
) -> tuple[list[str], int, int, Broken | None]:
    """The cells of a record that holds quotes, where the next begins, how many lines it took."""
    cells: list[str] = []
    lines, broken = 1, None
    while True:
        opens = text.startswith(('"', " "), position) and OPENS.match(text, position)
        quoted = QUOTED.match(text, position) if opens else None
        if quoted:
            cell, position = quoted[1].replace('""', '"'), quoted.end()
            lines += len(NEWLINE.findall(quoted[1]))
        elif opens:
            return [*cells, text[position:]], len(text), lines, Broken.NEVER_CLOSED
        else:
            cell = ""
        rest = bare.match(text, position)
        if quoted and rest[0].strip(" "):
            broken = Broken.TEXT_AFTER
        cells.append(cell if quoted and not rest[0].strip(" ") else cell + rest[0])
        position = rest.end()
        if text.startswith(delimiter, position):
            position += 1
            continue
        newline = NEWLINE.match(text, position)
        return cells, newline.end() if newline else position, lines, broken
