"""Short quotes of a person's own words."""

from beenthere.matching.core.words import tokens

LONGEST = 90
_ENDS = ".!?\n;…"


def quote_around(words: str, start: int, end: int, longest: int = LONGEST) -> str:
    """The sentence of `words` around start..end, at most `longest` characters, cut between words with an
    ellipsis where something is left out."""
    first = max((words.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    ends = [at for at in (words.find(mark, end) for mark in _ENDS) if at >= 0]
    last = min(ends) + 1 if ends else len(words)
    while first < start and words[first].isspace():
        first += 1
    return " ".join(_cut(words, first, last, start, end, longest).split())


def _cut(words: str, first: int, last: int, start: int, end: int, longest: int) -> str:
    if last - first <= longest:
        return words[first:last]
    spare = max(0, longest - 2 - (end - start)) // 2
    left, right = max(first, start - spare), min(last, end + spare)
    left = max(first, min(left, right - longest + 2))
    right = min(last, max(right, left + longest - 2), left + longest - 2)
    if left > first:
        blank = words.find(" ", left, start + 1)
        left = blank + 1 if blank >= 0 else left
    if right < last:
        blank = words.rfind(" ", min(end, right), right + 1)
        right = blank if blank > left else right
    return ("…" if left > first else "") + words[left:right].strip() + ("…" if right < last else "")


def where_said(words: str, word: str) -> tuple[int, int]:
    """Where `word` (in lower case) first stands in `words`; (0, 0) when it does not."""
    at = 0
    for piece in words.split():
        at = words.index(piece, at)
        if word in tokens(piece):
            return at, at + len(piece)
        at += len(piece)
    return 0, 0
