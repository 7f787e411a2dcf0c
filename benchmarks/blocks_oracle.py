"""How many leaks a walk through blocks finds, against a model of its own:
`python -m benchmarks.blocks_oracle --steps 1000000 [--seed 1] [--minutes 30] [--record]`."""

import argparse
import gc
import logging
import time

from benchmarks.places import place
from benchmarks.results import record


def walk(steps: int, seed: int, minutes: float):
    """The walk that was done, in a place that is thrown away; it stops when the time is over."""
    from beenthere.foundation.writing import undone
    from tests.safety.walking import Walk

    until = time.monotonic() + 60 * minutes
    with undone():
        one = Walk(seed)
        gc.freeze()
        one.go(steps, until=lambda: time.monotonic() > until)
    return one


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--steps", type=int, default=1_000_000)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--minutes", type=float, default=24 * 60.0)
    reading.add_argument("--record", action="store_true")
    asked = reading.parse_args()
    with place():
        from django.test.utils import setup_test_environment

        setup_test_environment()  # so that pages answer a test client
        logging.disable(logging.CRITICAL)
        began = time.monotonic()
        done = walk(asked.steps, asked.seed, asked.minutes)
        took = time.monotonic() - began
    lines = [
        "| steps | answers held against the model | minutes | leaks |",
        "|---|---|---|---|",
        f"| {done.steps:,} of {asked.steps:,} | {done.looks:,} | {took / 60:.1f} | **{len(done.leaks)}** |",
    ]
    print("\n".join([*lines, *done.leaks[:20]]))
    if asked.record:
        asked_for = f"blocks_oracle --steps {asked.steps} --seed {asked.seed} --minutes {asked.minutes:g}"
        record("Blocks look like absence", asked_for, lines)


if __name__ == "__main__":
    main()
