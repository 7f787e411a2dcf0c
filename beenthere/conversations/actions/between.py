"""What every step of two people beside their words begins and ends with."""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404

from beenthere.foundation import wire
from beenthere.people.models import Person

from ..access import Member, Room, rooms_of
from ..events import CHANGED
from ..models import Conversation


@dataclass(frozen=True, slots=True)
class Held:
    """An open conversation, locked until the end of the transaction: the membership of who acts, and those
    of the others."""

    room: Room
    mine: Member
    others: list[Member]

    def tell_changed(self) -> None:
        """Open pages look again, once it is true."""
        ref = self.room.row.ref
        transaction.on_commit(lambda: wire.publish(CHANGED, ref))


def held_open(*, conversation: Conversation, by: Person) -> Held:
    """Inside `writing`: the conversation as it stands now. 404 where `by` reaches nobody."""
    room = rooms_of([conversation.ref], locked=True).get(conversation.ref)
    if room is None or not room.admits(by.ref):
        raise Http404
    mine = room.members[by.ref]
    return Held(room, mine, [one for one in room.members.values() if one is not mine])
