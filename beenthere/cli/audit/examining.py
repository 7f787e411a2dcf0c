"""The whole audit: each question by its name, with what was found."""

from beenthere.foundation import clock
from beenthere.foundation.writing import undone

from . import labels, pairs, powers, routes, tables
from .world import World

QUESTIONS = {"pairs": pairs, "labels": labels, "powers": powers, "routes": routes, "tables": tables}


def examine() -> dict[str, list[str]]:
    """By question what breaks it, in words for whoever mends it; afterwards the databases are as before."""
    with clock.stopped_at(clock.now()), undone():
        world = World()
        return {name: question.findings(world) for name, question in QUESTIONS.items()}
