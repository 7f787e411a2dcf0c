"""How a conversation begins."""

from dataclasses import dataclass

from beenthere.foundation.keys.fields import seal
from beenthere.foundation.writing import writing
from beenthere.people.actions import begin_company
from beenthere.people.models import Person

from ..models import PAIR, Conversation, Membership


@dataclass(frozen=True, slots=True)
class Prepared:
    """A conversation that was not opened yet, its names sealed."""

    conversation: Conversation
    memberships: list[Membership]


def prepared_conversation(people: list[tuple[Person, str]], *, kind: str = PAIR, by=None) -> Prepared:
    """What `open_prepared` needs: made before `writing`, because it seals. `people` are persons and the
    name each is called by in this conversation. Writes nothing."""
    conversation = Conversation(kind=kind)
    memberships = [
        Membership(conversation=conversation, person=person, person_ref=person.ref, name=name)
        for person, name in people
    ]
    seal(*memberships)
    return Prepared(conversation, memberships)


def open_prepared(prepared: Prepared, *, by) -> Conversation:
    """Afterwards the conversation is there, and its people are in company (their `Company.subject` is its
    ref). Callable inside `writing`."""
    conversation = prepared.conversation
    with writing():
        conversation.save(force_insert=True)
        for one in prepared.memberships:
            one.conversation = conversation  # it has its number only now
        Membership.objects.bulk_create(prepared.memberships)
        people = [one.person for one in prepared.memberships]
        begin_company(people=people, kind=conversation.kind, subject=conversation.ref, by=by)
    return conversation


def open_conversation(*, people: list[tuple[Person, str]], kind: str = PAIR, by) -> Conversation:
    """Both steps at once, outside of `writing`."""
    return open_prepared(prepared_conversation(people, kind=kind), by=by)
