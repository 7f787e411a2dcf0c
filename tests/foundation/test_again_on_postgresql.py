"""What touches the database, once more on PostgreSQL: the same files, another BEENTHERE_DATABASE.

By hand: BEENTHERE_DATABASE=postgresql://... python -m pytest tests/foundation tests/people tests/live
The inner run leaves this file out, so it ends.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_same_holds_on_postgresql(postgres_url):
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "tests/foundation", "tests/people"]
    ran = subprocess.run(
        [*command, f"--deselect={Path(__file__).relative_to(ROOT).as_posix()}"],
        cwd=ROOT,
        env={**os.environ, "BEENTHERE_DATABASE": postgres_url, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]
