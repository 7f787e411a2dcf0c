"""What touches the database, once more on PostgreSQL: the same files, another BEENTHERE_DATABASE.

By hand: BEENTHERE_DATABASE=postgresql://... python -m pytest tests/foundation tests/people tests/live
The inner run leaves this file out, so it ends; and what a browser, thousands of made-up requests or simulated
months ask.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = {  # alike in length
    "talking": ("conversations",),
    "safety": ("safety", "matching/test_introductions.py"),
    "the ground": ("foundation", "people"),
    "stories": ("stories", "api", "web/test_attacks.py"),
}
OUT = (
    "conversations/test_browser.py",
    "conversations/test_beside_live.py",
    "conversations/test_box.py",
    "conversations/test_drafts.py",
    "conversations/test_offers_in_browser.py",
    "api/test_nothing_breaks_it.py",
    "safety/test_colluders.py",
)


@pytest.mark.parametrize("part", PARTS)
def test_the_same_holds_on_postgresql(postgres_url, part):
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", *(f"tests/{one}" for one in PARTS[part])]
    left_out = [f"--ignore=tests/{one}" for one in OUT]
    ran = subprocess.run(
        [*command, *left_out, f"--deselect={Path(__file__).relative_to(ROOT).as_posix()}"],
        cwd=ROOT,
        env={**os.environ, "BEENTHERE_DATABASE": postgres_url, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]
