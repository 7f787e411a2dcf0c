"""A person's words as sentences of folded words, with the way back to where each one stood."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from .forms import FINAL, IRREGULAR, pieces
from .words import TELLTALE

SENTENCE_END = "."
QUESTION = "?"
PAUSE = ","  # comma, bracket, dash: the end of a clause, not of a sentence
_ENDS = (SENTENCE_END, QUESTION)
MARKS = frozenset((SENTENCE_END, QUESTION, PAUSE))
_LONGEST_STEMMED = 40


class _Folding(dict):
    """Character -> one folded character, filled as characters are met; `spaced` sets marks apart."""

    def __init__(self, *, spaced: bool) -> None:
        self.spaced = spaced

    def __missing__(self, code: int) -> str | None:
        self[code] = said = _mark(code, self.spaced) or _letter(chr(code))
        return said


def _mark(code: int, spaced: bool) -> str | None:
    char = chr(code)
    if char in ".!;:\n\r\u2026\u00bf\u00a1\u2022\u2028\u2029\u3002":
        mark = SENTENCE_END
    elif char in "?\uff1f":
        mark = QUESTION
    elif char in ",()[]\u2014\u2013\u3001":
        mark = PAUSE
    elif char in "'\u2019\u2018`\u00b4\u02bc":
        return "'"
    else:
        return None
    return f" {mark} " if spaced else mark


def _letter(char: str) -> str | None:
    """One lower-case character without its accent; None for a mark that only combines; else a blank."""
    if unicodedata.combining(char):
        return None
    for part in unicodedata.normalize("NFKD", char).lower():
        if part.isalnum():
            return part
    return " "


_SPACED, _PLAIN = _Folding(spaced=True), _Folding(spaced=False)


@dataclass(slots=True)
class Sentence:
    """The words of one sentence, contractions undone, pauses kept as `,`.

    `raw` is, for each word, its number among the raw tokens of the whole text; `asks` when it ended
    with a question mark.
    """

    words: list[str]
    raw: list[int]
    asks: bool = False


@lru_cache(maxsize=20_000)
def _pieces(word: str) -> tuple[str, ...]:
    return pieces(word.strip("'"))


def split(text: str) -> list[Sentence]:
    """The sentences of `text`, in order; none is empty."""
    found: list[Sentence] = []
    words: list[str] = []
    raw: list[int] = []
    for number, token in enumerate(text.replace(" - ", " , ").translate(_SPACED).split()):
        if token in _ENDS:
            if words:
                found.append(Sentence(words, raw, token == QUESTION))
                words, raw = [], []
        elif token == PAUSE:
            if words:
                words.append(token)
                raw.append(number)
        else:
            for piece in _pieces(token):
                words.append(piece)
                raw.append(number)
    if words:
        found.append(Sentence(words, raw))
    return found


def offsets(text: str) -> list[tuple[int, int]]:
    """Where each raw token of `split` stands in `text`, as (start, end), its combining marks included."""
    text = text.replace(" - ", " , ")
    plain = text.translate(_PLAIN)
    kept = None
    if len(plain) != len(text):
        kept = [at for at, char in enumerate(text) if _PLAIN[ord(char)] is not None]
    places, at = [], 0
    for token in text.translate(_SPACED).split():
        at = plain.find(token, at)
        start, last = at, at + len(token) - 1
        if kept is None:
            places.append((start, last + 1))
        else:
            places.append((kept[start], _after_marks(text, kept[last] + 1)))
        at += len(token)
    return places


def _after_marks(text: str, end: int) -> int:
    while end < len(text) and _PLAIN[ord(text[end])] is None:
        end += 1
    return end


def folded_words(text: str) -> list[str]:
    """All words of a short text, marks left out: for sayings and names."""
    return [word for sentence in split(text) for word in sentence.words if word not in MARKS]


_STEMMERS = {"en": snowballstemmer.stemmer("english"), "es": snowballstemmer.stemmer("spanish")}
_ACCENTED = (("cion", "ci\u00f3n"), ("sion", "si\u00f3n"))
_KEPT_SHORT = 3


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """What inflections of `word` (folded) have in common in `language`.

    Irregular forms come first. The Spanish stemmer expects accents on some endings; folding took them
    away, so they are put back here, the same for sayings and for what people write.
    """
    base = IRREGULAR[language].get(word, word)
    if len(base) <= _KEPT_SHORT or len(base) > _LONGEST_STEMMED or base in FINAL:
        return base
    if language == "es":
        for bare, accented in _ACCENTED:
            if base.endswith(bare):
                base = base[: -len(bare)] + accented
                break
        else:
            if len(base) > 5 and base.endswith(("ia", "ias", "ian")):
                base = base[: base.rindex("ia")] + "\u00ed" + base[base.rindex("ia") + 1 :]
    said = _STEMMERS[language].stemWord(base)
    said = said if said.isascii() else "".join(_letter(char) or "" for char in said)
    return base if said in TELLTALE[language] else said  # "queer" is not "que", "outed" not "out"


_FEWEST_IN_A_CUE = {"en": 4, "es": 5}


@lru_cache(maxsize=50_000)
def cue_form(word: str, language: str) -> str:
    """What `word` (folded) counts as inside a cue: its irregular base, its stem when that is long enough
    to stand for nothing else, else the word, a plural s aside."""
    base = IRREGULAR[language].get(word)
    if base:
        return base
    said = stem(word, language)
    if len(said) >= _FEWEST_IN_A_CUE[language]:
        return said
    return word[:-1] if word.endswith("s") and len(word) > _KEPT_SHORT else word


def forget_words() -> None:
    """Empties what is remembered of single words."""
    for remembered in (_pieces, stem, cue_form):
        remembered.cache_clear()
