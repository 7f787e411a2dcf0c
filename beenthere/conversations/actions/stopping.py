"""A conversation that stewards look at can be held: for a while neither writes there."""

from datetime import datetime

from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing

from ..models import Conversation


def hold_conversation(*, ref: str, until: datetime, by) -> None:
    """Afterwards nobody writes in the conversation `ref` before `until`. What was said stays to be read."""
    with writing():
        if Conversation.objects.filter(ref=ref, ended_at=None).update(held_until=until):
            record(act="conversation held", by=by, kind="conversation", ref=ref)


def let_conversation_go_on(*, ref: str, by) -> None:
    """Takes the hold back. Twice is the same as once."""
    with writing():
        if Conversation.objects.filter(ref=ref, held_until__isnull=False).update(held_until=None):
            record(act="conversation goes on", by=by, kind="conversation", ref=ref)
