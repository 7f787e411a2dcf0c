"""What happens in conversations, for the apps above. Refs only."""

from dataclasses import dataclass

from beenthere.foundation.events import Event

# Topics of the bus; each carries the ref of a conversation.
SAID, CLOSED = "talk.said", "talk.closed"
CHANGED = "talk.changed"  # something beside the words: an agreement, a lamp, a turn, what both want


@dataclass(frozen=True)
class MessagesSent(Event):
    conversation: str


@dataclass(frozen=True)
class ConversationEnded(Event):
    conversation: str


@dataclass(frozen=True)
class MessageWithdrawn(Event):
    message: str
