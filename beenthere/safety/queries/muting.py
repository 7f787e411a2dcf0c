"""What somebody muted, for themself."""

from dataclasses import dataclass

from django.http import Http404

from beenthere.conversations.queries import conversations_of
from beenthere.people.models import TALK, Person
from beenthere.people.queries.muting import mutes_of
from beenthere.stories.access import get_piece_for


@dataclass(frozen=True, slots=True)
class Muted:
    """`name` of the other in a talk that is open, else None; `words` of the piece, "" where it is not there
    any more. `ref` names the mute."""

    ref: str
    kind: str
    subject: str
    name: str | None
    words: str


def mutes_shown(person: Person) -> list[Muted]:
    """Newest first. One query where there is none."""
    rows = mutes_of(person)
    names = {}
    if any(row.kind == TALK for row in rows):
        names = {line.ref: line.name for line in conversations_of(person)}
    return [
        Muted(row.ref, row.kind, row.subject, names.get(row.subject), _words(person, row)) for row in rows
    ]


def _words(person: Person, row) -> str:
    if row.kind == TALK:
        return ""
    try:
        return get_piece_for(person, row.subject).words
    except Http404:
        return ""
