"""Which Windows code page a text was written in.

charset-normalizer says which pages are possible; among them it takes Central for Western European, and
Cyrillic for Hebrew, so the choice is by the letters that languages use. It looks at the set of words and
never at their order, so that the order of rows changes nothing.
"""

import unicodedata
from collections.abc import Callable

from beenthere.foundation.sentences import sentence

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
SAMPLE = 20_000  # bytes of words beyond ASCII that the choice looks at
NO_LETTERS = bytes(one for one in range(128) if not chr(one).isalpha())
TO_BLANKS = bytes.maketrans(NO_LETTERS, b" " * len(NO_LETTERS))
CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўћђљњџјѓќѕ")
CYRILLIC_VOWELS = frozenset("аеиоуыэюяёіїє")
GREEK = frozenset("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐ")
GREEK_ACCENTED = frozenset("άέήίόύώΐ")
HEBREW = frozenset(map(chr, (*range(0x5B0, 0x5C3), *range(0x5D0, 0x5EB))))
ARABIC = frozenset(map(chr, range(0x621, 0x653))) | frozenset("پچژگکہےھں")
THAI = frozenset(map(chr, range(0xE01, 0xE4F)))


def recognised_page(content: bytes) -> str:
    """The Windows code page whose letters make the best words; cp1252 where nothing speaks."""
    # Imported here: most files are UTF-8 and need none of it.
    from charset_normalizer import from_bytes

    foreign = {word for word in content.translate(TO_BLANKS).split() if not word.isascii()}
    sample = b" ".join(sorted(foreign))[:SAMPLE]
    matches = from_bytes(sample, cp_isolation=list(PAGES), enable_fallback=False)
    possible = {page for match in matches for page in match.could_be_from_charset} & set(PAGES)
    words = {page: _words(sample.decode(page, "replace")) for page in possible}
    best, chosen = 0.0, "cp1252"
    for page, is_word in LANGUAGES:
        if page in possible:
            worth = sum(map(is_word, words[page])) / max(1, len(words[page]))
            if worth > best:
                best, chosen = worth, page
    return chosen


def _words(text: str) -> list[str]:
    """The words that hold a letter beyond ASCII; signs such as ³ count, since a wrong page makes them."""
    letters = "".join(one if unicodedata.category(one)[0] in "LMN" else " " for one in text)
    return [word for word in letters.split() if not word.isascii()]


def _latin(letters: str) -> Callable[[str], bool]:
    """Tells words of a to z and `letters`, of which three never stand in a row."""

    def is_word(word: str) -> bool:
        foreign = [not one.isascii() for one in word]
        in_a_row = any(all(three) for three in zip(foreign, foreign[1:], foreign[2:], strict=False))
        return not in_a_row and all(one.isascii() or one in letters for one in word.lower())

    return is_word


def _is_cyrillic(word: str) -> bool:
    """A longer word has a vowel and no capital inside: else Hebrew and Arabic would pass for it."""
    low = word.lower()
    is_cased = word.isupper() or word[1:] == low[1:]
    return is_cased and CYRILLIC.issuperset(low) and (len(word) < 3 or not CYRILLIC_VOWELS.isdisjoint(low))


def _is_greek(word: str) -> bool:
    """A longer word has an accent unless it is in capitals: else Hebrew would pass for it."""
    low = word.lower()
    return GREEK.issuperset(low) and (len(word) < 4 or word.isupper() or not GREEK_ACCENTED.isdisjoint(low))


# The likelier first: where two do equally well, the first is taken. One language at a time: with the
# letters of all, Hungarian read as Portuguese would pass for good Western European.
LANGUAGES = (
    ("cp1252", _latin("áéíóúüñªº")),
    ("cp1252", _latin("àâæçéèêëîïôœùûüÿ")),
    ("cp1252", _latin("äöüßé")),
    ("cp1252", _latin("áâãàçéêíóôõúü")),
    ("cp1252", _latin("àèéìíòóùïüç")),
    ("cp1252", _latin("åäöæøéü")),
    ("cp1254", _latin("çğıöşüâîû\u0307")),
    ("cp1252", _latin("áéíóúýðþæö")),
    ("cp1250", _latin("ąćęłńóśźż")),
    ("cp1250", _latin("áčďéěíňóřšťúůýžäôľĺŕ")),
    ("cp1250", _latin("áéíóöőúüű")),
    ("cp1250", _latin("ăâîşţ")),
    ("cp1250", _latin("čćđšž")),
    ("cp1257", _latin("ąčęėįšųūž")),
    ("cp1257", _latin("āčēģīķļņšūž")),
    ("cp1258", _latin("ăâđêôơưáéíóúàèìòùãõý\u0300\u0301\u0303\u0309\u0323")),
    ("cp1251", _is_cyrillic),
    ("cp1253", _is_greek),
    ("cp1255", HEBREW.issuperset),
    ("cp1256", ARABIC.issuperset),
    ("cp874", THAI.issuperset),
)
