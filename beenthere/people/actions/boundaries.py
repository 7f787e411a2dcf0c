"""Boundaries: whom one does not meet, how many one has room for, and pauses. Nobody is told why."""

from datetime import timedelta

from beenthere.foundation import clock
from beenthere.foundation.events import announce
from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing

from ..events import BoundariesChanged, PersonBlocked
from ..models import Block, Person

MOST_ROOM = 12
ROOM_NOW = timedelta(hours=1)


def block(*, other: Person, by: Person) -> None:
    """Afterwards the two do not meet and do not reach each other, both ways. Twice is the same as once.
    Where one of them has just left there is nothing to do."""
    if other.ref == by.ref:
        raise ValueError("Nobody blocks themselves.")
    with writing():
        # Held until the block stands: neither leaves in between. In the order that everybody keeps.
        two = Person.objects.select_for_update(no_key=True).filter(ref__in=(by.ref, other.ref))
        if len(two.order_by("ref")) < 2:
            return
        _, made = Block.objects.get_or_create(by_person=by, other=other)
        if made:
            record(act="blocked", by=by, kind="person", ref=by.ref)
            announce(PersonBlocked(by.ref, other.ref))


def unblock(*, other: Person, by: Person) -> None:
    """Takes back one's own block; the other's, if there is one, stays."""
    with writing():
        Block.objects.filter(by_person=by, other=other).delete()
        record(act="unblocked", by=by, kind="person", ref=by.ref)
        announce(BoundariesChanged(by.ref))


def choose_capacity(*, people: int, by: Person) -> None:
    """Afterwards `by` has room for `people` in all (0 to 12). ValueError beyond."""
    if not 0 <= people <= MOST_ROOM:
        raise ValueError(people)
    _change(by, capacity=people)


def pause(*, by: Person) -> None:
    """Afterwards nothing new reaches `by`, and nobody is told."""
    _change(by, paused_at=clock.now(), room_now_until=None)


def resume(*, by: Person) -> None:
    _change(by, paused_at=None)


def has_room_now(*, by: Person) -> None:
    """For the next hour `by` is among the first to be introduced."""
    _change(by, room_now_until=clock.now() + ROOM_NOW)


def _change(person: Person, **facts) -> None:
    with writing():
        Person.objects.filter(pk=person.pk).update(**facts)
        announce(BoundariesChanged(person.ref))
    for name, value in facts.items():
        setattr(person, name, value)
