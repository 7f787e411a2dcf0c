"""The race of answers at full length: python -m benchmarks.answers_race --rounds 10000 --database sqlite

`--database postgresql` starts a server of its own (found or fetched as for the tests); a URL takes that one.
"""

import argparse
from contextlib import ExitStack

from benchmarks.places import place


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=10_000)
    asked.add_argument("--database", default="sqlite")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with ExitStack() as stack:
        url = "" if given.database == "sqlite" else given.database
        if url == "postgresql":
            from tests.services import postgres
            from tests.services.found import remembered

            url = stack.enter_context(postgres.running(remembered("postgres")))
        stack.enter_context(place(url))
        return run(given.rounds, given.seed, "PostgreSQL" if url else "SQLite", given.database)


def run(rounds: int, seed: int, name: str, database: str) -> int:
    from benchmarks.results import record
    from tests.matching.race import COUPLES, THREADS, Race

    def tell(done: int) -> None:
        if done % (COUPLES * 10) == 0:
            print(f"{done} rounds, {len(race.wrong)} wrong, {len(race.errors)} errors", flush=True)

    race = Race(seed)
    race.run(rounds, tell)
    record(
        f"Answers at once, {name}",
        f"python -m benchmarks.answers_race --rounds {rounds} --database {database}",
        [
            f"{race.rounds} introductions, {COUPLES} at once under {THREADS} threads: yes, not now, never, a",
            f"withdrawn piece, a block, a leaving, a look, the worker's round. {race.pairs} pairs met.",
            f"**{len(race.wrong)} wrong states, {len(race.errors)} errors.**",
            *sorted(set(race.wrong + race.errors))[:20],
        ],
    )
    return int(bool(race.wrong or race.errors))


if __name__ == "__main__":
    raise SystemExit(main())
