"""What pairs (later circles) write to each other, and what they settle between them."""

from ..core import WORDS
from .between import Agreement, ClearLine, Felt, HeardTotal, Kept, Wanted
from .keeping import Held, Talking, WordMark
from .talk import PAIR, Conversation, Membership, Message

__all__ = [
    "PAIR",
    "Agreement",
    "ClearLine",
    "Conversation",
    "Felt",
    "HeardTotal",
    "Held",
    "Kept",
    "Membership",
    "Message",
    "Talking",
    "Wanted",
    "WORDS",
    "WordMark",
]
