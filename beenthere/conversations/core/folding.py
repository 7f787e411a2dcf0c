"""Words folded and cut to their stems, so that "Voices" is found by "voice". Light, English and Spanish.

The rules stand in `static/conversations/stems.json`; `static/conversations/folding.js` reads them too and
answers alike. Of a text without words by which its language shows, both languages' stems are taken.
"""

import json
import unicodedata
from collections.abc import Collection
from functools import cache, lru_cache
from pathlib import Path

import re2

FILE = Path(__file__).resolve().parents[1] / "static" / "conversations" / "stems.json"
LANGUAGES = ("en", "es")
APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc")
WORD = re2.compile(r"[\pL\pN\pM]+")
# One asked-for word: its stem in each language. A text holds it when it holds one of them.
Asked = tuple[str, ...]


def words_of(text: str) -> list[str]:
    """The words of `text` in order, in small letters and without accents."""
    plain = unicodedata.normalize("NFKD", text.translate(APOSTROPHES))
    plain = "".join(one for one in plain if unicodedata.category(one) != "Mn").lower()
    return WORD.findall(plain)


def stems_of(text: str, *, stops: bool = False) -> frozenset[str]:
    """The stems in `text`, each with its language ("en:voic"); without the words that every text has,
    unless `stops`."""
    words = set(words_of(text))
    return frozenset(
        f"{language}:{stem(word, language)}"
        for language in languages_of(words)
        for word in words
        if stops or _counts(word, language)
    )


def asked_in(text: str, *, stops: bool = False) -> tuple[Asked, ...]:
    """The words that somebody looks for, or does not want to meet, each as its stems."""
    words = dict.fromkeys(words_of(text))
    return tuple(
        tuple(f"{language}:{stem(word, language)}" for language in LANGUAGES)
        for word in words
        if stops or all(_counts(word, language) for language in LANGUAGES)
    )


def holds_all(stems: Collection[str], asked: tuple[Asked, ...]) -> bool:
    """Whether a text with these stems holds all that is asked for; never, when nothing is."""
    return bool(asked) and all(any(one in stems for one in word) for word in asked)


def is_muted(text: str, entries: Collection[tuple[Asked, ...]]) -> bool:
    """Whether `text` holds one of `entries` (each as `asked_in` made it)."""
    if not entries:
        return False
    stems = stems_of(text, stops=True)
    return any(holds_all(stems, entry) for entry in entries)


def languages_of(words: Collection[str]) -> tuple[str, ...]:
    """The language in which most of these words are so common that they tell nothing else; all, when none
    leads."""
    counts = [len(_rules()[language]["stop"].intersection(words)) for language in LANGUAGES]
    most = max(counts)
    return LANGUAGES if counts.count(most) > 1 else (LANGUAGES[counts.index(most)],)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """The stem of a folded word."""
    rules, word = _rules()[language], word[: _rules()["longest"]]
    while (shorter := _cut(word, rules["ends"])) != word:
        word = shorter
        if not rules["again"]:
            break
    if len(word) > _rules()["least"] and word[-1] == word[-2] and word[-1] in rules["double"]:
        word = word[:-1]
    return _cut(word, rules["last"])


def _cut(word: str, ends: list[list[str]]) -> str:
    """`word` with the first of `ends` that fits replaced: enough must stay, with a vowel in it."""
    for end, instead in ends:
        if word.endswith(end):
            if end == instead:
                return word
            shorter = word[: -len(end)] + instead
            if len(shorter) >= _rules()["least"] and any(one in _rules()["vowels"] for one in shorter):
                return shorter
    return word


def _counts(word: str, language: str) -> bool:
    return len(word) > 1 and word not in _rules()[language]["stop"]


@cache
def _rules() -> dict:
    told = json.loads(FILE.read_text(encoding="utf-8"))
    for language in LANGUAGES:
        told[language]["stop"] = frozenset(told[language]["stop"].split())
    return told
