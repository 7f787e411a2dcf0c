"""What is done for the safety of people here: stewards and their terms, reports, decisions, leaving."""

from .deciding import end_reported_conversation, restore_reported, suspend_reported
from .leaving import delete_me
from .reporting import (
    Closed,
    Refused,
    answer_report,
    appeal,
    forget_old_reports,
    forget_report,
    make_report,
    note_opening,
)
from .stewards import admit_asker, end_term, name_steward

__all__ = [
    "Closed",
    "Refused",
    "admit_asker",
    "answer_report",
    "appeal",
    "delete_me",
    "end_reported_conversation",
    "end_term",
    "forget_old_reports",
    "forget_report",
    "make_report",
    "name_steward",
    "note_opening",
    "restore_reported",
    "suspend_reported",
]
