"""What a person reads: their conversations, the words in each, and what stands beside them."""

from .talk import (
    MOST,
    PAGE,
    Said,
    TalkLine,
    changes_for,
    conversations_of,
    first_conversations_of,
    last_for,
    messages_for,
    name_of,
    page_of,
    patterns,
    said_in,
    seen_by,
)

__all__ = [
    "MOST",
    "PAGE",
    "Said",
    "TalkLine",
    "changes_for",
    "conversations_of",
    "first_conversations_of",
    "last_for",
    "messages_for",
    "name_of",
    "page_of",
    "patterns",
    "said_in",
    "seen_by",
]
