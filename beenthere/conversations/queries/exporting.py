"""Taking a conversation along: one's own words, and the others' where those said that one may."""

from dataclasses import dataclass

from beenthere.people.models import Person

from ..access import Room
from ..models import Message
from ..models.between import EXPORT
from .talk import Said, said_in, seen_by
from .wanting import wants_in

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Export:
    """`name`: what the other is called there, None where their words are not in it."""

    name: str | None
    said: list[Said]

    def plain(self) -> dict:
        """As plain values: nobody's ref is in it."""
        return {"with": self.name, "said": [_plain(one) for one in self.said]}


def may_take_theirs(person: Person, room: Room) -> bool:
    """Whether the words of all the others may come along: they said so, and it is open. One query."""
    others = set(room.members) - {person.ref}
    return room.admits(person.ref) and bool(others) and others <= wants_in(room).get(EXPORT, set())


def export_for(person: Person, room: Room) -> Export:
    """All that `person` may take along of a conversation, in order, without what was taken back."""
    room, _mine, name = seen_by(person, room)
    whole = may_take_theirs(person, room)
    found = Message.objects.filter(conversation=room.row, withdrawn_at=None).order_by("number")
    if not whole:
        found = found.filter(author_ref=person.ref)
    said, last = [], 0
    while rows := _next(found, last):
        said += [one for one in said_in(rows, person.ref) if not one.withdrawn]
        last = rows[-1].number
    return Export(name if whole else None, said)


def _next(found, after: int) -> list[Message]:
    rows = list(
        found.filter(number__gt=after).select_related("piece__author", "author", "conversation")[:AT_ONCE]
    )
    for row in rows:
        row.by, row.door = row.author.ref, row.conversation.door_open_at
    return rows


def _plain(one: Said) -> dict:
    told = {"by": "me" if one.mine else "them", "at": one.at.isoformat(), "words": one.words}
    more = {"kind": one.kind, "note": one.note, "piece": one.piece, "covered": one.covered}
    return told | {name: value for name, value in more.items() if value and value != "words"}
