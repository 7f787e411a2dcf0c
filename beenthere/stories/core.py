"""What a piece may hold, and what must be looked at first. Pure: no table, no clock."""

from collections.abc import Callable, Collection, Mapping

from beenthere.foundation.safe_text import is_text
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.signposts.core.outside import KINDS, heard
from beenthere.signposts.core.strip import cover_of

LONGEST = 4000  # characters
MOST_EXPERIENCES = 8
LONGEST_NAME = 80  # of an experience in one's own words
LONGEST_CODE = 12  # of a language

OUTSIDE = {
    "link": sentence("There seems to be a link in it."),
    "image": sentence("There seems to be an image in it."),
    "phone": sentence("There seems to be a phone number in it."),
    "mail": sentence("There seems to be an e-mail address in it."),
    "handle": sentence("There seems to be a name on another service in it."),
    "address": sentence("There seems to be a postal address in it."),
    "meeting": sentence("There seems to be a place and a time to meet in it."),
}
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


def fault_of_contacts(words: str, about: Mapping) -> Sentence | None:
    """Why these words stay with fewer readers: what in them leads outside of this place. None where nothing
    does."""
    told = texts_of(words, about)
    kinds = {one.kind for text in (*told, "\n".join(told)) for one in heard(text)}
    if not kinds:
        return None
    return sentence(
        "{what} Whoever reads a piece that is open to so many could follow it to you, or to somebody else. "
        "So it stays out of pieces for members or for anyone. Nothing is lost: change it, or choose fewer "
        "who see it. We may be mistaken: then other words will do.",
        what=_all_of([OUTSIDE[kind] for kind in KINDS if kind in kinds]),
    )


def cover_of_piece(words: str, about: Mapping) -> str:
    """The lane for which a piece stands behind a cover, "" for none."""
    return cover_of(*texts_of(words, about))


def texts_of(words: str, about: Mapping) -> list[str]:
    """What its author wrote: the words, and experiences in their own."""
    own = [one["experience"] for one in about.get("experiences", []) if not one["known"]]
    return [words, *own]


def _all_of(parts: list[Sentence]) -> Sentence:
    first, *rest = parts
    return sentence("{first} {next}", first=first, next=_all_of(rest)) if rest else first


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
