"""What two people agreed, and what waits for a yes."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from beenthere.foundation.keys.opening import KeyGone, open_keys
from beenthere.people.models import Person

from ..access import Room
from ..core.agreeing import changed_parts
from ..models import Agreement


@dataclass(frozen=True, slots=True)
class Settled:
    """A proposal, or what was agreed `at`. `told`: its parts and `silence_days`. `changed`: the parts in
    which a proposal differs from what is in force."""

    ref: str
    mine: bool
    told: dict
    at: datetime
    changed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Agreements:
    """What is in force, what waits for a yes, and what was agreed before, newest first."""

    in_force: Settled | None
    proposal: Settled | None
    before: list[Settled]


def agreement_in_force(room: Room) -> dict | None:
    """The parts of what both agreed last, and its `silence_days`; None when nothing was, or its author has
    just left. One query."""
    row = Agreement.objects.filter(conversation=room.row, agreed_at__isnull=False).order_by(*NEWEST).first()
    return None if row is None else _told(row)


def agreements_in(room: Room, person: Person, *, most: int | None = None) -> Agreements:
    """As that person sees them; both see the same but for who is called "you". `most`: how many rows at
    most, a proposal and then what was agreed last. One query."""
    found = Agreement.objects.filter(conversation=room.row, closed_at=None).order_by(*NEWEST)
    rows = list(found if most is None else found[:most])
    open_keys([row.__dict__["told"].key_ref for row in rows])
    told = [(row, opened) for row in rows if (opened := _told(row)) is not None]
    agreed = [_settled(row, one, person) for row, one in told if row.agreed_at is not None]
    before = agreed[0].told if agreed else None
    waiting = [_settled(row, one, person, before) for row, one in told if row.agreed_at is None]
    return Agreements(next(iter(agreed), None), next(iter(waiting), None), agreed[1:])


# What waits stands first, then what was agreed last.
NEWEST = (F("agreed_at").desc(nulls_first=True), "-pk")


def _settled(row: Agreement, told: dict, person: Person, before: dict | None = None) -> Settled:
    changed = changed_parts(told, before) if row.agreed_at is None else frozenset()
    return Settled(row.ref, row.author_ref == person.ref, told, row.agreed_at or row.made_at, changed)


def _told(row: Agreement) -> dict | None:
    try:
        return row.told
    except KeyGone:
        return None
