"""Spreadsheets for tests, made by other people's programs."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def xlsx(*sheets: list[list], hidden: tuple[int, ...] = ()) -> bytes:
    book, content = openpyxl.Workbook(), BytesIO()
    for at, rows in enumerate(sheets):
        sheet = book.active if at == 0 else book.create_sheet()
        sheet.title = f"Sheet {at + 1}"
        sheet.sheet_state = "hidden" if at in hidden else "visible"
        for row in rows:
            sheet.append(row)
    book.save(content)
    return content.getvalue()


def ods(rows: list[list]) -> bytes:
    document, table, content = OpenDocumentSpreadsheet(), Table(name="People"), BytesIO()
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        table.addElement(line)
    # As LibreOffice ends a sheet: empty cells to its edges.
    end = TableRow(numberrowsrepeated=1_048_000)
    end.addElement(TableCell(numbercolumnsrepeated=16_384))
    table.addElement(end)
    document.spreadsheet.addElement(table)
    document.save(content)
    return content.getvalue()


def _ods_cell(value: object) -> TableCell:
    if value in (None, ""):
        return TableCell()
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, str):
        cell = TableCell(valuetype="string")
    else:
        cell = TableCell(valuetype="float", value=str(value))
    for line in str(value).split("\n"):
        cell.addElement(P(text=line))
    return cell


def changed(content: bytes, **parts: bytes) -> bytes:
    """The archive with parts put in or replaced; `__` stands for a slash, `_` before it for a dot."""
    named = {
        name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"): text
        for name, text in parts.items()
    }
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *named]):
            new.writestr(name, named[name] if name in named else old.read(name))
    return packed.getvalue()


def part(content: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        return archive.read(name)
