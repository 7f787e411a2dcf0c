"""Where a place is kept when nobody says where."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


def default_data_folder() -> Path:
    """`data` beside run.py in a checkout, else the person's own folder for programs' data."""
    if (CHECKOUT / "run.py").exists():
        return CHECKOUT / "data"
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local/share")) / "beenthere"
