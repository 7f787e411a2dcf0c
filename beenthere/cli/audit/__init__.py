"""`beenthere audit`: nobody stands above anybody here. One command looks, in a place made for it and thrown
away afterwards, through everything that this software answers, says and keeps."""

import json
import logging
import os
import tempfile
from typing import Annotated

import typer

from beenthere.cli.saying import Stop, say, stopped, translate
from beenthere.foundation.sentences import Sentence, sentence

ASKED = {
    "pairs": sentence("Inside a pair nothing is allowed to one that is not allowed to the other."),
    "labels": sentence("No word for one side, and no clinical field, is in anything we say or keep."),
    "powers": sentence("Every power of a steward has a gate, and leaves a line in the ledger."),
    "routes": sentence("Every address has a gate: a visitor and a stranger learn nothing there."),
    "tables": sentence("Every table says whose it is, how long it stays and how it goes."),
}


def audit(as_json: Annotated[bool, typer.Option("--json", help="Print it for a program.")] = False) -> None:
    """Prove that people here are equals, and that stewards are answerable. Exit code 1 where that fails."""
    with tempfile.TemporaryDirectory(prefix="beenthere-audit-", ignore_cleanup_errors=True) as folder:
        try:
            _open_scratch(folder)
        except Stop as stop:
            raise stopped(stop) from stop
        from .examining import examine

        found = examine()
    if as_json:
        told = {name: {"asked": ASKED[name].said(translate), "findings": found[name]} for name in ASKED}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _tell(found)
    if any(found.values()):
        raise typer.Exit(1)


def _tell(found: dict[str, list[str]]) -> None:
    for name, asked in ASKED.items():
        say(_line(asked, bool(found[name])))
        for one in found[name]:
            typer.echo(f"    {one}")


def _line(asked: Sentence, broken: bool) -> Sentence:
    return sentence("{sign} {asked}", sign="x" if broken else " ", asked=asked)


def _open_scratch(folder: str) -> None:
    """Afterwards Django runs on an empty place in `folder`. The place itself is neither read nor written."""
    from beenthere.cli.place import choose, open_place, prepare_databases

    for name in [
        name for name in os.environ if name.startswith("BEENTHERE_") and name != "BEENTHERE_LANGUAGE"
    ]:
        del os.environ[name]
    choose(data=folder, bus="memory", pages="together")
    open_place()
    logging.disable(logging.CRITICAL)  # thousands of refusals are what is looked for
    prepare_databases()
