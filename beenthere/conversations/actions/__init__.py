"""What changes conversations: their beginning, what is said in them, their boundaries, their end."""

from .boundaries import choose_name, mark_read, pause_conversation, resume_conversation
from .ending import block_peer, end_conversation, forget_company
from .opening import Prepared, open_conversation, open_prepared, prepared_conversation
from .sending import Draft, Outcome, send_messages
from .withdrawing import withdraw_message

__all__ = [
    "Draft",
    "Outcome",
    "Prepared",
    "block_peer",
    "choose_name",
    "end_conversation",
    "forget_company",
    "mark_read",
    "open_conversation",
    "open_prepared",
    "pause_conversation",
    "prepared_conversation",
    "resume_conversation",
    "send_messages",
    "withdraw_message",
]
