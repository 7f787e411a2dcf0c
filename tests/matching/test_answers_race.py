"""Yes, not now, never, a withdrawn piece, a block and a leaving at once, by 64 threads: no wrong state.

A short form; `benchmarks/answers_race.py` runs the long one. On PostgreSQL this file runs again with
BEENTHERE_DATABASE, see tests/foundation/test_again_on_postgresql.py.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .race import Race

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 112


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_no_wrong_state_and_no_error():
    race = Race(seed=7).run(ROUNDS)
    assert (race.wrong, race.errors) == ([], [])
    assert race.rounds == ROUNDS
    assert race.pairs > ROUNDS // 8, "else nothing was at stake"


def test_the_same_on_postgresql(postgres_url):
    if os.environ.get("BEENTHERE_DATABASE", "").startswith("postgresql"):
        return  # this is that run
    here = Path(__file__).relative_to(ROOT).as_posix()
    name = f"{here}::test_no_wrong_state_and_no_error"
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:xdist", name],
        cwd=ROOT,
        env={**os.environ, "BEENTHERE_DATABASE": postgres_url, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout[-8000:] + ran.stderr[-2000:]
