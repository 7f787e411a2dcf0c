"""A community of the engine's own kind, the same each time, and who is paired in it."""

import random

from beenthere.matching.core import plan_rounds
from tests.matching.core.small_world import IDS, person, ready

SIZE = 90


def pairs() -> list[tuple[int, str, str, int]]:
    """Round, the two and their fit, of three rounds."""
    chance = random.Random(11)
    people = [
        person(
            f"P{number:03}",
            *chance.sample(IDS, 3),
            languages=("en",),
            capacity=chance.randint(0, 3),
            leave_out=chance.sample(IDS, 1) if number % 9 == 0 else (),
        )
        for number in range(SIZE)
    ]
    plan = plan_rounds(ready(*people), rounds=3, floor=0, seed=5)
    return [(pair.round, pair.a, pair.b, int(pair.fit)) for pair in plan.pairs]
