"""What somebody can report: what they can see themself, and nothing else."""

from collections.abc import Collection

from django.http import Http404

from beenthere.conversations.access import Room, rooms_of
from beenthere.conversations.models import Membership, Message
from beenthere.people.models import Person
from beenthere.stories.access import get_piece_for, is_hidden, opens
from beenthere.stories.models import ANYONE, MEMBERS, Piece


def get_reportable_piece(person: Person, ref: str) -> Piece:
    """A piece of somebody else that the person can read, or that a message carries to them in a conversation
    that is open; its author loaded, its words open. 404 for all else."""
    try:
        piece = get_piece_for(person, ref)
    except Http404:
        piece = _carried_to(person, ref)
    if piece is None or piece.author_id == person.pk:
        raise Http404
    return piece


def other_member_in(person: Person, room: Room) -> Membership | None:
    """The other in a room of two, their person loaded; None once they left."""
    rows = Membership.objects.filter(conversation=room.row).exclude(person=person)
    return rows.select_related("person").first()


def messages_to_hide(person: Person, room: Room, numbers: set[int]) -> list[Message]:
    """Those of the other that were chosen and still stand there."""
    found = Message.objects.filter(conversation=room.row, number__in=numbers, withdrawn_at=None)
    return list(found.exclude(author_ref=person.ref).select_related("conversation", "piece"))


def for_many(refs: Collection[str]) -> set[str]:
    """Those of the pieces `refs` that are for more people than their author met."""
    if not refs:
        return set()
    return set(
        Piece.objects.filter(ref__in=refs, audience__in=(MEMBERS, ANYONE)).values_list("ref", flat=True)
    )


def _carried_to(person: Person, ref: str) -> Piece | None:
    rows = Message.objects.filter(piece__ref=ref, withdrawn_at=None, conversation__memberships__person=person)
    rows = rows.select_related("conversation", "piece__author")
    rooms = rooms_of({row.conversation.ref for row in rows})
    for row in rows:
        if rooms[row.conversation.ref].admits(person.ref) and not is_hidden(row.piece) and opens(row.piece):
            return row.piece
    return None
