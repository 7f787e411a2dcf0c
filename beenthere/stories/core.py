"""What a piece may hold. Pure: no table, no clock."""

from collections.abc import Callable, Collection, Mapping

from beenthere.foundation.safe_text import is_text
from beenthere.foundation.sentences import Sentence, sentence

LONGEST = 4000  # characters
MOST_EXPERIENCES = 8
LONGEST_NAME = 80  # of an experience in one's own words
LONGEST_CODE = 12  # of a language

EMPTY = sentence("The box is empty. A few words are enough. Nothing was kept yet.")


def fault_of_words(words: object) -> Sentence | None:
    """Why these words cannot be kept as a piece, None when they can."""
    if not isinstance(words, str) or not words.strip():
        return EMPTY
    if len(words) > LONGEST:
        return sentence(
            "That is {count} characters, and a piece holds {most} at most. Nothing is lost: leave out a "
            "part, or make two pieces of it.",
            count=len(words),
            most=LONGEST,
        )
    return None if is_text(words) else sentence("There is a character in it that we cannot keep.")


def fault_of_about(
    about: object, *, stands: Collection[str], is_known: Callable[[str], bool]
) -> Sentence | None:
    """Why `about` (see `models.Piece`) does not say what a piece is about; None when it does."""
    if not isinstance(about, Mapping) or set(about) - {"experiences", "language"}:
        return sentence("What a piece is about has experiences and a language, and nothing else.")
    told = about.get("experiences", [])
    if not isinstance(told, list) or len(told) > MOST_EXPERIENCES:
        return sentence("A piece names {most} experiences at most.", most=MOST_EXPERIENCES)
    if not all(_is_experience(one, stands, is_known) for one in told):
        return sentence("One of the experiences is none that we can keep.")
    names = [one["experience"] for one in told]
    if len(set(names)) < len(names):
        return sentence("The same experience stands there twice.")
    code = about.get("language", "")
    if not isinstance(code, str) or len(code) > LONGEST_CODE or not is_text(code):
        return sentence("The language is named by its short code, such as en.")
    return None


def _is_experience(one: object, stands: Collection[str], is_known: Callable[[str], bool]) -> bool:
    if not isinstance(one, Mapping) or set(one) != {"experience", "known", "stand"}:
        return False
    name, known, stand = one["experience"], one["known"], one["stand"]
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME or not is_text(name):
        return False
    if not isinstance(known, bool) or (known and not is_known(name)):
        return False
    return stand is None or (isinstance(stand, str) and stand in stands)


HIDDEN, REMOVED = "hidden", "removed"


def hiding_of(hidden_until, removed_at, now) -> str:
    """Whether words are kept from all but who wrote them: HIDDEN until somebody has looked, REMOVED by a
    steward, "" for not. The arguments are times; the first two may be None."""
    if removed_at is not None:
        return REMOVED
    return HIDDEN if hidden_until is not None and hidden_until > now else ""
