"""How far a sheet reaches, measured while its XML is unpacked.

calamine keeps a rectangle from the first cell to the last: two cells at opposite corners of an empty
sheet would take the memory of seventeen thousand million. Expat measures first, since it reads names,
entities and encodings as XML has them, where a pattern could be led past.
"""

from xml.parsers import expat

from .limits import ROWS

AREA = 20_000_000  # cells between the first and the last
SAID = {"value", "string-value", "date-value", "time-value", "boolean-value", "value-type", "formula"}


class Damaged(Exception):
    """The XML or the zip around it is not well formed."""


class TooWide(Exception):
    """A cell with content stands too far from the first."""


class PartMeter:
    """Fed the chunks of one XML part; raises `TooWide` or `Damaged`. Parts that hold no sheet are
    left alone after their first element."""

    def __init__(self) -> None:
        self.is_worksheet = False
        self._wanted = True
        self._row = self._column = self._rows = self._columns = 0
        self._row_times = 1
        self._letters: dict[str, int] = {}
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._first
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, chunk: bytes) -> None:
        if self._wanted:
            self._parse(chunk, False)

    def close(self) -> None:
        if self._wanted:
            self._parse(b"", True)

    def _parse(self, chunk: bytes, is_last: bool) -> None:
        try:
            self._parser.Parse(chunk, is_last)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise Damaged from error

    def _refuse_doctype(self, *_: object) -> None:
        raise Damaged

    def _first(self, name: str, _attributes: dict[str, str]) -> None:
        kind = _local(name)
        self.is_worksheet = kind == "worksheet"
        starts = {"worksheet": self._start_excel, "document-content": self._start_open}.get(kind)
        self._wanted = starts is not None
        self._parser.StartElementHandler = starts

    def _start_excel(self, name: str, attributes: dict[str, str]) -> None:
        kind = name if name in ("c", "v") else _local(name)
        if kind == "c":
            at = attributes.get("r", "")
            letters = at.rstrip("0123456789")
            if letters and letters != at:
                self._column, self._row = self._number(letters), int(at[len(letters) :])
            else:
                self._column += 1
        elif kind in ("v", "is", "f"):
            self._reach(self._row, self._column)
        elif kind == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0

    def _start_open(self, name: str, attributes: dict[str, str]) -> None:
        kind = _local(name)
        if kind in ("table-cell", "covered-table-cell"):
            said = {_local(key): value for key, value in attributes.items()}
            self._column += int(said.get("number-columns-repeated", 1))
            if not SAID.isdisjoint(said):
                self._reach(self._row, self._column)
        elif kind == "table-row":
            said = {_local(key): value for key, value in attributes.items()}
            self._row += int(said.get("number-rows-repeated", 1))
            self._column = 0
        elif kind == "table":
            self._row = self._column = self._rows = self._columns = 0

    def _reach(self, row: int, column: int) -> None:
        if row > self._rows:
            self._rows = row
        if column > self._columns:
            self._columns = column
        if row > ROWS + 1 or self._rows * self._columns > AREA:
            raise TooWide

    def _number(self, letters: str) -> int:
        number = self._letters.get(letters)
        if number is None:
            if len(letters) > 3 or not (letters.isascii() and letters.isalpha()):
                raise Damaged
            number = 0
            for letter in letters.upper():
                number = 26 * number + ord(letter) - 64
            self._letters[letters] = number
        return number


def _local(name: str) -> str:
    return name.rpartition(":")[2]
