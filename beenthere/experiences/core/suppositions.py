"""What is only feared, hoped for, imagined or asked: nothing that was lived through."""

from .clauses import alone, clause_start
from .matching import Match
from .tokens import PAUSE, Sentence
from .words import (
    CLAUSE_BREAKS,
    FEARS,
    HOPES,
    NEGATORS,
    NOT_YET,
    STOPPED,
    SUPPOSING,
    SUPPOSING_MARKS,
    listed,
)

_SUPPOSED = 30  # words that an "if" reaches, over clauses
_FARTHEST = 9  # words that a fear or a wish reaches


def supposed(sentence: Sentence, match: Match) -> bool:
    """Whether the match is only feared, hoped for, asked about or imagined.

    A saying that holds the fear or the wish itself ("want to die", "fear of people") is no supposition.
    """
    if len(match.groups) > 1:
        return any(supposed(sentence, alone(match, group)) for group in match.groups)
    words, language = sentence.words, match.language
    begin = clause_start(words, match.start, language)
    return (
        _conditional(words, match)
        or _nearly(words, match, begin)
        or _feared(words, match, begin)
        or _hoped(words, match, begin)
        or (sentence.asks and _asked(words, match))
    )


def _conditional(words: list[str], match: Match) -> bool:
    """ "if she left me", "what if", and what would follow: "... I would drink"."""
    language = match.language
    opened = False
    for at in range(match.start - 1, max(-1, match.start - _SUPPOSED), -1):
        word = words[at]
        if word in SUPPOSING[language] and at not in match.at and not _as_if(words, at):
            if not opened or at + 12 < match.start:
                return not opened
            break
        if word == PAUSE or word in CLAUSE_BREAKS[language]:
            opened = True
    window = range(max(0, match.start - _SUPPOSED), min(len(words), match.end + _SUPPOSED))
    supposes = any(
        words[at] in SUPPOSING[language] and at not in match.at and not _as_if(words, at) for at in window
    )
    reach = words[max(0, match.start - 4) : match.start + 1]
    return supposes and any(word in SUPPOSING_MARKS[language] or _would(word, language) for word in reach)


def _as_if(words: list[str], at: int) -> bool:
    return words[at] in ("if", "si") and at > 0 and words[at - 1] in ("as", "como", "even", "aunque")


def _would(word: str, language: str) -> bool:
    return (
        language == "es"
        and len(word) > 5
        and word.endswith(("aria", "eria", "iria", "arian", "erian", "irian"))
    )


def _nearly(words: list[str], match: Match, begin: int) -> bool:
    """ "nearly lost my job", "might be fired", "casi pierdo"."""
    before = words[max(begin, match.start - 4) : match.start]
    if any(word in NOT_YET[match.language] for word in before):
        return True
    could = "could" in before and "not" not in before
    return could and words[match.start] in ("lose", "get", "end", "relapse") or before[-2:] == ["about", "to"]


def _feared(words: list[str], match: Match, begin: int) -> bool:
    language = match.language
    words_before = range(match.start - 1, max(begin, match.start - _FARTHEST) - 1, -1)
    for at in words_before:
        if words[at] in FEARS[language] and at not in match.at:
            return _fear_supposes(words, match, words[at + 1 : match.start], language)
    return False


def _fear_supposes(words: list[str], match: Match, between: list[str], language: str) -> bool:
    """Whether what stands between the fear and the match makes the match a thing to come."""
    first = words[match.start]
    if not between:
        return language == "es" and first.endswith(_INFINITIVES)
    if language == "es":
        if between[-1] == "mi":
            return False
        to_come = "que" in between or first.endswith(_INFINITIVES)
        if any(word.endswith(_INFINITIVES) for word in between):
            return True
        return between[0] in ("a", "de", "al", "por", "que", "perder") and (
            to_come or between in (["a"], ["de"], ["al"])
        )
    if between[-1] in ("my", "our"):
        return False
    marks = {"that", "will", "'ll", "might", "could", "would", "going", "may", "'d", "if", "to"}
    if marks.intersection(between):
        return True
    if first.endswith("ing") or any(word.endswith("ing") for word in between):
        return between[0] in ("of", "about", "is", "was")
    return between in (["of"], ["of", "a"], ["of", "the"], ["of", "another"]) or (
        between[0] == "i" and len(between) < 3
    )


_INFINITIVES = ("ar", "er", "ir", "arme", "erme", "irme")
_HOPE_GOES_ON = listed("i that to he she we my they never nobody que no nunca poder ser tener volver con for")


def _hoped(words: list[str], match: Match, begin: int) -> bool:
    """ "I hope I never", "ojala"; "I wish I did not drink" is no wish to drink and stands."""
    language = match.language
    for at in range(match.start - 1, max(begin, match.start - _FARTHEST) - 1, -1):
        if words[at] in HOPES[language] and at not in match.at:
            between = words[at + 1 : match.start]
            if not between or (
                between[0] not in _HOPE_GOES_ON and words[at] not in ("ojala", "imagine", "imagina")
            ):
                return words[at] == "ojala"
            if between[-1] in ("my", "mi") or STOPPED[language].intersection(between):
                return False
            undone = words[at] in ("wish", "wished", "wishing") and NEGATORS[language].intersection(between)
            return not undone
    return False


_ASKS_WHETHER = listed("am is are could can might may would should soy sera puede podria tendre sere estare")
_ASKED = {
    "en": listed("you anyone anybody"),
    "es": listed("alguien usted ustedes has te tienes eres estas"),
}
_MINE = listed("i my me mi yo 've")


def _asked(words: list[str], match: Match) -> bool:
    """Whether a question asks it of others ("have you"), or asks whether it is so ("am I", "could it be")."""
    before = words[: match.start]
    if "else" in before or "mas" in before:
        return False
    if before[:1] and before[0] in _ASKS_WHETHER:
        return True
    near = before[-6:]
    return bool(_ASKED[match.language].intersection(near)) and not _MINE.intersection(near)
