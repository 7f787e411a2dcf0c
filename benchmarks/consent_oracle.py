"""Random rounds of being introduced, answering, blocking, leaving, pausing and trying to write, against a
plain model: how often something began or was said before both said yes (asked: never), or more than three
introductions were open.

    python -m benchmarks.consent_oracle [--rounds 1000000] [--rows 1000] [--seed 1] [--record]

`--rounds` run on the pure rules of `matching/core/meeting.py`, `--rows` by the actions on a database,
in one world, since the model knows only what it saw.
"""

import argparse
import logging
from os import getloadavg

from benchmarks.places import place
from benchmarks.results import record

EVERY = 50_000  # rounds of one seed


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--rounds", type=int, default=1_000_000)
    reading.add_argument("--rows", type=int, default=1_000)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--record", action="store_true")
    asked = reading.parse_args()
    load = getloadavg()[0]
    lines = [
        "| where | rounds | pairs | messages | tried without a pair | wrong |",
        "|---|---|---|---|---|---|",
    ]
    wrong = []
    with place():
        logging.disable(logging.CRITICAL)
        from tests.matching.consent import Rounds
        from tests.matching.consent_rows import RowRounds

        for name, made, most, every in (
            ("the pure rules", Rounds, asked.rounds, EVERY),
            ("the actions, on SQLite", RowRounds, asked.rows, asked.rows),
        ):
            done = [
                made(asked.seed + number).run(min(every, most - start))
                for number, start in enumerate(range(0, most, every))
            ]
            pairs = sum(one.pairs if isinstance(one.pairs, int) else len(one.pairs) for one in done)
            sent, tried = sum(one.sent for one in done), sum(one.tried for one in done)
            here = [line for one in done for line in one.wrong]
            wrong += here
            rounds = sum(one.rounds for one in done)
            lines.append(f"| {name} | {rounds:,} | {pairs:,} | {sent:,} | {tried:,} | **{len(here)}** |")
    print("\n".join(wrong[:20]))
    lines += ["", f"Load before: {load:.1f}."]
    if asked.record:
        command = f"python -m benchmarks.consent_oracle --rounds {asked.rounds} --rows {asked.rows}"
        record("Nothing before both said yes", command, lines)
    else:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
