"""The whole audit: each question by its name, with what was found."""

from contextlib import ExitStack, contextmanager

from django.db import transaction

from beenthere.foundation import clock

from . import labels, pairs, powers, routes, tables
from .world import World

QUESTIONS = {"pairs": pairs, "labels": labels, "powers": powers, "routes": routes, "tables": tables}


def examine() -> dict[str, list[str]]:
    """By question what breaks it, in words for whoever mends it; afterwards the databases are as before."""
    with clock.stopped_at(clock.now()), undone():
        world = World()
        return {name: question.findings(world) for name, question in QUESTIONS.items()}


@contextmanager
def undone():
    """What is done inside has not happened afterwards."""
    with ExitStack() as stack:
        for using in ("default", "keys"):
            stack.enter_context(transaction.atomic(using=using))
        yield
        for using in ("default", "keys"):
            transaction.set_rollback(True, using=using)
