"""One member as matching reads them: what they told, and the pieces that may be quoted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from beenthere.matching.core.lending import Part
from beenthere.matching.core.people import HOPES, STANDS, Named, Person, folded

MOST_PIECES = 20
SOON, CLOSER = "soon", "closer"


@dataclass(frozen=True, slots=True)
class Piece:
    """A quotable piece: its words, what its author says it is about, and what was understood."""

    ref: str
    words: str
    about: tuple[Named, ...] = ()
    understood: tuple = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member in memory. `understood` has places in `person.words`; `parts` say whose words stand where."""

    person: Person
    understood: tuple
    parts: tuple[Part, ...]
    name: str
    wish: str


def member(
    ref: str,
    held: Mapping,
    pieces: Iterable[Piece],
    *,
    name: str,
    language: str,
    is_known: Callable[[str], bool],
) -> Member:
    """`held` as in `Telling.held`, empty for one who told nothing; `language` is spoken by who told none;
    of `pieces` (oldest first) the newest count."""
    words, parts, understood, about = "", [], [], []
    for piece in list(pieces)[-MOST_PIECES:]:
        start = len(words)
        keys = frozenset(one.experience for one in piece.about if one.known)
        parts.append(Part(start, piece.ref, piece.words, keys))
        understood += [replace(one, start=one.start + start, end=one.end + start) for one in piece.understood]
        about += piece.about
        words += f"{piece.words}\n\n"
    person = Person(
        ref=ref,
        words=words,
        experiences=_once((*named(held.get("experiences", ()), is_known), *about)),
        hopes=frozenset(one for one in held.get("hopes", ()) if one in HOPES),
        languages=tuple(held.get("languages") or (language,)),
        timezone=held.get("timezone", ""),
        leave_out=named(held.get("leave_out", ()), is_known),
    )
    wish = SOON if held.get("wish") == SOON else CLOSER
    return Member(person, tuple(understood), tuple(parts), name, wish)


def named(told: Iterable[Mapping], is_known: Callable[[str], bool]) -> tuple[Named, ...]:
    """From `{"experience", "known", "stand"}` to what is compared. An id that the vocabulary no longer
    has is compared as words."""
    found = []
    for one in told:
        experience, stand = one.get("experience"), one.get("stand")
        if isinstance(experience, str) and experience.strip():
            known = bool(one.get("known", True)) and is_known(experience)
            found.append(Named(experience, stand if stand in STANDS else None, known))
    return tuple(found)


def _once(all_named: tuple[Named, ...]) -> tuple[Named, ...]:
    """Each experience once: what was told first counts, and what it left open may come later."""
    found: dict[str, Named] = {}
    for one in all_named:
        key = one.experience if one.known else f"written:{folded(one.experience)}"
        if key not in found or (found[key].stand is None and one.stand):
            found[key] = one
    return tuple(found.values())
