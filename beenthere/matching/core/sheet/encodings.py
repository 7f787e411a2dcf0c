"""Bytes to text: UTF-8, UTF-16 that says so, and what old Windows programs write.

The choice among Windows code pages looks at the set of words, never at their order, so that the order
of rows changes nothing.
"""

import codecs
import re

from beenthere.foundation.sentences import Sentence, sentence

from .faults import Fault, Unreadable, shown, unreadable

PAGES = {
    "cp1252": sentence("Western European"),
    "cp1250": sentence("Central European"),
    "cp1251": sentence("Cyrillic"),
    "cp1253": sentence("Greek"),
    "cp1254": sentence("Turkish"),
    "cp1255": sentence("Hebrew"),
    "cp1256": sentence("Arabic"),
    "cp1257": sentence("Baltic"),
    "cp1258": sentence("Vietnamese"),
    "cp874": sentence("Thai"),
}


def _latin(letters: str) -> re.Pattern:
    """Words of a to z and `letters`; three of the latter never stand in a row."""
    return re.compile(rf"(?!.*[^a-z]{{3}})[a-z{letters}]+", re.IGNORECASE)


# What words look like in the languages a page was made for, the likelier first: where two do equally
# well, the first is taken. One language at a time: with the letters of all, Hungarian read as Portuguese
# would pass for good Western European.
WORDS_OF = (
    ("cp1252", _latin("áéíóúüñªº")),
    ("cp1252", _latin("àâæçéèêëîïôœùûüÿ")),
    ("cp1252", _latin("äöüßé")),
    ("cp1252", _latin("áâãàçéêíóôõúü")),
    ("cp1252", _latin("àèéìíòóùïüç")),
    ("cp1252", _latin("åäöæøéü")),
    ("cp1254", _latin("çğıöşüâîûİ")),
    ("cp1252", _latin("áéíóúýðþæö")),
    ("cp1250", _latin("ąćęłńóśźż")),
    ("cp1250", _latin("áčďéěíňóřšťúůýžäôľĺŕ")),
    ("cp1250", _latin("áéíóöőúüű")),
    ("cp1250", _latin("ăâîşţ")),
    ("cp1250", _latin("čćđšž")),
    ("cp1257", _latin("ąčęėįšųūž")),
    ("cp1257", _latin("āčēģīķļņšūž")),
    ("cp1258", _latin("ăâđêôơưáéíóúàèìòùãõý\u0300\u0301\u0303\u0309\u0323")),
    # Longer words have a vowel and no capital inside, in Greek an accent: else Hebrew and Arabic pass
    # for them.
    (
        "cp1251",
        re.compile(
            r"(?=.?.?$|.*[аеиоуыэюяёіїєАЕИОУЫЭЮЯЁІЇЄ])(?:[А-ЯЁІЇЄҐЎЋЂЉЊЏЈЃЌЅ]?[а-яёіїєґўћђљњџјѓќѕ]+|[А-ЯЁІЇЄҐЎЂЈ]+)"
        ),
    ),
    ("cp1253", re.compile(r"(?=.{1,3}$|.*[άέήίόύώΐΆΈΉΊΌΎΏ]|[Α-Ω]+$)[α-ωά-ώϊϋΐΑ-ΩΆΈΉΊΌΎΏ]+")),
    ("cp1255", re.compile(r"[א-ת\u05b0-\u05c2]+")),
    ("cp1256", re.compile(r"[ء-يپچژگکہےھں\u064b-\u0652]+")),
    ("cp874", re.compile(r"[ก-ฺเ-๎]+")),
)
FOREIGN_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
WORD = re.compile(r"[^\W\d_]+(?:[\u0300-\u036f\u05b0-\u05c2\u064b-\u0652ัิ-ฺ็-๎]+\w*)*")
SAMPLE = 20_000  # bytes of words beyond ASCII that the choice of a code page looks at

SAVE_AS_UTF8 = sentence("Save the file as CSV in UTF-8, as .xlsx or as .ods.")


def decoded(content: bytes) -> tuple[str, Sentence | None]:
    """The text without its byte order mark, and a notice where the encoding had to be recognised.

    Raises `Unreadable`."""
    if content.startswith(codecs.BOM_UTF8):
        content = content[len(codecs.BOM_UTF8) :]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(content), None
    try:
        text, notice = content.decode("utf-8"), None
    except UnicodeDecodeError:
        text, notice = _windows(content)
    _refuse_nul(text)
    return text, notice


def _utf16(content: bytes) -> str:
    try:
        text = content.decode("utf-16")
    except UnicodeDecodeError:
        raise unreadable(
            sentence("The file says that it is UTF-16, but part of it is not."), SAVE_AS_UTF8
        ) from None
    _refuse_nul(text)
    return text


def _refuse_nul(text: str) -> None:
    at = text.find("\0")
    if at >= 0:
        why = sentence("This is not a table of text: it holds zero bytes.")
        raise unreadable(why, SAVE_AS_UTF8, line=1 + len(re.findall(r"\r\n|\n|\r", text[:at])))


def _windows(content: bytes) -> tuple[str, Sentence]:
    read = content.decode("utf-8", "replace")
    broken = read.count("\ufffd")
    if sum(map(len, re.findall(r"[^\x00-\x7f\ufffd]", read))) > broken:
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
    lines = (line.decode(encoding, "replace") for line in re.split(rb"\r\n|\n|\r", content))
    return [Fault(at, "", shown(line), why, wants) for at, line in enumerate(lines, 1) if "\ufffd" in line]


def recognised_page(content: bytes) -> str:
    """The Windows code page whose letters make the best words; cp1252 where nothing speaks."""
    # Imported here: most files are UTF-8 and need none of it.
    from charset_normalizer import from_bytes

    words = b" ".join(sorted(set(FOREIGN_WORD.findall(content))))[:SAMPLE]
    matches = from_bytes(words, cp_isolation=list(PAGES), enable_fallback=False)
    possible = {page for match in matches for page in match.could_be_from_charset} & set(PAGES)
    best, page = 0.0, "cp1252"
    for candidate, pattern in WORDS_OF:
        if candidate in possible:
            found = [word for word in WORD.findall(words.decode(candidate, "replace")) if not word.isascii()]
            worth = sum(pattern.fullmatch(word) is not None for word in found) / max(1, len(found))
            if worth > best:
                best, page = worth, candidate
    return page
