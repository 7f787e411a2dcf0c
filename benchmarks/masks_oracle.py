"""Holds the engine against the naive oracle on a million random small rounds.

    python benchmarks/masks_oracle.py [--rounds N] [--alone N] [--processes P] [--seed S]

Every community (2 to 8 people) is planned by the real engine and checked by `tests/matching/core`:
masks, capacity, history, floor, stability, nearest, unmatched, order. Some are planned alone, which the
engine does in plain Python; the others stand fifty to a sheet, each with languages of its own, which
goes through its compiled code, and no pair may cross between them. A violation is printed with the seed
that makes it again; the exit code is then 1.
"""

import argparse
import os
import platform
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from beenthere.experiences.core.vocabulary import load_vocabulary  # noqa: E402
from tests.matching.core.communities import on_one_sheet, random_community, some_experiences  # noqa: E402
from tests.matching.core.examination import Tally, examine, examine_sheet, prepared  # noqa: E402
from tests.matching.core.oracle import narrower_in  # noqa: E402

BATCH = 4000  # rounds between two lines of progress
ON_A_SHEET = 50


def examine_batch(first_seed: int, rounds: int, on_a_sheet: int) -> tuple[Tally, list[str]]:
    """Examine communities from `first_seed` on until at least `rounds` rounds are planned."""
    vocabulary = load_vocabulary()
    broader = {one: experience.broader for one, experience in vocabulary.experiences.items()}
    ids, narrower = some_experiences(broader), narrower_in(broader)
    done, violations, seed = Tally(), [], first_seed
    while done.rounds < rounds:
        made = [random_community(Random(seed + number), ids, narrower) for number in range(on_a_sheet)]
        try:
            if on_a_sheet == 1:
                done.add(examine(made[0], prepared(made[0], vocabulary)))
            else:
                sheet, parts = on_one_sheet(made)
                done.add(examine_sheet(sheet, parts, prepared(sheet, vocabulary)))
        except Exception as wrong:  # noqa: BLE001 - a crash of the engine is a finding too
            violations.append(f"seed {seed}, {on_a_sheet} on a sheet: {type(wrong).__name__}: {wrong}")
            done.add(Tally(rounds=1))
        seed += on_a_sheet
    return done, violations


def examine_all(rounds: int, on_a_sheet: int, processes: int, seed: int) -> tuple[Tally, list[str]]:
    """Spread the rounds over processes; each batch has seeds of its own."""
    sizes = [min(BATCH, rounds - start) for start in range(0, rounds, BATCH)]
    starts = [seed + ON_A_SHEET * BATCH * number for number in range(len(sizes))]
    done, violations, began = Tally(), [], time.monotonic()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for tally, wrong in pool.map(examine_batch, starts, sizes, [on_a_sheet] * len(sizes)):
            done.add(tally)
            violations += wrong
            for line in wrong[:5]:
                print(line, flush=True)
            spent = time.monotonic() - began
            so_far = f"{done.rounds:>9} rounds, {on_a_sheet} on a sheet, {len(violations)} violations"
            print(f"{so_far}, {spent:.0f} s", file=sys.stderr, flush=True)
    return done, violations


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--rounds", type=int, default=1_000_000)
    asked.add_argument("--alone", type=int, default=50_000, help="how many of the rounds are planned alone")
    asked.add_argument("--processes", type=int, default=2)
    asked.add_argument("--seed", type=int, default=1)
    options = asked.parse_args()
    began = time.monotonic()
    alone, wrong_alone = examine_all(min(options.alone, options.rounds), 1, options.processes, options.seed)
    done, violations = examine_all(
        max(options.rounds - alone.rounds, 0), ON_A_SHEET, options.processes, options.seed + 10**9
    )
    done.add(alone)
    violations += wrong_alone
    print(f"rounds            {done.rounds} ({alone.rounds} of them planned alone)")
    print(f"communities       {done.communities}")
    print(f"pairs checked     {done.pairs} planned, {done.judged} possible")
    print(f"one plan allowed  {done.decided} communities, and it was the one")
    print(f"violations        {len(violations)}")
    print(f"seconds           {time.monotonic() - began:.0f} on {options.processes} processes")
    print(
        f"machine           {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    print(f"date              {datetime.now(UTC).date()}")
    return 1 if violations else 0


if __name__ == "__main__":
    sys.exit(main())
