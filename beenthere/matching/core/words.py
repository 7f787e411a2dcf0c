"""The words of people as stems: what closeness of words compares."""

import unicodedata
from typing import NamedTuple

from beenthere.matching.core.everyday import EVERYDAY_WORDS, STOP_WORDS

LANGUAGES = ("en", "es")
_APOSTROPHES = {ord(mark): "'" for mark in "’ʼ‘`´"}


class _LettersOnly(dict):
    """A translation that keeps letters, marks and apostrophes, and turns all else into a blank."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kept = letter if letter == "'" or unicodedata.category(letter)[0] in "LM" else " "
        self[code] = kept
        return kept


_LETTERS_ONLY = _LettersOnly()


class Stem(NamedTuple):
    """A stem as it is compared, and whether the word behind it is one of every day."""

    text: str
    everyday: bool


def tokens(text: str) -> list[str]:
    """The words of `text` in lower case, in order, composed (NFC), with apostrophes made plain."""
    plain = unicodedata.normalize("NFC", text.translate(_APOSTROPHES)).casefold()
    return [word.strip("'") for word in plain.translate(_LETTERS_ONLY).split() if word.strip("'")]


def language_of(words: list[str], spoken: tuple[str, ...]) -> str:
    """The language whose stop words these words hold most of; where neither, one that is spoken."""
    held = {one: sum(word in STOP_WORDS[one] for word in words) for one in LANGUAGES}
    if held["en"] != held["es"]:
        return max(LANGUAGES, key=held.__getitem__)
    primary = [language.split("-")[0].casefold() for language in spoken]
    return next((one for one in primary if one in LANGUAGES), "en")


class Wording:
    """Finds the stems of many texts; what it has seen of their words is forgotten with it."""

    def __init__(self) -> None:
        import snowballstemmer  # here, since reading a sheet needs none of it

        self._stemmers = {
            "en": snowballstemmer.stemmer("english"),
            "es": snowballstemmer.stemmer("spanish"),
        }
        self._known: dict[tuple[str, str], Stem | None] = {}

    def stems(self, text: str, spoken: tuple[str, ...] = ("en",)) -> dict[Stem, tuple[int, str]]:
        """Each stem in `text` with how often it stands there and the first word that had it."""
        words = tokens(text)
        language = language_of(words, spoken)
        found: dict[Stem, tuple[int, str]] = {}
        for word in words:
            stem = self._stem(word, language)
            if stem is not None:
                times, first = found.get(stem, (0, word))
                found[stem] = (times + 1, first)
        return found

    def _stem(self, word: str, language: str) -> Stem | None:
        key = (language, word)
        if key not in self._known:
            self._known[key] = self._found(word, language)
        return self._known[key]

    def _found(self, word: str, language: str) -> Stem | None:
        if word in STOP_WORDS[language] or len(word) < 2:
            return None
        text = _unaccented(self._stemmers[language].stemWord(word.removesuffix("'s")))
        return Stem(text, word in EVERYDAY_WORDS[language]) if text else None


def _unaccented(text: str) -> str:
    """Without the accents that people leave out when they type; ñ stays a letter of its own."""
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in "\u0301\u0300\u0308"))
