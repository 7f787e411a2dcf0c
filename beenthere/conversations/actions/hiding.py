"""Hiding a message from all but who wrote it: at once, for a while, or for good. Nothing of it is deleted.

Each change takes a number of the conversation, as withdrawing does: open pages hear of it within a moment,
and whoever reads on from a cursor meets it.
"""

from datetime import datetime

from django.db import transaction

from beenthere.foundation import clock, wire
from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing

from ..access import rooms_of
from ..events import SAID
from ..models import Message


def hide_message(*, message: Message, until: datetime, unless_hidden_before: bool = False, by) -> bool:
    """Afterwards nobody but who wrote it meets the words, and the piece they carry, before `until`: on
    whatever page. With `unless_hidden_before` nothing happens to words that a steward cleared, or that were
    hidden once. Whether it was hidden by this."""
    which = {"removed_at": None}
    if unless_hidden_before:
        which |= {"cleared_at": None, "hidden_until": None}
    return _change(message, which, {"hidden_until": until}, act="hid message", by=by)


def show_message(*, message: Message, by) -> bool:
    """Afterwards the message is there again for both, and no report hides it by itself."""
    facts = {"hidden_until": None, "removed_at": None, "cleared_at": clock.now()}
    return _change(message, {}, facts, act="showed message", by=by)


def remove_message(*, message: Message, by) -> bool:
    """Afterwards nobody but who wrote it meets the words, until somebody shows it again."""
    return _change(message, {"removed_at": None}, {"removed_at": clock.now()}, act="removed message", by=by)


def show_how_it_is_now(*, piece_ref: str, by) -> None:
    """Afterwards open pages show the messages that carry that piece as they stand now."""
    found = Message.objects.filter(piece__ref=piece_ref, withdrawn_at=None).select_related("conversation")
    for message in found.order_by("conversation__ref", "number"):
        _change(message, {}, {}, act="", by=by)


def _change(message: Message, which: dict, facts: dict, *, act: str, by) -> bool:
    """Whether the message was one of `which`, and is changed."""
    ref = message.conversation.ref
    with writing():
        room = rooms_of([ref], locked=True)[ref]
        found = Message.objects.filter(pk=message.pk, withdrawn_at=None, **which)
        if room.is_open:  # after the end nobody follows
            facts = {**facts, "withdrawn_number": room.row.last_number + 1}
        if not (found.update(**facts) if facts else found.exists()):
            return False
        if room.is_open:
            room.row.last_number += 1
            room.row.save(update_fields=["last_number"])
            transaction.on_commit(lambda: wire.publish(SAID, ref))
        if act:
            record(act=act, by=by, kind="message", ref=message.ref)
    return True
