"""Any file to one table: a header, records with their line, faults and notices."""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from beenthere.foundation.sentences import Sentence, sentence

from ..said import counted
from .delimited import Broken, Record, delimited_records
from .encodings import decoded
from .faults import Fault, Unreadable, shown, unreadable
from .limits import CELL, COLUMNS, FILE, MEGABYTE, ROWS

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER_FIRST = sentence("A first row that names the columns, and one row for each person under it.")
BROKEN = {
    Broken.NEVER_CLOSED: (
        sentence("A quotation mark opens here and never closes, so the rest can't be read."),
        sentence('Close it, or write a mark that belongs to the text twice inside quotes: "so ""to say"".'),
    ),
    Broken.TEXT_AFTER: (
        sentence("Text follows a closing quotation mark."),
        sentence('Write a mark that belongs to the text twice: "so ""to say"".'),
    ),
}


@dataclass(slots=True)
class Table:
    """`header` is trimmed, its names all different (a repeated one gains ` (2)`), empty where a
    column has no name; each record has as many cells as the header. Cells are in Unicode NFC, so
    that the same name typed on two machines is the same."""

    header: tuple[str, ...] = ()
    header_line: int = 1
    repeated: list[str] = field(
        default_factory=list
    )  # names that stood more than once in the header, as written
    records: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[Sentence] = field(default_factory=list)


def read_table(content: bytes, *, name: str, is_known: Callable[[str], bool]) -> Table:
    """The table in a file, by its content and not by its `name`; `is_known` tells names of columns,
    which helps to choose the delimiter. Never raises on any bytes: what is wrong is in `faults`."""
    table = Table()
    try:
        if len(content) > FILE:
            raise unreadable(
                sentence("The file is larger than {size} MB.", size=FILE // MEGABYTE),
                sentence("Leave out pictures and columns that are not needed, or save it as CSV."),
                value=name,
            )
        if content.startswith((ZIP, OLD_OFFICE)):
            # Imported here: a file of text needs none of it.
            from .workbooks import workbook_records

            records, notices = workbook_records(content)
            table.notices.extend(notices)
            _fill(table, records, name=name, is_ragged=False)
        else:
            text, notice = decoded(content)
            table.notices.extend([notice] if notice else [])
            _fill(table, delimited_records(text, is_known), name=name, is_ragged=True)
    except Unreadable as error:
        table.faults.extend(error.faults)
    return table


def _fill(table: Table, records: Iterable[Record], *, name: str, is_ragged: bool) -> None:
    """`is_ragged`: records may differ in length, which in a file of text means that one is broken."""
    filled = (record for record in records if any(map(str.strip, record.cells)))
    head = next(filled, None)
    if head is None:
        raise unreadable(sentence("The file is empty."), HEADER_FIRST, value=name)
    _fill_header(table, head)
    width = len(table.header)
    for record in filled:
        if len(table.records) == ROWS:
            why = sentence("There are more than {rows} rows.", rows=counted(ROWS))
            raise unreadable(why, sentence("Split the file into several."), line=record.line)
        cells = [_normal(cell) for cell in record.cells]
        if record.broken:
            _tell_broken(table, record)
        elif is_ragged and _tell_ragged(table, record.line, cells, width):
            continue
        if record.broken is not Broken.NEVER_CLOSED:
            table.records.append((record.line, (cells + [""] * (width - len(cells)))[:width]))


def _fill_header(table: Table, head: Record) -> None:
    if head.broken:
        _tell_broken(table, head)
    if len(head.cells) > COLUMNS:
        why = sentence("The header names more than {limit} columns.", limit=counted(COLUMNS))
        raise unreadable(why, HEADER_FIRST, line=head.line)
    names: set[str] = set()
    header = []
    for cell in head.cells:
        name = " ".join(_normal(cell).split())
        if len(name) > CELL:
            why = sentence("The name of a column is longer than {limit} characters.", limit=counted(CELL))
            raise unreadable(why, HEADER_FIRST, line=head.line, value=name)
        if name in names:
            table.repeated.append(name)
            while name in names:
                name += " (2)"
        header.append(name)
        if name:
            names.add(name)
    table.header, table.header_line = tuple(header), head.line


def _tell_broken(table: Table, record: Record) -> None:
    why, wants = BROKEN[record.broken]
    table.faults.append(Fault(record.line, "", shown(record.cells[-1]), why, wants))


def _tell_ragged(table: Table, line: int, cells: list[str], width: int) -> bool:
    """True, and a fault, where a record has other cells than the header has columns; empty ones past
    the last column do no harm."""
    if len(cells) == width or (len(cells) > width and not any(map(str.strip, cells[width:]))):
        return False
    table.faults.append(
        Fault(
            line,
            "",
            shown(cells[-1]),
            sentence(
                "This row has {cells} cells; the header names {width} columns.", cells=len(cells), width=width
            ),
            sentence(
                "As many cells as columns; a cell whose text holds the separator or a new line in quotes."
            ),
        )
    )
    return True


def _normal(cell: str) -> str:
    return cell if cell.isascii() else unicodedata.normalize("NFC", cell)
