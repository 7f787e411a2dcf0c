"""Thirty people over sixty days, for several seeds: python -m benchmarks.thirty_people --seeds 5"""

import argparse

from benchmarks.places import place


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--seeds", type=int, default=5)
    given = asked.parse_args()
    with place():
        from django.db import transaction

        from benchmarks.results import record
        from tests.matching.thirty import Thirty

        lines = []
        for seed in range(1, given.seeds + 1):
            with transaction.atomic():
                lines += [f"- seed {seed}: " + "; ".join(Thirty(seed).lived().report())]
                transaction.set_rollback(True)
        record(
            "A community of thirty over sixty days",
            f"python -m benchmarks.thirty_people --seeds {given.seeds}",
            lines,
        )


if __name__ == "__main__":
    main()
