"""Ana and Ben in a conversation."""

from collections.abc import Callable

import pytest

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.conversations.models import Conversation
from beenthere.foundation.refs import SITE
from beenthere.people.models import Person
from tests.cast import person


@pytest.fixture
def ana() -> Person:
    return person("Ana")


@pytest.fixture
def ben() -> Person:
    return person("Ben")


@pytest.fixture
def talk(ana: Person, ben: Person) -> Conversation:
    """Ana is called Ana there, and Ben Robin."""
    return open_conversation(people=[(ana, "Ana"), (ben, "Robin")], by=SITE)


@pytest.fixture
def say(talk: Conversation) -> Callable:
    """`say(ana, "words")` keeps a message in `talk`; its outcome. Each has a mark of its own."""
    count = iter(range(10_000))

    def said(who: Person, words: str, *, mark: str = "", where: Conversation = talk):
        draft = Draft(who.ref, where.ref, mark or f"mark-{next(count)}", words)
        (outcome,) = send_messages([draft])
        return outcome

    return said
