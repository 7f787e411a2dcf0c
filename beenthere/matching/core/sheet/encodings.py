"""Bytes to text: UTF-8, UTF-16 that says so, and what old Windows programs write."""

import codecs

from beenthere.foundation.sentences import Sentence, sentence

from .faults import Fault, Unreadable, shown, unreadable

SAVE_AS_UTF8 = sentence("Save the file as CSV in UTF-8, as .xlsx or as .ods.")


def decoded(content: bytes) -> tuple[str, Sentence | None]:
    """The text without its byte order mark, and a notice where the encoding had to be recognised.

    Raises `Unreadable`."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text, notice = _utf16(content), None
    else:
        content = content.removeprefix(codecs.BOM_UTF8)
        try:
            text, notice = content.decode("utf-8"), None
        except UnicodeDecodeError:
            text, notice = _windows(content)
    at = text.find("\0")
    if at >= 0:
        why = sentence("This is not a table of text: it holds zero bytes.")
        raise unreadable(why, SAVE_AS_UTF8, line=len(_lines(text[:at].encode("utf-8"))))
    return text, notice


def _utf16(content: bytes) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError:
        why = sentence("The file says that it is UTF-16, but part of it is not.")
        raise unreadable(why, SAVE_AS_UTF8) from None


def _windows(content: bytes) -> tuple[str, Sentence]:
    # Imported here: most files are UTF-8 and need none of it.
    from .pages import PAGES, recognised_page

    read = content.decode("utf-8", "replace")
    broken = read.count("\ufffd")
    if len(read) - len(read.encode("ascii", "ignore")) - broken > broken:
        raise Unreadable(*_broken_lines(content, "utf-8"))
    page = recognised_page(content)
    try:
        text = content.decode(page)
    except UnicodeDecodeError:
        raise Unreadable(*_broken_lines(content, page)) from None
    return text, sentence(
        "The file is not UTF-8; it was read as {name} ({page}). If letters look wrong, save it as UTF-8.",
        name=PAGES[page],
        page=page.replace("cp", "windows-"),
    )


def _broken_lines(content: bytes, encoding: str) -> list[Fault]:
    why = sentence("Some letters of this line can't be read; a program has damaged them.")
    wants = sentence("Write the letters again and save the file as UTF-8.")
    lines = (line.decode(encoding, "replace") for line in _lines(content))
    return [Fault(at, "", shown(line), why, wants) for at, line in enumerate(lines, 1) if "\ufffd" in line]


def _lines(content: bytes) -> list[bytes]:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
