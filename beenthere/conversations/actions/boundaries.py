"""What is one's own in a conversation: a name, a pause, how far one has read. The others see none of it
but the name."""

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.sentences import Sentence
from beenthere.foundation.writing import writing
from beenthere.people.core.names import name_fault, tidy_name
from beenthere.people.models import Person

from ..models import Conversation, Membership


class NameRefused(ValueError):
    """`why` says what is wrong with the name."""

    def __init__(self, why: Sentence) -> None:
        super().__init__("This name cannot be taken.")
        self.why = why


def choose_name(*, conversation: Conversation, name: str, by: Person) -> None:
    """Afterwards `by` is called `name` in this conversation, and nowhere else. Raises NameRefused."""
    name = tidy_name(name)
    fault = name_fault(name)
    if fault is not None:
        raise NameRefused(fault)
    row = Membership.objects.get(conversation=conversation, person=by)
    row.name = name
    seal(row)
    with writing():
        row.save(update_fields=["name"])


def pause_conversation(*, conversation: Conversation, by: Person) -> None:
    """Afterwards nothing from here tells `by` that it waits. The other sees nothing of it. It ends with
    `resume_conversation`, or with one's own next words."""
    _change(conversation, by, paused_at=clock.now())


def resume_conversation(*, conversation: Conversation, by: Person) -> None:
    """Afterwards `by` is told again of what waits here."""
    _change(conversation, by, paused_at=None)


def mark_read(*, conversation: Conversation, number: int, by: Person) -> None:
    """Afterwards what stands up to `number` is no news to `by`. Nobody else sees how far one has read."""
    number = min(number, conversation.last_number)
    with writing():
        found = Membership.objects.filter(conversation=conversation, person=by, read_number__lt=number)
        found.update(read_number=number)


def _change(conversation: Conversation, person: Person, **facts) -> None:
    with writing():
        Membership.objects.filter(conversation=conversation, person=person).update(**facts)
