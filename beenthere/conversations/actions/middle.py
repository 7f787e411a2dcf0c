"""Meeting in the middle: turns that both chose. They stop nobody from writing."""

from collections.abc import Callable

from beenthere.foundation import clock
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..core.turns import MINUTES, Middle, asked, handed_over, left
from ..models import Conversation, Wanted
from ..models.between import MIDDLE
from ..queries.wanting import middle_in
from .between import held_open


def meet_in_the_middle(*, conversation: Conversation, minutes: int = 5, by: Person) -> None:
    """Afterwards `by` would like turns of `minutes` (of MINUTES; who asked first chose them), and the first
    turn has begun if the other asked for them. ValueError for other lengths."""
    if minutes not in MINUTES:
        raise ValueError("A turn takes 3, 5 or 10 minutes.")
    _step(conversation, by, lambda one, **who: asked(one, minutes=minutes, now=clock.now(), **who))


def hand_over(*, conversation: Conversation, by: Person) -> None:
    """Afterwards it is the other's turn, if it was that of `by`."""
    _step(conversation, by, lambda one, **who: handed_over(one, now=clock.now(), **who))


def leave_middle(*, conversation: Conversation, by: Person) -> None:
    """Afterwards there are no turns, for both."""
    _step(conversation, by, lambda one, by, other: left(one, by=by))


def _step(conversation: Conversation, by: Person, rule: Callable[..., Middle]) -> None:
    """What `rule` makes of how it stands, kept."""
    with writing():
        held = held_open(conversation=conversation, by=by)
        row = held.room.row
        if len(held.others) != 1:
            return
        rows = Wanted.objects.filter(membership__conversation=row, what=MIDDLE)
        before = middle_in(held.room, set(rows.values_list("membership__person_ref", flat=True)))
        after = rule(before, by=held.mine.ref, other=held.others[0].ref)
        if after == before:
            return
        for one in held.room.members.values():
            if one.ref in after.wants and one.ref not in before.wants:
                Wanted.objects.create(membership_id=one.pk, what=MIDDLE)
            elif one.ref in before.wants and one.ref not in after.wants:
                rows.filter(membership_id=one.pk).delete()
        row.turn_of, row.turn_at, row.turn_minutes = after.turn_of, after.since, after.minutes
        row.save(update_fields=["turn_of", "turn_at", "turn_minutes"])
        held.tell_changed()
