""".xlsx and .ods: the first sheet with content, its typed cells as the text a person would write."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from io import BytesIO

from beenthere.foundation.sentences import Sentence, sentence

from .archives import SAVE_AGAIN, locked, safe_archive
from .delimited import Record
from .faults import unreadable
from .tables import OLD_OFFICE


def workbook_records(content: bytes) -> tuple[Iterator[Record], tuple[Sentence, ...]]:
    """The records of the first sheet with content, numbered as the program numbers its rows, and a
    notice where other sheets hold content too. Raises `Unreadable`."""
    if content.startswith(OLD_OFFICE):
        raise unreadable(
            sentence("This is a spreadsheet of the old .xls kind, or one locked with a password."),
            sentence("Save it as .xlsx, .ods or CSV, without a password."),
        )
    return _first_sheet(safe_archive(content))


def _first_sheet(archive: bytes) -> tuple[Iterator[Record], tuple[Sentence, ...]]:
    # Imported here: a CSV file needs none of it.
    from python_calamine import PasswordError, load_workbook

    try:
        book = load_workbook(BytesIO(archive))
        filled = _filled_sheets(book)
        rows = [list(map(_as_text, row)) for row in filled[0].iter_rows()] if filled else []
    except PasswordError:
        raise locked() from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the Rust code is no Exception
        raise unreadable(sentence("The spreadsheet is damaged."), SAVE_AGAIN) from error
    notices: tuple[Sentence, ...] = ()
    if len(filled) > 1:
        others = [sheet.name for sheet in filled[1:]]
        notices = (
            sentence(
                "Only the sheet {name} was read; these were left out: {others}.",
                name=filled[0].name,
                others=others,
            ),
        )
    return (Record(line, cells) for line, cells in enumerate(rows, 1)), notices


def _filled_sheets(book) -> list:
    """The sheets of cells that hold any, those that can be seen before the hidden ones."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    tables = [about for about in book.sheets_metadata if about.typ == SheetTypeEnum.WorkSheet]
    seen = [about.name for about in tables if about.visible == SheetVisibleEnum.Visible]
    hidden = [about.name for about in tables if about.visible != SheetVisibleEnum.Visible]
    filled = [sheet for sheet in map(book.get_sheet_by_name, seen) if sheet.start is not None]
    return filled or [sheet for sheet in map(book.get_sheet_by_name, hidden) if sheet.start is not None]


def _as_text(cell: object) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell)
