"""How a conversation ends. Nobody is told which way."""

from django.db import transaction

from beenthere.foundation import clock, wire
from beenthere.foundation.events import announce
from beenthere.foundation.writing import writing
from beenthere.people.actions import block, end_company
from beenthere.people.models import Person

from ..access import get_conversation_for
from ..events import CLOSED, ConversationEnded
from ..models import PAIR, Conversation, Membership


def end_conversation(*, conversation: Conversation, by) -> None:
    """Afterwards nobody in it reaches another there, and open windows show so. Twice is the same as once."""
    with writing():
        ended = Conversation.objects.filter(pk=conversation.pk, ended_at=None).update(ended_at=clock.now())
        if ended:
            end_company(kind=conversation.kind, subject=conversation.ref, by=by)
            announce(ConversationEnded(conversation.ref))
        # Also when it had ended: a window may have been opened meanwhile. Heard once it is true.
        transaction.on_commit(lambda: wire.publish(CLOSED, conversation.ref))


def block_peer(*, conversation: Conversation, by: Person) -> None:
    """Afterwards the pair has ended, and its two people do not meet again."""
    row = get_conversation_for(by, conversation.ref)
    others = Membership.objects.filter(conversation=row).exclude(person=by).select_related("person")
    with writing():
        for other in others:
            block(other=other.person, by=by)
        end_conversation(conversation=row, by=by)


def forget_company(*, person_ref: str, with_ref: str | None = None, by) -> None:
    """Afterwards the pairs of that person (with one other, if named) have ended; where nobody else is left,
    what remained is gone."""
    found = Conversation.objects.filter(kind=PAIR, memberships__person_ref=person_ref)
    if with_ref is not None:
        found = found.filter(memberships__person_ref=with_ref)
    for conversation in list(found.order_by("ref")):
        with writing():
            end_conversation(conversation=conversation, by=by)
            others = Membership.objects.filter(conversation=conversation).exclude(person_ref=person_ref)
            if not others.exists():
                conversation.delete()
