""".xlsx and .ods: typed cells, which sheet, and archives that mean harm."""

from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest

from beenthere.matching.core.sheet import archives

from .sheets import read, said, told
from .workbooks import changed, ods, part, xlsx

SHEET = "xl/worksheets/sheet1.xml"
ROWS = [
    ["ref", "words", "age", "since", "capacity"],
    [7, "one\ntwo", 35, date(2025, 1, 6), 0],
    [None, "", None, None, None],
    ["ben", "ñandú", "65+", "2025-01-07", "abc"],
]


@pytest.mark.parametrize("content", [xlsx(ROWS), ods(ROWS)], ids=["xlsx", "ods"])
def test_typed_cells_read_as_a_person_would_write_them(content):
    sheet = read(content)
    assert told(sheet) == [(4, "capacity", "abc")]
    [ana] = sheet.people
    assert (ana.ref, ana.words, ana.age_band) == ("7", "one\ntwo", "35-44")
    assert (ana.since, ana.capacity, ana.line) == (date(2025, 1, 6), 0, 2)
    assert (sheet.notices, [row.line for row in sheet.rows]) == ((), [2, 4])
    assert sheet.rows[1].cells["words"] == "ñandú"


def test_cells_of_other_types():
    sheet = read(
        xlsx([["ref", "since", "gender", "place"], [True, datetime(2025, 1, 6, 9, 30), 1.5, 10**18]])
    )
    assert [list(row.cells.values()) for row in sheet.rows] == [
        ["true", "2025-01-06 09:30:00", "1.5", "1000000000000000000"]
    ]
    assert (told(sheet), sheet.people[0].since) == ([], date(2025, 1, 6))


def test_a_table_may_begin_lower_down():
    sheet = read(xlsx([[], [None], [None, "ref", "age"], [None, "ana", 17]]))
    assert told(sheet) == [(4, "age", "17")]


def test_the_first_sheet_with_content_is_read():
    sheet = read(xlsx([["hidden"]], [], [["ref"], ["ana"]], [["more"]], [], hidden=(0,)))
    assert [person.ref for person in sheet.people] == ["ana"]
    assert said(sheet) == ["Only the sheet Sheet 3 was read; these were left out: Sheet 4."]
    assert [str(fault.why) for fault in read(xlsx([])).faults] == ["The file is empty."]


def test_the_content_decides_and_not_the_name():
    from beenthere.matching.core.sheet import read_sheet

    from .sheets import SmallVocabulary

    sheet = read_sheet(xlsx([["ref"], ["ana"]]), name="people.csv", vocabulary=SmallVocabulary())
    assert [person.ref for person in sheet.people] == ["ana"]
    sheet = read_sheet(b"ref\nana\n", name="people.xlsx", vocabulary=SmallVocabulary())
    assert [person.ref for person in sheet.people] == ["ana"]


def test_a_failed_formula_is_a_fault_in_its_place():
    content = xlsx([["ref", "never"], ["ana", 1]])
    text = part(content, SHEET).replace(b'<c r="B2" t="n"><v>1</v>', b'<c r="B2" t="e"><f>X</f><v>#REF!</v>')
    sheet = read(changed(content, xl__worksheets__sheet1_xml=text))
    assert told(sheet) == [(2, "never", "#REF!")]


def why(content: bytes) -> str:
    [fault] = read(content).faults
    assert (fault.line, fault.column) == (1, "")
    return str(fault.why)


DAMAGED = "The spreadsheet is damaged."
TOO_FAR = "The sheet reaches too far: a cell stands far outside of any table."


def test_a_zip_bomb_is_refused(monkeypatch):
    content = xlsx([["ref"], ["ana"]])
    heavy = changed(content, xl__sharedStrings_xml=b"<sst>" + b" " * 6_000_000 + b"</sst>")
    assert why(heavy).endswith("could fill the memory: a part of it unpacks to 250 times its size.")
    monkeypatch.setattr(archives, "INFLATED", 5 * archives.MEGABYTE)
    assert why(heavy).endswith("could fill the memory: it would unpack to more than 5 MB.")
    assert read(content).faults == ()
    monkeypatch.setattr(archives, "PARTS", 5)
    assert why(content).endswith("could fill the memory: it has more than 5 parts.")


def test_what_is_never_unpacked_counts_as_it_declares(monkeypatch):
    heavy = changed(xlsx([["ref"], ["ana"]]), xl__media__picture_bin=b" " * 6_000_000)
    assert read(heavy).faults == ()
    monkeypatch.setattr(archives, "INFLATED", 5 * archives.MEGABYTE)
    assert why(heavy).endswith("could fill the memory: it would unpack to more than 5 MB.")


