"""What both want: it is there while both do, and either ends it at once."""

from beenthere.foundation import clock
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..access import Member
from ..models import Conversation, Wanted
from ..models.between import DOOR, EXPORT, MIDDLE, WANTS
from .between import held_open
from .middle import leave_middle, meet_in_the_middle

# The other is shown that one asked. All else works quietly: nobody is told before both want it.
ASKED = (DOOR, MIDDLE)


def want(*, conversation: Conversation, what: str, by: Person) -> None:
    """Afterwards `by` wants `what` (of WANTS) here. Twice is the same as once."""
    _known(what)
    if what == MIDDLE:
        meet_in_the_middle(conversation=conversation, by=by)
        return
    with writing():
        held = held_open(conversation=conversation, by=by)
        row = held.room.row
        if not Wanted.objects.get_or_create(membership_id=held.mine.pk, what=what)[1]:
            return
        both = _others_want(held.others, what)
        if what == DOOR and both:
            row.door_open_at = clock.now()
            row.save(update_fields=["door_open_at"])
        if what in ASKED or (both and what != EXPORT):
            held.tell_changed()


def want_no_more(*, conversation: Conversation, what: str, by: Person) -> None:
    """Afterwards `by` does not want `what` here, and it is not there. An open door needs both anew."""
    _known(what)
    if what == MIDDLE:
        leave_middle(conversation=conversation, by=by)
        return
    with writing():
        held = held_open(conversation=conversation, by=by)
        row = held.room.row
        if not Wanted.objects.filter(membership_id=held.mine.pk, what=what).delete()[0]:
            return
        both = _others_want(held.others, what)
        if what == DOOR and row.door_open_at is not None:
            Wanted.objects.filter(membership__conversation=row, what=DOOR).delete()
            row.door_open_at = None
            row.save(update_fields=["door_open_at"])
        if what in ASKED or (both and what != EXPORT):
            held.tell_changed()


def _known(what: str) -> None:
    if what not in WANTS:
        raise ValueError("Nobody can want this of a conversation.")


def _others_want(others: list[Member], what: str) -> bool:
    pks = [one.pk for one in others]
    return bool(pks) and Wanted.objects.filter(membership_id__in=pks, what=what).count() == len(pks)
