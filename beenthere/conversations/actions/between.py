"""What every step of two people beside their words begins and ends with."""

from django.db import transaction
from django.http import Http404

from beenthere.foundation import wire
from beenthere.people.models import Person

from ..access import Member, Room, rooms_of
from ..events import CHANGED
from ..models import Conversation


def held_open(conversation: Conversation, by: Person) -> tuple[Room, Member, list[Member]]:
    """Inside `writing`: the conversation, locked until the end of the transaction, the membership of `by`
    and those of the others. 404 where `by` reaches nobody."""
    room = rooms_of([conversation.ref], locked=True).get(conversation.ref)
    if room is None or not room.admits(by.ref):
        raise Http404
    mine = room.members[by.ref]
    return room, mine, [one for one in room.members.values() if one is not mine]


def tell_changed(room: Room) -> None:
    """Open pages look again, once it is true."""
    transaction.on_commit(lambda: wire.publish(CHANGED, room.row.ref))
