"""`beenthere help-now`: other help on the terminal, the same as on the page."""

import json
from collections.abc import Iterator
from datetime import date
from gettext import translation
from pathlib import Path
from typing import Annotated

import typer

from beenthere.foundation.sentences import sentence

LOCALE = Path(__file__).resolve().parents[1] / "locale"
LANGUAGES = ("en", "es")


def help_now(
    country: Annotated[str, typer.Option(help="A country, by its name or its two letters: ES, Spain.")] = "",
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print it for a program.")] = False,
    lint: Annotated[
        bool, typer.Option("--lint", help="Check our lines and your own file instead, and say which are old.")
    ] = False,
) -> None:
    """Say whom to call when it is too much."""
    from beenthere.signposts.queries import facts_of

    if language not in LANGUAGES:
        raise typer.BadParameter("The languages are en and es.", param_hint="--language")
    today = date.today()  # noqa: DTZ011 -- the reader's own day
    if lint:
        raise typer.Exit(_linted(today))
    translate = translation("django", LOCALE, [language], fallback=True).gettext
    facts = facts_of(country, language=language, on=today, translate=translate)
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    if country and not facts["country"]:
        typer.echo(sentence("We do not know a country called {name}.", name=country).said(translate))
    for line in told(facts, translate):
        typer.echo(line)


def told(facts: dict, translate=str) -> Iterator[str]:
    """The lines of the answer."""
    if facts["country"]:
        yield facts["name"]
        yield from _there(facts, translate)
    else:
        yield facts["without_number"]
    yield ""
    yield sentence("If nobody answers").said(translate)
    for step in facts["if_nobody_answers"]:
        yield f"  - {step}"
    more = sentence("More lines, in many countries: {address}", address=facts["elsewhere"])
    yield f"  - {more.said(translate)}"
    yield ""
    yield sentence("The next five minutes").said(translate)
    for number, step in enumerate(facts["grounding"], 1):
        yield f"  {number}. {step}"


def _there(facts: dict, translate) -> Iterator[str]:
    for one in facts["emergency"]:
        yield f"  {one['said']}"
    if facts["without_number"]:
        yield f"  {facts['without_number']}"
    for line in facts["lines"]:
        yield ""
        yield f"  {line['name']}"
        yield f"    {line['kind_said']}. {line['hours_said']}."
        yield "    " + sentence("Languages: {names}", names=line["languages_said"]).said(translate)
        for phone in line["phones"]:
            yield "    " + sentence("Call {number}", number=phone).said(translate)
        if line["sms_word"]:
            words = {"word": line["sms_word"], "number": line["sms"]}
            yield "    " + sentence("Text {word} to {number}", **words).said(translate)
        elif line["sms"]:
            yield "    " + sentence("Text {number}", number=line["sms"]).said(translate)
        yield from (f"    {line[more]}" for more in ("url", "note") if line[more])
    if not facts["lines"]:
        yield "  " + sentence("We know no line there yet").said(translate)
    if facts["checked"]:
        yield ""
        yield facts["checked"]


def _linted(today: date) -> int:
    """Says what is wrong with our table and with the place's own file; the exit code of the command."""
    from beenthere.signposts.core.lint import lint
    from beenthere.signposts.queries import own_file, stale_countries, tables, the_table

    faults = [*lint(*tables()), *the_table().faults]
    for fault in faults:
        typer.echo(fault)
    stale = stale_countries(today)
    if stale:
        typer.echo(sentence("Read more than 180 days ago: {countries}", countries=stale).said())
    if not faults:
        own = own_file()
        typer.echo(
            sentence("No fault; your own file is {path}.", path=own).said()
            if own.exists()
            else sentence("No fault; you have no file of your own at {path}.", path=own).said()
        )
    return 1 if faults else 0
