"""What one said of feeling heard, and what may be said of all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists
from django.http import Http404

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import open_together
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import Person

from ..access import Room
from ..core.felt import ONE_TALK, bounds_of, is_time_to_ask, last_quarter
from ..models import Felt, HeardTotal, Membership, Message

MOST = 100
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Totals:
    """How this place felt heard in a quarter, from its first day to its last: by part the fifths that said
    yes. `shares` is empty where too few spoke; None when nobody has counted yet."""

    quarter: str
    first: date
    last: date
    shares: Mapping[str, int] | None


def asks_if_heard(person: Person, room: Room, mine: Membership) -> bool:
    """Whether the page asks: the words are some time old, they took part, and they have not said. One query
    at most."""
    last_at = room.row.last_at
    if not is_time_to_ask(last_at=last_at, now=clock.now()):
        return False
    said = Felt.objects.filter(person=person, conversation=room.row.ref, made_at__gte=last_at)
    own = Message.objects.filter(author=mine, made_at__gte=last_at - ONE_TALK)
    return own.filter(~Exists(said)).exists()


def felt_of(person: Person, *, most: int = MOST) -> list[Felt]:
    """What that person said, newest first, open."""
    rows = list(Felt.objects.filter(person=person).order_by("-pk")[:most])
    open_together(*rows)
    return rows


def felt_for(person: Person, ref: str) -> Felt:
    """Their own, else 404."""
    found = Felt.objects.filter(person=person, ref=ref).first()
    if found is None:
        raise Http404
    return found


def totals() -> Totals:
    """Of the last quarter that is over, as it was counted then."""
    quarter = last_quarter(clock.now())
    kept = HeardTotal.objects.filter(quarter=quarter).first()
    begin, end = bounds_of(quarter)
    last = (end - timedelta(days=1)).date()
    return Totals(quarter, begin.date(), last, None if kept is None else kept.shares)


def told_in(quarter: str) -> Iterator[tuple[str, datetime, dict]]:
    """Who said what and when in that quarter, for counting alone. Those whose key is gone are left out."""
    begin, end = bounds_of(quarter)
    after = 0
    while True:
        found = Felt.objects.filter(made_at__gte=begin, made_at__lt=end, pk__gt=after)
        rows = list(found.order_by("pk")[:AT_ONCE])
        if not rows:
            return
        open_together(*rows)
        for row in rows:
            try:
                yield row.person_ref, row.made_at, row.answers
            except KeyGone:
                continue
        after = rows[-1].pk
