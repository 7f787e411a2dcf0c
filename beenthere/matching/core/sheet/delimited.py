"""CSV as people's programs write it: comma, semicolon or tab, quotes, cells of several lines.

Read here and not by the `csv` module, because a fault must name the line a record begins on, a quote
that never closes must be a fault and not a cell that swallows the rest, and a limit on cells must not
be a setting of the whole interpreter.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from io import StringIO

DELIMITERS = (",", ";", "\t")
HEAD = 200_000  # characters in which the header is looked for before the delimiter is known


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
    said, first = text[4:5], _first_line(text)
    if first.rstrip("\r\n").lower() == f"sep={said}" and said in DELIMITERS:  # by Excel, for Excel
        return records(text[len(first) :], said, 2)
    header = {}
    for delimiter in DELIMITERS:
        tried = records(text[:HEAD], delimiter)
        cells = next((record.cells for record in tried if _says_something(record)), [])
        header[delimiter] = (sum(map(is_known, cells)), len(cells))
    return records(text, max(DELIMITERS, key=header.__getitem__))


def records(text: str, delimiter: str, line: int = 1) -> Iterator[Record]:
    """The records of `text`, whose first line is numbered `line`."""
    # This is how lines end and nothing else: `splitlines` would also end them at other separators.
    lines = StringIO(text, newline="")
    for written in lines:
        if '"' not in written:
            yield Record(line, written.rstrip("\r\n").split(delimiter))
            line += 1
            continue
        scanned = _Quoted(written, lines, delimiter)
        yield Record(line, scanned.cells, scanned.broken)
        line += scanned.lines


class _Quoted:
    """A record with quotes in it, which may go on over the following lines."""

    def __init__(self, written: str, following: Iterator[str], delimiter: str) -> None:
        self.cells: list[str] = []
        self.lines = 1
        self.broken: Broken | None = None
        self._written, self._following, self._delimiter = written, following, delimiter
        at: int | None = 0
        while at is not None:
            at = self._cells_from(at)

    def _cells_from(self, at: int) -> int | None:
        """Takes the cells from `at` to the first that holds a quote, or to the last; where the next
        begins, or None."""
        quote = self._written.find('"', at)
        if quote < 0:
            self.cells.extend(self._written[at:].rstrip("\r\n").split(self._delimiter))
            return None
        last = self._written.rfind(self._delimiter, at, quote)
        if last >= 0:
            self.cells.extend(self._written[at:last].split(self._delimiter))
            at = last + 1
        opens = at
        while self._written.startswith(" ", opens):
            opens += 1
        if not self._written.startswith('"', opens):
            return self._bare("", at)
        parts: list[str] = []
        at = opens + 1
        while (closes := self._written.find('"', at)) < 0 or self._written.startswith('""', closes):
            if closes >= 0:
                parts.append(self._written[at : closes + 1])
                at = closes + 2
                continue
            parts.append(self._written[at:])
            at, more = 0, next(self._following, None)
            if more is None:
                self.broken = Broken.NEVER_CLOSED
                self.cells.append('"' + "".join(parts))
                return None
            self._written = more
            self.lines += 1
        return self._bare("".join([*parts, self._written[at:closes]]), closes + 1, is_quoted=True)

    def _bare(self, before: str, at: int, *, is_quoted: bool = False) -> int | None:
        """Ends a cell with what stands before the next delimiter."""
        ends = self._written.find(self._delimiter, at)
        rest = self._written[at:ends] if ends >= 0 else self._written[at:].rstrip("\r\n")
        if is_quoted and not rest.strip(" "):
            rest = ""
        elif is_quoted:
            self.broken = Broken.TEXT_AFTER
        self.cells.append(before + rest)
        return ends + 1 if ends >= 0 else None


def _first_line(text: str) -> str:
    return StringIO(text[:HEAD], newline="").readline()


def _says_something(record: Record) -> bool:
    return any(cell.strip(" ,;\t") for cell in record.cells)
