"""Members read from their tables for the pool, and looked at again before two are chosen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, Sum

from beenthere.experiences.core import understand
from beenthere.experiences.queries import is_experience, vocabulary_at_hand
from beenthere.foundation import clock
from beenthere.foundation.keys.fields import open_together
from beenthere.foundation.keys.opening import KeyGone
from beenthere.matching.core import reading
from beenthere.matching.models import Card, Telling
from beenthere.people.models import MEMBER, Block, Person
from beenthere.people.queries.never import digests_of
from beenthere.stories.access import quotable
from beenthere.stories.models import Piece
from beenthere.stories.queries import quotable_pieces_of

AT_ONCE = 500  # people read together


@dataclass(frozen=True)
class Marks:
    """What shows whether a member changed: when they told, and their quotable pieces."""

    told_at: datetime | None = None
    pieces: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True)
class Read:
    """A member as read, and the pieces behind, by their mark."""

    marks: Marks
    member: reading.Member
    called: frozenset[str]  # digests by which somebody's never finds them
    pieces: dict[tuple[str, datetime], reading.Piece]


def who_is_open() -> Q:
    """Who may be introduced: members who have not paused and have room for anybody at all."""
    return Q(standing=MEMBER, paused_at=None, capacity__gt=0)


def fingerprint() -> tuple:
    """Differs when somebody comes or goes, tells something else or changes a quotable piece."""
    here = Person.objects.filter(who_is_open()).aggregate(Count("pk"), Sum("pk"))
    told = Telling.objects.aggregate(Count("pk"), Max("changed_at"))
    written = Piece.objects.filter(quotable()).aggregate(Count("pk"), Sum("pk"), Max("changed_at"))
    return (*here.values(), *told.values(), *written.values())


def marks_of(refs: Collection[str] | None = None) -> dict[str, Marks]:
    """The marks of everybody who may be introduced; with `refs`, of those among them."""
    people, told, written = Person.objects.filter(who_is_open()), Telling.objects, Piece.objects
    if refs is not None:
        people = people.filter(ref__in=refs)
        told, written = told.filter(person__ref__in=refs), written.filter(author__ref__in=refs)
    told_at = dict(told.values_list("person__ref", "changed_at"))
    pieces: dict[str, list[tuple[str, datetime]]] = {}
    for author, ref, at in written.filter(quotable()).values_list("author__ref", "ref", "changed_at"):
        pieces.setdefault(author, []).append((ref, at))
    return {
        ref: Marks(told_at.get(ref), tuple(sorted(pieces.get(ref, ()))))
        for ref in people.values_list("ref", flat=True)
    }


def are_as_read(marks: dict[str, Marks]) -> bool:
    """Whether all of these are still here, open and unchanged."""
    return marks_of(marks) == marks


def read(marks: dict[str, Marks], before: dict[str, Read]) -> dict[str, Read]:
    """The members of `marks`, read from their rows; pieces that `before` knows are not understood again.
    Who is just leaving (their key is gone) is left out."""
    refs, found = sorted(marks), {}
    for at in range(0, len(refs), AT_ONCE):
        found |= _read_some({ref: marks[ref] for ref in refs[at : at + AT_ONCE]}, before)
    return found


def _read_some(marks: dict[str, Marks], before: dict[str, Read]) -> dict[str, Read]:
    people = list(Person.objects.filter(ref__in=marks))
    tellings = {one.person.ref: one for one in Telling.objects.filter(person__in=people).select_related()}
    written = quotable_pieces_of(list(marks))
    open_together(*people, *tellings.values(), *(piece for some in written.values() for piece in some))
    found = {}
    for person in people:
        known = before[person.ref].pieces if person.ref in before else {}
        try:
            pieces = {
                (row.ref, row.changed_at): known.get((row.ref, row.changed_at)) or _piece(row)
                for row in written.get(person.ref, ())
            }
            told = tellings[person.ref].held if person.ref in tellings else {}
            one = _member(person, told, pieces.values())
        except KeyGone:
            continue
        found[person.ref] = Read(marks[person.ref], one, digests_of(one.name), pieces)
    return found


def _piece(row: Piece) -> reading.Piece:
    understood = understand(row.words, vocabulary=vocabulary_at_hand())
    about = reading.named(row.about.get("experiences", ()), is_experience)
    return reading.Piece(row.ref, row.words, about, understood)


def _member(person: Person, told: dict, pieces: Iterable[reading.Piece]) -> reading.Member:
    language = person.prefers.get("language") or "en"
    return reading.member(
        person.ref, told, pieces, name=person.name, language=language, is_known=is_experience
    )


def blocked() -> dict[str, set[str]]:
    """By ref, who is apart from them by a block of either. Never kept: read whenever somebody chooses."""
    found: dict[str, set[str]] = {}
    for a, b in Block.objects.values_list("by_person__ref", "other__ref"):
        found.setdefault(a, set()).add(b)
        found.setdefault(b, set()).add(a)
    return found


def with_room_now() -> set[str]:
    return set(Person.objects.filter(room_now_until__gt=clock.now()).values_list("ref", flat=True))


def open_cards() -> dict[str, int]:
    """How many introductions each person has before them, by ref."""
    rows = Card.objects.filter(ended_at=None).values_list("person__ref").annotate(Count("pk"))
    return dict(rows)
