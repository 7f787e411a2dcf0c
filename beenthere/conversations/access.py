"""Who is in which conversation, and who reaches whom. Every gate asks the rows themselves: whether both are
here, whether a block stands, whether it ended."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404

from beenthere.foundation import clock
from beenthere.foundation.asking import Question, as_ref
from beenthere.people.models import MEMBER, Person
from beenthere.people.queries import blocked_pairs

from .core import is_open
from .models import PAIR, Conversation, Membership, Message


@dataclass(frozen=True, slots=True)
class Member:
    """One person in a conversation; `ref` is that of the membership."""

    pk: int
    ref: str
    person_ref: str
    standing: str
    paused_at: datetime | None
    read_number: int


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation as the gates see it; `members` by the refs of the people."""

    row: Conversation
    members: dict[str, Member]
    is_open: bool

    def holds(self, person_ref: str) -> bool:
        """Whether that person is in it, and is a member of this place."""
        one = self.members.get(person_ref)
        return one is not None and one.standing == MEMBER

    def admits(self, person_ref: str) -> bool:
        """Whether that person may read the others' words, and write."""
        return self.is_open and self.holds(person_ref)


_found = Question(lambda refs: Conversation.objects.filter(ref__in=refs).order_by("ref"))
_locked = Question(lambda refs: Conversation.objects.filter(ref__in=refs).order_by("ref").select_for_update())
_members = Question(
    lambda rows: (
        Membership.objects.filter(conversation__in=rows)
        .order_by("pk")
        .values_list(
            "conversation_id", "pk", "ref", "person_ref", "person__standing", "paused_at", "read_number"
        )
    )
)


def rooms_of(refs: Collection[str], *, locked: bool = False) -> dict[str, Room]:
    """The conversations `refs` that there are: three queries. `locked`: held until the transaction ends,
    taken in the order of refs, so that two batches never wait for each other in a ring."""
    rows = (_locked if locked else _found)(refs=[as_ref(ref) for ref in refs])
    members: dict[int, dict[str, Member]] = defaultdict(dict)
    for conversation, *one in _members(rows=[row.pk for row in rows]):
        members[conversation][one[2]] = Member(*one)
    paired = {ref for row in rows if row.kind == PAIR for ref in members[row.pk]}
    blocks = blocked_pairs(paired) if paired else set()
    return {row.ref: _room(row, members[row.pk], blocks) for row in rows}


def get_room_for(person: Person, ref: str) -> Room:
    """The conversation `ref` that `person` is in, ended ones too. The same 404 for "not there" and
    "not yours"."""
    room = rooms_of([ref]).get(ref)
    if room is None or not room.holds(person.ref):
        raise Http404
    return room


def get_conversation_for(person: Person, ref: str) -> Conversation:
    """As `get_room_for`: its row."""
    return get_room_for(person, ref).row


def get_message_for(person: Person, conversation_ref: str, number: int, *, own: bool = False) -> Message:
    """A message that `person` can read there now: their own, or (unless `own`) another's while it is open;
    else 404."""
    room = get_room_for(person, conversation_ref)
    hidden = Q(removed_at__isnull=False) | Q(hidden_until__gt=clock.now())
    found = Message.objects.filter(conversation=room.row, number=number, withdrawn_at=None)
    found = found.exclude(hidden & ~Q(author_ref=person.ref))
    if own or not room.is_open:
        found = found.filter(author_ref=person.ref)
    message = found.select_related("author", "conversation").first()
    if message is None:
        raise Http404
    return message


def _room(row: Conversation, members: dict[str, Member], blocks: set[frozenset[str]]) -> Room:
    blocked = row.kind == PAIR and frozenset(members) in blocks
    ended = row.ended_at is not None
    return Room(row, members, is_open(kind=row.kind, ended=ended, members=len(members), blocked=blocked))
