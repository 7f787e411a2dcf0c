"""`beenthere doctor`: is the place well, and what to do where it is not."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Annotated

import typer

from beenthere.cli.place import open_place_or_end, pending_migrations
from beenthere.cli.saying import say, translate
from beenthere.cli.serve import Folder
from beenthere.foundation.sentences import sentence

SIGNS = {"well": "  ", "beware": "! ", "wrong": "x "}


def doctor(
    data: Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a program.")] = False,
) -> None:
    """Look whether the place is well. Ends with 1 when something is wrong."""
    open_place_or_end(data=data)
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
            all_found = [*examine(), *other_help(date.today())]  # noqa: DTZ011 -- the reader's own day
    if as_json:
        typer.echo(json.dumps(_plain(all_found), ensure_ascii=False, indent=1))
    else:
        for found in all_found:
            say(sentence("{sign}{said}", sign=SIGNS[found.state], said=found.said))
            if found.todo:
                say(sentence("    {todo}", todo=found.todo))
    if any(found.state == WRONG for found in all_found):
        raise typer.Exit(1)


def other_help(today: date) -> Iterator:
    """Whether the lines that *Help now* shows were read lately, and whether the place's own file is right."""
    from beenthere.foundation.health import BEWARE, WELL, WRONG, Found
    from beenthere.signposts.queries import own_file, stale_countries, the_table

    for fault in the_table().faults:
        said = sentence("In {path}: {fault}.", path=own_file(), fault=fault)
        yield Found(
            "other_help", WRONG, said, sentence("Until it is mended, what we shipped is shown there.")
        )
    stale = stale_countries(today)
    if stale:
        said = sentence(
            "Lines of other help were last read more than 180 days ago, in: {countries}.", countries=stale
        )
        todo = sentence("Read them at their source, and say so in {path}: docs/running.md.", path=own_file())
        yield Found("other_help", BEWARE, said, todo)
    else:
        yield Found("other_help", WELL, sentence("The lines of other help were read within 180 days."))


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
