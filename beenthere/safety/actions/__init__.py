"""What is done for the safety of people here: stewards and their terms, reports, decisions, leaving."""

from .blocking import block_author
from .bringing import bring_held_piece
from .deciding import NeedsTwo, answer_report, decide, is_grave, lift_limits
from .granting import close_again, open_report
from .leaving import delete_me
from .proposing import TooFew, let_proposals_lapse, propose_step, settle_proposal
from .reporting import (
    Closed,
    Refused,
    appeal,
    ask_check_in,
    forget_old_reports,
    forget_report,
    make_report,
    report_card,
    report_piece,
)
from .resting import forget_debrief, forget_old_debriefs, forget_old_grants, keep_debrief, rest
from .reviewing import decide_appeal, end_limits_that_are_over, review_act
from .stewards import admit_asker, agree_to_term, ask_for_another_term, end_term, name_steward

__all__ = [
    "Closed",
    "NeedsTwo",
    "Refused",
    "TooFew",
    "admit_asker",
    "agree_to_term",
    "answer_report",
    "appeal",
    "ask_check_in",
    "ask_for_another_term",
    "block_author",
    "bring_held_piece",
    "close_again",
    "decide",
    "decide_appeal",
    "delete_me",
    "end_limits_that_are_over",
    "end_term",
    "forget_debrief",
    "forget_old_debriefs",
    "forget_old_grants",
    "forget_old_reports",
    "forget_report",
    "is_grave",
    "keep_debrief",
    "let_proposals_lapse",
    "lift_limits",
    "make_report",
    "name_steward",
    "open_report",
    "propose_step",
    "report_card",
    "report_piece",
    "rest",
    "review_act",
    "settle_proposal",
]
