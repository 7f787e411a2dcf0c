"""What changes the introductions of the place, and the open sheets of the local page."""

from .introductions import answer_card, forget_excerpts, settle, show_cards, void_answers
from .never import part_by_never
from .proposing import propose
from .sheets import (
    ask_why,
    forget_sheet,
    forget_silent_sheets,
    keep_pair,
    leave_sheet,
    let_pair_be,
    look_at,
    map_columns,
    open_sheet,
    part_pair,
    start_pairing,
)
from .telling import tell

__all__ = [
    "answer_card",
    "ask_why",
    "forget_excerpts",
    "forget_sheet",
    "forget_silent_sheets",
    "keep_pair",
    "leave_sheet",
    "let_pair_be",
    "look_at",
    "map_columns",
    "open_sheet",
    "part_by_never",
    "part_pair",
    "propose",
    "settle",
    "show_cards",
    "start_pairing",
    "tell",
    "void_answers",
]
