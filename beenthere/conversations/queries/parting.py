"""A silence, and what stays after an ending."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from beenthere.foundation import clock
from beenthere.foundation.keys.opening import KeyGone, open_keys
from beenthere.people.models import Person

from ..access import Room, rooms_of
from ..core.holding import door_stands
from ..core.silence import ASKED, SHORTEST, silence_of
from ..models import PAIR, Agreement, Conversation, Membership, Message
from ..models.between import LAST_WORD
from .clearing import kept_in
from .talk import name_of

MOST_TOLD = 3
CHUNK = 100


@dataclass(frozen=True, slots=True)
class Quiet:
    """A silence as one of the two sees it: `what` is ASKED or WAITS, `name` the other's."""

    ref: str
    what: str
    name: str
    since: datetime
    nobody_spoke: bool
    made_room: bool


def parting_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the templates: whether it is quiet here, and what that says to `person`. No query before
    the shortest time, then two."""
    if clock.now() < quiet_since(room.row) + SHORTEST:
        return {}
    what = silences_in([room])[room.row.ref].get(person.ref)
    if what is None or (what == ASKED and mine.paused_at is not None):
        return {}
    return {
        "silence": what,
        "quiet_since": quiet_since(room.row),
        "nobody_spoke": room.row.last_at is None,
        "made_room": has_made_room(mine, room.row),
    }


def after_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the page of a conversation that ended: what stays with `person`, and whether something can
    still be reported. Two queries, three where lines are kept."""
    kept = kept_in(person, room.row.ref)
    last_words = [one.words for one in kept if one.why == LAST_WORD]
    return {
        "last_word": last_words[-1] if last_words else None,
        "kept": [one for one in kept if one.why != LAST_WORD],
        "report_door": bool(last_words) or door_stands(room.row.ended_at, clock.now()),
    }


def quiet_since(row: Conversation) -> datetime:
    """When the last words came, or when it began."""
    return row.last_at or row.made_at


def has_made_room(mine: Membership, row: Conversation) -> bool:
    """Whether room was made in this silence: words end it."""
    return mine.made_room_at is not None and (row.last_at is None or row.last_at < mine.made_room_at)


def silences_in(rooms: list[Room]) -> dict[str, dict[str, str]]:
    """By the ref of each room, what its silence says to whom (by the refs of the people); nobody while it is
    none. Two queries for all of them."""
    days = _days_agreed(rooms)
    newest = Message.objects.filter(conversation=OuterRef("pk")).order_by("-number").values("author_ref")
    found = Conversation.objects.filter(pk__in=[room.row.pk for room in rooms])
    spoke = dict(found.annotate(spoke=Subquery(newest[:1])).values_list("pk", "spoke"))
    now, told = clock.now(), {}
    for room in rooms:
        row, said = room.row, {}
        for ref in room.members if room.is_open and row.kind == PAIR else ():
            what = silence_of(
                ref, last_by=spoke.get(row.pk), since=quiet_since(row), days=days.get(row.pk), now=now
            )
            if what is not None:
                said[ref] = what
        told[row.ref] = said
    return told


def silent_conversations() -> Iterator[list[Room]]:
    """Open pairs where it may be time to ask, some at a time; not those that were asked in this silence."""
    asked = Membership.objects.filter(conversation=OuterRef("pk"), asked_at__gte=OuterRef("since"))
    found = _quiet(Conversation.objects.filter(kind=PAIR, ended_at=None)).exclude(Exists(asked))
    after = 0
    while rows := list(found.filter(pk__gt=after).order_by("pk").values_list("pk", "ref")[:CHUNK]):
        after = rows[-1][0]
        yield list(rooms_of([ref for _, ref in rows]).values())


def silences_of(person: Person, *, most: int = MOST_TOLD) -> list[Quiet]:
    """The silences that concern `person`, the longest first. One query where there is none; none at all for
    somebody who came more lately than a silence is long."""
    if clock.now() < person.made_at + SHORTEST:
        return []
    mine = Membership.objects.filter(person=person, conversation__ended_at=None, conversation__kind=PAIR)
    rows = _quiet(mine.select_related("conversation"), "conversation__").order_by("since", "pk")
    rows = {row.conversation.ref: row for row in rows[: 10 * most]}
    if not rows:
        return []
    rooms = rooms_of(list(rows))
    said = silences_in(list(rooms.values()))
    found = []
    names = _names_beside(person, [row.conversation_id for row in rows.values()])
    for ref, row in rows.items():
        what, name = said[ref].get(person.ref), names.get(row.conversation_id)
        asked_and_paused = what == ASKED and row.paused_at is not None
        if what is not None and name is not None and not asked_and_paused:
            since, nobody = quiet_since(row.conversation), row.conversation.last_at is None
            found.append(Quiet(ref, what, name, since, nobody, has_made_room(row, row.conversation)))
    return found[:most]


def _quiet(found, path: str = ""):
    """`found` with `since`, where it was quiet for the shortest time that one can agree on."""
    since = Coalesce(F(f"{path}last_at"), F(f"{path}made_at"))
    return found.annotate(since=since).filter(since__lte=clock.now() - SHORTEST)


def _names_beside(person: Person, conversations: list[int]) -> dict[int, str | None]:
    others = list(Membership.objects.filter(conversation__in=conversations).exclude(person=person))
    open_keys([row.__dict__["name"].key_ref for row in others])
    return {row.conversation_id: name_of(row) for row in others}


def _days_agreed(rooms: list[Room]) -> dict[int, int]:
    """By the primary keys of the rooms where something was agreed: after how many days a silence is asked
    about."""
    found = Agreement.objects.filter(conversation__in=[room.row.pk for room in rooms])
    found = list(found.exclude(agreed_at=None).order_by("agreed_at", "pk"))
    last = {row.conversation_id: row for row in found}
    open_keys([row.__dict__["told"].key_ref for row in last.values()])
    days = {}
    for pk, row in last.items():
        try:
            days[pk] = row.told.get("silence_days")
        except KeyGone:
            continue
    return {pk: one for pk, one in days.items() if one is not None}
