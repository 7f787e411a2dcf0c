"""What a clause does to a match: denies it, or says that it is over.

Words are folded and compared as they stand; numbers are positions in the sentence.
"""

from .matching import Match
from .phrases import is_number
from .tokens import PAUSE
from .words import (
    CLAUSE_BREAKS,
    COORDINATORS,
    EXCESS,
    NEGATION_PASSES,
    NEGATORS,
    NOT_DENYING,
    OPEN_SUBJECTS,
    STOPPED,
    STOPPING,
    STOPPING_PASSES,
    UNSURE,
    listed,
)

DENIED, OVER, STANDS = "denied", "over", None
LONGEST_CLAUSE = 40  # words; a bound, so that a text without an end is read in good time
_FARTHEST = 9  # words that a negation reaches


def clause_start(words: list[str], at: int, language: str, *, lists: bool = False) -> int:
    """Where the clause of word `at` begins. With `lists`, a comma inside a list does not begin one."""
    first = max(0, at - LONGEST_CLAUSE)
    for place in range(at - 1, first - 1, -1):
        word = words[place]
        if word == PAUSE and not (lists and _inside_list(words, place, at, language)):
            return place + 1
        if word in CLAUSE_BREAKS[language]:
            return place + 1
        if word in COORDINATORS[language] and _begins_clause(words, place, language):
            return place + 1
    return first


def _begins_clause(words: list[str], place: int, language: str) -> bool:
    """Whether "and" at `place` opens a clause of its own rather than going on with a list."""
    following = words[place + 1] if place + 1 < len(words) else ""
    return words[place] in ("and", "y", "e") and (language == "es" or following in OPEN_SUBJECTS)


def _inside_list(words: list[str], comma: int, at: int, language: str) -> bool:
    """ "never depression, panic or drink": few words after the comma, then a comma or an "or"."""
    after = words[comma + 1 : at + 6]
    stop = next((n for n, word in enumerate(after) if word == PAUSE or word in COORDINATORS[language]), None)
    first = after[0] if after else ""
    return (
        stop is not None and stop <= 3 and first not in OPEN_SUBJECTS and first not in CLAUSE_BREAKS[language]
    )


def denial(words: list[str], match: Match, denied: frozenset[int] | set[int] = frozenset()) -> str | None:
    """DENIED when the clause says it is not so, OVER when it is so no longer, else STANDS.

    `denied` are words of earlier matches that were denied: "never abused or bullied" denies both.
    """
    language = match.language
    if any(words[at] in NEGATORS[language] for at in match.at):
        return STANDS
    if len(match.groups) > 1:
        each = [denial(words, alone(match, group), denied) for group in match.groups]
        return DENIED if DENIED in each else OVER if OVER in each else STANDS
    begin = clause_start(words, match.start, language, lists=True)
    at = _negator(words, match, begin, denied)
    if at is not None:
        if any(word in ("wish", "wished", "wishing") for word in words[begin:at]):
            return STANDS  # "I wish I did not drink so much"
        return _kind_of_denial(words, match, at, begin)
    return OVER if _stopped(words, match, begin) else STANDS


def alone(match: Match, group: tuple[int, int]) -> Match:
    return match._replace(at=tuple(range(group[0], group[1] + 1)), groups=())


def _negator(words: list[str], match: Match, begin: int, denied: frozenset[int] | set[int]) -> int | None:
    """The place of the negation that denies the match, inside it or before it."""
    language = match.language
    inside = set(range(match.start, match.end + 1)) - set(match.at)
    for at in sorted(inside):
        if words[at] in NEGATORS[language] and words[at + 1] not in NOT_DENYING[language]:
            return at
    for at in range(match.start - 1, max(begin, match.start - _FARTHEST) - 1, -1):
        word = words[at]
        if word in NEGATORS[language]:
            if words[at + 1] in NOT_DENYING[language] or _cannot_believe(words, at):
                return None
            return at
        if word not in NEGATION_PASSES[language] and word != PAUSE and at not in denied:
            return None
    return None


def _cannot_believe(words: list[str], at: int) -> bool:
    return (
        at > 0
        and words[at - 1] in ("can", "could")
        and words[at + 1] in ("believe", "think", "go", "live", "be")
    )


def _kind_of_denial(words: list[str], match: Match, at: int, begin: int) -> str | None:
    language = match.language
    around = words[max(begin, at - 8) : match.end + 8]
    if PAUSE in words[match.end : match.end + 8]:
        around = words[max(begin, at - 8) : words.index(PAUSE, match.end)]
    if words[at] in ("without", "sin"):
        if any(word in NEGATORS[language] for word in words[begin:at]):
            return STANDS
        return OVER if _has_duration(around) else DENIED
    if words[at] == "no" and words[at + 1] == "longer":
        return OVER
    after = words[match.end + 1 : match.end + 6]
    if language == "en":
        if "anymore" in after or ("any" in after and ("more" in after or "longer" in after)):
            return OVER
        perfect = any(
            word in ("have", "has", "had", "'ve", "'s") for word in words[max(begin, at - 2) : at + 2]
        )
        if (perfect and (_has_duration(after) or "since" in after)) or "again" in after:
            return OVER
        return DENIED
    near = words[max(0, at - 2) : at + 3] + after[:2]
    if "ya" in near or any(
        word in words[at : match.start] for word in ("vuelto", "volvi", "volvimos", "mas")
    ):
        return OVER
    if _has_duration(around) or ("desde" in after and "desde" not in words[at : match.start]):
        return OVER
    return DENIED


_SPANS = listed("years year months days weeks decade decades anos ano meses dias semanas decadas")


def _has_duration(words: list[str]) -> bool:
    """ "for ten years", "in 3 months", "hace dos anos"."""
    return any(
        word in _SPANS and any(map(is_number, words[max(0, at - 2) : at])) for at, word in enumerate(words)
    )


def _stopped(words: list[str], match: Match, begin: int) -> bool:
    """ "stopped drinking", "gave up the drink", "deje de beber"; not "cannot stop drinking"."""
    language = match.language
    for at in range(match.start - 1, max(begin, match.start - 5) - 1, -1):
        if words[at] in STOPPED[language]:
            before = words[max(begin, at - 5) : at]
            return not any(word in NEGATORS[language] or word in UNSURE[language] for word in before)
        if words[at] not in STOPPING_PASSES[language]:
            return False
    return False


def says_stopped(words: list[str], match: Match) -> bool:
    """Whether the saying itself tells of an end that came: "quit drinking", not "trying to quit drinking"."""
    language = match.language
    ends = [at for at in match.at if words[at] in STOPPED[language]]
    before = words[max(0, match.start - 5) : ends[0]] if ends else []
    return bool(ends) and not any(word in NEGATORS[language] or word in UNSURE[language] for word in before)


def supported(words: list[str], match: Match) -> bool:
    """Whether a word too common to count alone counts here: "my drinking", "cannot stop", "too much"."""
    before = words[max(0, match.start - 5) : match.start]
    after = words[match.end + 1 : match.end + 4]
    return (
        before[-1:] in (["my"], ["mi"])
        or bool(STOPPING[match.language].intersection(before))
        or bool(EXCESS[match.language].intersection(after))
    )
