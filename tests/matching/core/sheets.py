"""Sheets for tests, and a vocabulary of a few experiences."""

from beenthere.matching.core.sheet import Sheet, read_sheet

NAMES = {
    "drinking": "drinking",
    "beber alcohol": "drinking",
    "loneliness": "loneliness",
    "feeling alone": "loneliness",
    "sentirse solo": "loneliness",
}


class SmallVocabulary:
    def find(self, text: str) -> str | None:
        return NAMES.get(text)


def read(content: bytes | str, **options) -> Sheet:
    if isinstance(content, str):
        content = content.encode()
    return read_sheet(content, name="people.csv", vocabulary=SmallVocabulary(), **options)


def cell(column: str, text: str) -> Sheet:
    """The sheet of one person, Ana, with one cell beside her ref."""
    quoted = text.replace('"', '""')
    return read(f'ref,{column}\nana,"{quoted}"\n')


def told(sheet: Sheet) -> list[tuple[int, str, str]]:
    """Where the faults are: line, column, value."""
    return [(fault.line, fault.column, fault.value) for fault in sheet.faults]


def said(sheet: Sheet) -> list[str]:
    return [str(notice) for notice in sheet.notices]
