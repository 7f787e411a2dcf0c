"""`beenthere log`: what stewards did, by week. Nobody is in it."""

import json
from typing import Annotated

import typer

from beenthere.cli.place import open_place_or_end
from beenthere.cli.saying import say
from beenthere.cli.serve import Folder
from beenthere.foundation.sentences import sentence


def log(
    data: Folder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a program.")] = False,
) -> None:
    """Print what stewards did, week by week: the rule, and how the second look went."""
    open_place_or_end(data=data)
    from beenthere.safety.queries.log import weeks

    found = weeks()
    if as_json:
        typer.echo(json.dumps([_plain(week) for week in found], indent=1))
        return
    if not found:
        say(sentence("Stewards have decided nothing so far."))
    kinds, reviews = _kinds(), _reviews()
    for week in found:
        say(sentence("Week of {day}", day=week.monday.isoformat()))
        for line in week.lines:
            rule = sentence("rule {number}", number=line.rule) if line.rule else sentence("no rule broken")
            say(
                sentence(
                    "  {count} × {kind}, {rule}, {review}",
                    count=line.count,
                    kind=kinds[line.kind],
                    rule=rule,
                    review=reviews[line.review],
                )
            )


def _plain(week) -> dict:
    lines = [
        {"kind": one.kind, "rule": one.rule, "review": one.review, "count": one.count} for one in week.lines
    ]
    return {"monday": week.monday.isoformat(), "lines": lines}


def _kinds() -> dict:
    return {
        "ended": sentence("a conversation ended"),
        "removed": sentence("something removed"),
        "limited": sentence("somebody limited for a while"),
        "suspended": sentence("somebody away for a while"),
        "restored": sentence("a limit lifted"),
        "cleared": sentence("something may stay"),
        "let_go": sentence("a held piece let go"),
    }


def _reviews() -> dict:
    return {
        "": sentence("the second look waits"),
        "stands": sentence("it stands"),
        "lifted": sentence("it was lifted"),
        "lapsed": sentence("nobody agreed, and it lapsed"),
    }
