"""What changes the introductions of the place, and the open sheets of the local page."""

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
    "ask_why",
    "forget_sheet",
    "forget_silent_sheets",
    "keep_pair",
    "leave_sheet",
    "let_pair_be",
    "look_at",
    "map_columns",
    "open_sheet",
    "part_pair",
    "start_pairing",
    "tell",
]