def test_a_bomb_that_lies_about_its_size_is_refused():
    heavy = changed(xlsx([["ref"]]), xl__sharedStrings_xml=b"<sst>" + b" " * 6_000_000 + b"</sst>")
    size = (6_000_011).to_bytes(4, "little")
    assert heavy.count(size) >= 1
    assert why(heavy.replace(size, (600).to_bytes(4, "little"))) == DAMAGED


def test_the_actual_size_is_counted_too(monkeypatch):
    content = xlsx([["ref"], ["ana"]])
    with ZipFile(BytesIO(content)) as archive:
        one = archive.getinfo("[Content_Types].xml")
        with pytest.raises(archives.Unreadable):
            archives._inflated(archive, one, one.file_size - 1)
        assert len(archives._inflated(archive, one, one.file_size)) == one.file_size


def test_cells_at_opposite_corners_are_refused():
    assert why(_far_cell("XFD1048576")) == TOO_FAR
    assert why(_far_cell("XFD9000")) == TOO_FAR
    assert why(_far_cell("B1048576")) == TOO_FAR
    assert why(_far_cell("ABCD9")) == DAMAGED
    assert told(read(_far_cell("C9000"))) == [(9000, "ref", "")]


def _far_cell(at: str) -> bytes:
    content = xlsx([["ref"], ["ana"]])
    row = "".join(filter(str.isdigit, at))
    more = f'<row r="{row}"><c r="{at}" t="n"><v>1</v></c></row></sheetData>'.encode()
    text = part(content, SHEET).replace(b"</sheetData>", more)
    return changed(content, xl__worksheets__sheet1_xml=text)


def test_repeated_cells_with_content_are_refused():
    content = ods([["ref"], ["ana"]])
    text = part(content, "content.xml")
    assert b"<table:table-row><table:table-cell office" in text
    for wide in (
        b'table:number-rows-repeated="1048000"',
        b'table:number-rows-repeated="99999999999999999999"',
    ):
        far = text.replace(b"<table:table-row>", b"<table:table-row " + wide + b">")
        assert why(changed(content, content_xml=far)) == TOO_FAR
    wide = b'<table:table-cell table:number-columns-repeated="21000000" office'
    assert why(changed(content, content_xml=text.replace(b"<table:table-cell office", wide))) == TOO_FAR
    odd = text.replace(b"<table:table-row>", b'<table:table-row table:number-rows-repeated="many">')
    assert why(changed(content, content_xml=odd)) == DAMAGED


def test_entities_are_refused():
    content = xlsx([["ref"]])
    text = b'<!DOCTYPE x [<!ENTITY a "b">]>' + part(content, SHEET)
    assert why(changed(content, xl__worksheets__sheet1_xml=text)) == DAMAGED


def test_other_kinds_of_file():
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
    assert why(old) == "This is a spreadsheet of the old .xls kind, or one locked with a password."
    neither = "This is neither a CSV file nor an .xlsx or .ods spreadsheet."
    assert why(changed(xlsx([["ref"]]), xl__workbook_bin=b"x")) == neither
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr("letter.txt", "hello")
    assert why(packed.getvalue()) == neither
    locked = part(ods([["ref"]]), "META-INF/manifest.xml").replace(
        b"</manifest", b"<x:encryption-data/></manifest"
    )
    assert why(changed(ods([["ref"]]), **{"META-INF__manifest_xml": locked})) == (
        "The spreadsheet is locked with a password."
    )


def test_a_locked_part_is_told():
    content = bytearray(xlsx([["ref"], ["ana"]]))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + flags] |= 1
            at = content.find(mark, at + 4)
    assert why(bytes(content)) == "The spreadsheet is locked with a password."


def test_a_part_stands_once_and_is_packed_as_spreadsheets_are():
    content = xlsx([["ref"], ["ana"]])
    more = changed(content, xl__SHEETS_xml=b"<a/>", xl__sheets_xml=b"<b/>")
    assert why(more) == DAMAGED
    packed = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(packed, "w", ZIP_BZIP2) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert why(packed.getvalue()) == DAMAGED


def test_a_zero_character_is_a_fault():
    assert told(read(xlsx([["ref", "words"], ["ana", "a_x0000_b"]]))) == [(2, "words", "a\0b")]


def test_damage_is_told():
    content = xlsx([["ref"], ["ana"]])
    assert why(content[: len(content) // 2]) == DAMAGED
    assert why(changed(content, xl__workbook_xml=b"<x")) == DAMAGED
    assert why(changed(content, xl__worksheets__sheet1_xml=b"<worksheet><sheetData>")) == DAMAGED
