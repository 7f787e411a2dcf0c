"""`beenthere doctor`: is the place well, and what to do where it is not."""

import json
from typing import Annotated

import typer

from beenthere.cli.place import choose, open_place, pending_migrations
from beenthere.cli.saying import Stop, say, stopped, translate
from beenthere.cli.serve import Folder
from beenthere.foundation.sentences import sentence

SIGNS = {"well": "  ", "beware": "! ", "wrong": "x "}


def doctor(
    data: Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a program.")] = False,
) -> None:
    """Look whether the place is well. Ends with 1 when something is wrong."""
    try:
        choose(data=data)
        open_place()
    except Stop as stop:
        raise stopped(stop) from stop
    from beenthere.foundation.health import WRONG, Found, examine

    try:
        pending = sum(pending_migrations(alias) for alias in ("keys", "default"))
    except Exception as failure:  # whatever keeps it from opening, the person hears a sentence
        why = sentence("The database does not open: {why}.", why=type(failure).__name__)
        all_found = [Found("migrations", WRONG, why, sentence("Check BEENTHERE_DATABASE and the folder."))]
    else:
        if pending:
            said = sentence("The database waits for {count} migrations.", count=pending)
            all_found = [Found("migrations", WRONG, said, sentence("Start `beenthere serve`: it does them."))]
        else:
            all_found = list(examine())
    if as_json:
        typer.echo(json.dumps(_plain(all_found), ensure_ascii=False, indent=1))
    else:
        for found in all_found:
            say(sentence("{sign}{said}", sign=SIGNS[found.state], said=found.said))
            if found.todo:
                say(sentence("    {todo}", todo=found.todo))
    if any(found.state == WRONG for found in all_found):
        raise typer.Exit(1)


def _plain(all_found) -> dict:
    from beenthere.foundation.ledger import last_hash

    try:
        ledger = last_hash()
    except Exception:  # no database, no ledger
        ledger = None
    return {
        "checks": [
            {
                "check": found.check,
                "state": found.state,
                "said": found.said.said(translate),
                "todo": found.todo.said(translate) if found.todo else None,
            }
            for found in all_found
        ],
        "ledger": ledger,
    }
