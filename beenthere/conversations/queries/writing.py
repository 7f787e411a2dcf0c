"""How somebody reads and writes: muted words, what both show of themselves, the door, and the key of what
they have not sent yet."""

import json
from dataclasses import replace

from beenthere.foundation.digests import digest
from beenthere.people.models import Person, SignIn

from ..access import Room
from ..core.folding import Asked, asked_in, is_muted
from ..models import Membership, Talking
from ..models.between import HERE, READ, TYPING
from .talk import Said
from .wanting import all_want, wants_in

SIGNS = (HERE, TYPING, READ)
DRAFT = "draft"
MUTED = "mute_words"
Entries = list[tuple[Asked, ...]]


def writing_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the templates: `muting` (what `is_muted` asks for, as JSON for the browser), `shown` (which
    signs of each other both want), `read_to` (the number up to which the other has read, 0 where that is not
    shown), `door_is_open`."""
    shown = shown_in(room)
    entries = muting_of(person)
    others = [one for ref, one in room.members.items() if ref != person.ref]
    return {
        "shown": shown,
        "read_to": min((one.read_number for one in others), default=0) if READ in shown else 0,
        "door_is_open": room.row.door_open_at is not None,
        "muting": json.dumps(entries, ensure_ascii=False) if entries else "",
        "entries": entries,
    }


def shown_in(room: Room) -> frozenset[str]:
    """Which of SIGNS all who are in it want to show each other. One query."""
    wants = wants_in(room)
    return frozenset(one for one in SIGNS if all_want(room, wants, one))


def muted_words_of(person: Person) -> list[str]:
    """The words that somebody does not want to meet unprepared. One query."""
    row = Talking.objects.filter(person=person).first()
    return [] if row is None else row.told.get(MUTED, [])


def muting_of(person: Person) -> Entries:
    """The muted words of somebody, as `is_muted` takes them."""
    return [asked_in(one, stops=True) for one in muted_words_of(person)]


def behind(said: list[Said], entries: Entries) -> list[Said]:
    """The same, those of others that hold one of `entries` marked as muted."""
    if not entries:
        return said
    return [
        replace(one, muted=True) if not one.mine and one.words and _meets(one, entries) else one
        for one in said
    ]


def _meets(one: Said, entries: Entries) -> bool:
    return is_muted("\n".join((one.words or "", one.note, one.piece or "")), entries)


def draft_key_for(sign_in: SignIn, room: Room) -> str:
    """The key of what somebody has not sent yet in a conversation, in hexadecimal: 32 bytes. Nothing can
    make it again once they signed out, for it is made of what goes with their sign-in."""
    return digest(DRAFT, f"{sign_in.seed}:{room.row.ref}")
