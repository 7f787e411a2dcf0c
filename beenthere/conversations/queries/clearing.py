"""Lines about what became clear: those that are offered, and those that one keeps."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from beenthere.foundation.keys.fields import open_together
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import Person

from ..access import Room
from ..models import ClearLine, Kept, Membership

MOST = 200


@dataclass(frozen=True, slots=True)
class Offered:
    """A line that waits. `mine`: I offered it; `away`: I do not want to see it now."""

    ref: str
    words: str
    mine: bool
    away: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line that somebody keeps. `why` is one of `models.between`; `mine`: their own words. `talk` is the
    ref of its conversation, "" when that is no more."""

    ref: str
    words: str
    why: str
    mine: bool
    at: datetime
    talk: str


def line_waits(room: Room, mine: Membership) -> bool:
    """Whether the other offers a line that one has not put away. One query, nothing is opened."""
    waiting = ClearLine.objects.filter(conversation=room.row, kept_at=None, put_away_at=None)
    return waiting.exclude(author=mine).exists()


def lines_in(room: Room, person: Person) -> list[Offered]:
    """The lines that wait there, oldest first; after the end one's own alone. Whose key is gone is left
    out."""
    found = ClearLine.objects.filter(conversation=room.row, kept_at=None).order_by("pk")
    rows = list(found if room.admits(person.ref) else found.filter(author_ref=person.ref))
    open_together(*rows)
    lines = []
    for row in rows:
        mine = row.author_ref == person.ref
        try:
            away = not mine and row.put_away_at is not None
            lines.append(Offered(row.ref, row.words, mine, away, row.made_at))
        except KeyGone:
            continue
    return lines


def line_for(person: Person, room: Room, ref: str) -> ClearLine:
    """A line that waits or is kept in a room that holds them, else 404; after the end one's own alone."""
    found = ClearLine.objects.select_related("conversation").filter(conversation=room.row, ref=ref)
    line = (found if room.admits(person.ref) else found.filter(author_ref=person.ref)).first()
    if line is None:
        raise Http404
    return line


def kept_of(person: Person, *, most: int = MOST) -> list[KeptLine]:
    """All that one keeps, newest first. Two queries, and one look for the keys."""
    return _kept(person, Kept.objects.filter(person=person).order_by("-pk")[:most])


def kept_in(person: Person, conversation_ref: str, *, most: int = MOST) -> list[KeptLine]:
    """What one keeps of one conversation, oldest first."""
    return _kept(
        person, Kept.objects.filter(person=person, conversation=conversation_ref).order_by("pk")[:most]
    )


def kept_for(person: Person, ref: str) -> Kept:
    """A line that they keep, else 404."""
    found = Kept.objects.filter(person=person, ref=ref).first()
    if found is None:
        raise Http404
    return found


def _kept(person: Person, found) -> list[KeptLine]:
    rows = list(found)
    open_together(*rows)
    seats = Membership.objects.filter(person=person, conversation__ref__in={row.conversation for row in rows})
    mine = dict(seats.values_list("conversation__ref", "ref")) if rows else {}
    return [
        KeptLine(
            row.ref,
            row.words,
            row.why,
            mine.get(row.conversation) == row.author,
            row.made_at,
            row.conversation if row.conversation in mine else "",
        )
        for row in rows
    ]
