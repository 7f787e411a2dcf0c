"""How many leaks a walk through blocks finds, against a model of its own:
`python -m benchmarks.blocks_oracle --steps 1000000 [--seed 1] [--minutes 30] [--record]`."""

import argparse
import logging
import time

from benchmarks.places import place
from benchmarks.results import record

EVERY = 250  # steps in one place: then another one, with the next seed


def walk(steps: int, seed: int, minutes: float) -> tuple[int, int, list[str]]:
    """Steps that were done, looks, and the leaks found."""
    from tests.safety.walking import Walk

    until, done, looks, leaks = time.monotonic() + 60 * minutes, 0, 0, []
    while done < steps and time.monotonic() < until:
        one = Walk(seed)
        for _ in range(min(EVERY, steps - done)):
            if time.monotonic() > until:
                break
            one.step()
            done += 1
        looks, seed = looks + one.looks, seed + 1
        leaks += one.leaks
    return done, looks, leaks


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--steps", type=int, default=1_000_000)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--minutes", type=float, default=24 * 60.0)
    reading.add_argument("--record", action="store_true")
    asked = reading.parse_args()
    with place():
        logging.disable(logging.CRITICAL)
        done, looks, leaks = walk(asked.steps, asked.seed, asked.minutes)
    lines = [
        "| steps | surfaces looked at | leaks |",
        "|---|---|---|",
        f"| {done:,} of {asked.steps:,} | {looks:,} | **{len(leaks)}** |",
    ]
    print("\n".join([*lines, *leaks[:20]]))
    if asked.record:
        record("Blocks look like absence", f"blocks_oracle --steps {asked.steps} --seed {asked.seed}", lines)


if __name__ == "__main__":
    main()
