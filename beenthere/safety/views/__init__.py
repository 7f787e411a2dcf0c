"""Pages of safety: reporting, the stewards' desk, taking one's data along, leaving."""

from .desk import admit, desk, reported
from .leaving import delete_me, goodbye, my_data, my_file
from .reporting import decision, index, report

__all__ = [
    "admit",
    "decision",
    "delete_me",
    "desk",
    "goodbye",
    "index",
    "my_data",
    "my_file",
    "report",
    "reported",
]
