"""The command `beenthere`. Each command lives in a module of its own name and is read only when
it is called, so that `match` never waits for Django's start and `serve` never for numba's."""

import gc
import os
import sys


def main() -> None:
    """Runs the command named in `sys.argv`; exits with its code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")
    if sys.argv[1:2] == ["match"]:
        # It ends with its answer: looking through millions of values for circles would take a third of
        # the time and find nothing worth having.
        gc.disable()
    from beenthere.cli.commands import app  # typer is read only when a command runs

    app(prog_name="beenthere", args=sys.argv[1:])
