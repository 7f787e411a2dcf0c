"""`beenthere steward`: who looks after the place, and for how long."""

from datetime import timedelta
from typing import Annotated

import typer

from beenthere.cli.place import choose, open_place
from beenthere.cli.saying import Stop, say, stopped
from beenthere.cli.serve import Folder
from beenthere.foundation.sentences import sentence

MOST = 730


def steward(
    sign_in_name: Annotated[
        str | None, typer.Argument(help="The private sign-in name they told you; without it the terms.")
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=MOST, help="How long the term is.")] = 180,
    end: Annotated[bool, typer.Option("--end", help="End the term now.")] = False,
    data: Folder = None,
) -> None:
    """Name a steward for a term, or end it; without a name print the terms."""
    try:
        choose(data=data)
        open_place()
        _named(sign_in_name, days, end) if sign_in_name else _terms()
    except Stop as stop:
        raise stopped(stop) from stop


def _named(name: str, days: int, end: bool) -> None:
    from beenthere.foundation.refs import SITE
    from beenthere.safety.access.stewards import person_by_sign_in_name
    from beenthere.safety.actions import end_term, name_steward

    person = person_by_sign_in_name(name)
    if person is None:
        raise Stop(
            sentence(
                "No member signs in by that name. It is the private one they got when they joined: ask them."
            )
        )
    if end:
        end_term(person=person, by=SITE)
        say(sentence("Their term is over."))
        return
    row = name_steward(person=person, term=timedelta(days=days), by=SITE)
    if row.until_at is None:
        say(sentence("They look after this place. No end was set."))
    else:
        say(sentence("They look after this place until {day}.", day=row.until_at.date().isoformat()))


def _terms() -> None:
    from beenthere.safety.access import ENOUGH, stewards_in_term

    rows = stewards_in_term()
    for row in rows:
        until = row.until_at.date().isoformat() if row.until_at else "-"
        say(sentence("{ref}  until {day}", ref=row.person.ref, day=until))
    if len(rows) < ENOUGH:
        say(
            sentence(
                "{count} in term. With fewer than three, grave acts only hold, and appeals wait.",
                count=len(rows),
            )
        )
