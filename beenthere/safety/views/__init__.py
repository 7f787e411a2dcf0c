"""Pages of safety: reporting, the stewards' desk, taking one's data along, leaving."""

from .desk import admit, desk, reported
from .leaving import delete_me, goodbye, my_data, my_file
from .muting import block_piece, mute_piece, mute_talk, unmute_one
from .reporting import decision, index, report
from .stewards import agree_term, log, steward
from .things import check_in, report_card, report_piece

__all__ = [
    "admit",
    "agree_term",
    "block_piece",
    "check_in",
    "decision",
    "delete_me",
    "desk",
    "goodbye",
    "index",
    "log",
    "mute_piece",
    "mute_talk",
    "my_data",
    "my_file",
    "report",
    "report_card",
    "report_piece",
    "reported",
    "steward",
    "unmute_one",
]
