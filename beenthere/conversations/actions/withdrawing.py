"""Taking back one's own words."""

from beenthere.foundation import clock, wire
from beenthere.foundation.events import announce
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..access import rooms_of
from ..events import SAID, MessageWithdrawn
from ..models import Message
from ..queries import last_for
from .holding import keep_held, prepared_holds


def withdraw_message(*, message: Message, by: Person) -> None:
    """Afterwards the words are gone for everybody, and a line says that something was withdrawn. Twice is
    the same as once. PermissionError for words of somebody else.

    For seven days they are held for a report by who received them, and nothing else."""
    if message.author_ref != by.ref:
        raise PermissionError("Only who wrote a message withdraws it.")
    ref = message.conversation.ref
    held = prepared_holds([message], by=by)
    with writing():
        room = rooms_of([ref], locked=True)[ref]
        number, now = last_for(room, by.ref) + 1, clock.now()
        found = Message.objects.filter(pk=message.pk, withdrawn_at=None)
        gone = {"words": None, "note": None, "piece": None, "piece_proven": ""}
        kept = {} if held else {"digest": ""}  # nothing is held: nothing needs to be proven
        if not found.update(withdrawn_at=now, withdrawn_number=number, **gone, **kept):
            return
        keep_held(held, by=by)
        if room.is_open:  # after the end the other's cursor would tell that somebody is still there
            room.row.last_number = number
            room.row.save(update_fields=["last_number"])
        announce(MessageWithdrawn(message.ref))
    wire.publish(SAID, ref)
