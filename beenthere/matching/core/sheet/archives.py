"""The zip around a spreadsheet, opened with limits before anything else sees it.

`safe_archive` gives back an archive of its own making that holds exactly the parts that were
measured, so that no second reader can find other ones in the same bytes.
"""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import re2

from beenthere.foundation.sentences import Sentence, sentence

from .extents import Damaged, PartMeter, TooWide
from .faults import Unreadable, unreadable

MEGABYTE = 1024 * 1024
PARTS = 5_000
INFLATED = 300 * MEGABYTE
RATIO = 250  # real sheets shrink 5 to 60 times; deflate at its worst 1,032 times
RATIO_FROM = 4 * MEGABYTE  # below it a part may shrink as it likes
CHUNK = MEGABYTE
CENTRAL_HEADER = b"PK\x01\x02"
# What zipfile and zlib raise on bytes that are not what they claim to be.
ZIP_ERRORS = (
    BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    LookupError,
    ArithmeticError,
)

SAVE_AGAIN = sentence("Open it in your spreadsheet program and save it again as .xlsx, .ods or CSV.")
# calamine leaves a cell out where a formula failed; as text it stays, and becomes a fault in its place.
FAILED_FORMULA = re2.compile(rb"(<(?:\w+:)?c\s(?:[^<>]*?\s)?t\s*=\s*)(?:\"e\"|'e')")


def safe_archive(content: bytes) -> bytes:
    """The XML parts of a workbook, stored again without compression. Raises `Unreadable`."""
    if content.count(CENTRAL_HEADER) > PARTS:
        raise _bomb(sentence("it has more than {parts} parts", parts=PARTS))
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _repacked(archive)
    except Unreadable:
        raise
    except TooWide:
        raise unreadable(
            sentence("The sheet reaches too far: a cell stands far outside of any table."),
            sentence("Keep one table that begins at the top left, and delete what stands far from it."),
        ) from None
    except (Damaged, *ZIP_ERRORS):
        raise unreadable(sentence("The spreadsheet is damaged."), SAVE_AGAIN) from None


def _repacked(archive: ZipFile) -> bytes:
    parts = archive.infolist()
    _refuse_other_kinds({part.filename.casefold() for part in parts}, len(parts))
    if sum(part.file_size for part in parts) > INFLATED:
        raise _bomb(sentence("it would unpack to more than {size} MB", size=INFLATED // MEGABYTE))
    packed, left = BytesIO(), INFLATED
    with ZipFile(packed, "w", ZIP_STORED) as safe:
        for part in parts:
            if not part.filename.endswith((".xml", ".rels")) and part.filename != "mimetype":
                continue
            inflated = _inflated(archive, part, left)
            left -= len(inflated)
            safe.writestr(ZipInfo(part.filename), inflated)
    return packed.getvalue()


def _refuse_other_kinds(names: set[str], count: int) -> None:
    if len(names) != count:
        raise Damaged
    if "xl/workbook.bin" in names or not names & {"xl/workbook.xml", "content.xml"}:
        raise unreadable(sentence("This is neither a CSV file nor an .xlsx or .ods spreadsheet."), SAVE_AGAIN)


def _inflated(archive: ZipFile, part: ZipInfo, left: int) -> bytes:
    if part.flag_bits & 1:
        raise locked()
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise Damaged
    chunks, size = [], 0
    meter = PartMeter() if part.filename.endswith(".xml") else None
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > left:
                raise _bomb(sentence("it would unpack to more than {size} MB", size=INFLATED // MEGABYTE))
            if size > RATIO_FROM and size > RATIO * part.compress_size:
                raise _bomb(sentence("a part of it unpacks to {times} times its size", times=RATIO))
            if meter:
                meter.feed(chunk)
            chunks.append(chunk)
    if meter:
        meter.close()
    inflated = b"".join(chunks)
    if part.filename == "META-INF/manifest.xml" and b"encryption-data" in inflated:
        raise locked()
    if meter and meter.is_worksheet:
        return FAILED_FORMULA.sub(rb'\1"str"', inflated)
    return inflated


def locked() -> Unreadable:
    return unreadable(
        sentence("The spreadsheet is locked with a password."),
        sentence("Save it without a password, and choose the file again."),
    )


def _bomb(measure: Sentence) -> Unreadable:
    return unreadable(
        sentence(
            "The spreadsheet was not opened, because unpacking it could fill the memory: {measure}.",
            measure=measure,
        ),
        sentence("Copy the table into a new spreadsheet, or save it as CSV."),
    )
