"""`beenthere help-now`: other help on the terminal, the same as on the page."""

from collections.abc import Callable, Iterator
from datetime import date
from gettext import translation
from pathlib import Path
from typing import Annotated

import typer

LOCALE = Path(__file__).resolve().parents[1] / "locale"
LANGUAGES = ("en", "es")


def help_now(
    country: Annotated[str, typer.Option(help="A country, by its name or its two letters: ES, Spain.")] = "",
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
) -> None:
    """Say whom to call when it is too much."""
    if language not in LANGUAGES:
        raise typer.BadParameter("The languages are en and es.", param_hint="--language")
    translate = translation("django", LOCALE, [language], fallback=True).gettext
    for line in told(country, language, translate, date.today()):  # noqa: DTZ011 -- the reader's own day
        typer.echo(line)


def told(country: str, language: str, translate: Callable[[str], str], today: date) -> Iterator[str]:
    """The lines of the answer, in `language`."""
    from beenthere.foundation.sentences import sentence
    from beenthere.signposts import queries
    from beenthere.signposts.core import said

    code = queries.country_named(country) if country else None
    if country and not code:
        yield sentence("We do not know a country called {name}.", name=country).said(translate)
    if code:
        yield queries.countries(language)[code]
        yield from _there(queries.help_in(code, on=today), language, translate)
    else:
        yield said.without_number().said(translate)
    yield ""
    yield sentence("If nobody answers").said(translate)
    for step in said.IF_NOBODY_ANSWERS:
        yield f"  - {step.said(translate)}"
    yield "  - " + sentence("More lines, in many countries: {address}", address=said.ELSEWHERE).said(
        translate
    )
    yield ""
    yield sentence("The next five minutes").said(translate)
    for number, step in enumerate(said.GROUNDING, 1):
        yield f"  {number}. {step.said(translate)}"


def _there(found, language: str, translate: Callable[[str], str]) -> Iterator[str]:
    from beenthere.foundation.sentences import sentence
    from beenthere.signposts import queries
    from beenthere.signposts.core import said

    if found.emergency:
        for label, _ in said.numbers_of(found.emergency):
            yield f"  {label.said(translate)}"
    else:
        yield f"  {said.without_number().said(translate)}"
    for line in found.lines:
        yield ""
        yield f"  {line.name}"
        yield f"    {said.KINDS[line.kind].said(translate)}. {said.hours_of(line).said(translate)}."
        names = [queries.language_name(one, language) for one in line.languages]
        yield "    " + sentence("Languages: {names}", names=names).said(translate)
        for phone in line.phones:
            yield "    " + sentence("Call {number}", number=phone).said(translate)
        if line.sms:
            yield f"    {said.texting(line).said(translate)}"
        if line.url:
            yield f"    {line.url}"
        if line.note:
            yield f"    {line.note.get(language, line.note['en'])}"
    if not found.lines:
        yield "  " + sentence("We know no line there yet").said(translate)
    if found.oldest:
        day = queries.day_said(found.oldest, language)
        yield ""
        yield said.checked_on(day, stale=found.stale).said(translate)
