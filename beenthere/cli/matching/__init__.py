"""What `beenthere match` does, step by step: read, refuse with every fault, pair, write, tell."""

import sys
from collections.abc import Callable

import typer

from beenthere.cli.folders import write_files
from beenthere.cli.matching import telling
from beenthere.cli.matching.asked import Asked, Refused, given_of, refuse_at_once, refuse_kept
from beenthere.cli.place import choose, open_place
from beenthere.cli.progress import shown_progress
from beenthere.cli.saying import Stop, say
from beenthere.foundation.sentences import sentence

__all__ = ["Asked", "run"]

LANGUAGES = ("en", "es")
BAD_INPUT, FAILED, STOPPED = 2, 1, 130


def run(asked: Asked) -> int:
    """Does what was asked; returns the exit code: 0; 1 where the machine is in the way; 2 for bad input;
    130 when stopped. But for 0, nothing is written."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without our quotation marks still reads on
    try:
        return _in_the_language(asked)
    except KeyboardInterrupt:
        say(sentence("Stopped. Nothing was written."), error=True)
        return STOPPED


def _in_the_language(asked: Asked) -> int:
    try:
        choose(data=asked.data)
        open_place()
    except Stop as stop:
        say(stop.said, error=True)
        return FAILED
    from django.conf import settings
    from django.utils.translation import override

    from beenthere.matching.queries.speaking import speaking

    language = asked.language or settings.PLACE.language
    known = language if language in LANGUAGES else "en"
    with override(known):
        return _refusing(asked, speaking(known), known, language_is_known=language == known)


def _refusing(asked: Asked, translate: Callable, language: str, *, language_is_known: bool) -> int:
    try:
        if asked.language and not language_is_known:
            raise Refused(sentence("There is no language {name} here. Write en or es.", name=asked.language))
        _do(asked, translate, language)
    except Refused as refused:
        telling.tell_refusal(refused, translate, as_json=asked.as_json)
        return BAD_INPUT
    except telling.Unwritten as failure:
        typer.echo(failure.said.said(translate), err=True)
        return FAILED
    return 0


def _do(asked: Asked, translate: Callable, language: str) -> None:
    if asked.template is not None:
        return telling.write_template(asked, translate)
    refuse_at_once(asked)
    from beenthere.matching.queries.pairing import plan_people, prepare_people

    given = given_of(asked)
    with shown_progress(translate) as progress:
        prepared = prepare_people(given.sheet.people, on=given.wishes.on, progress=progress)
        refuse_kept(given, prepared)
        plan = plan_people(prepared, given.wishes, progress=progress)
        progress(0, 0, sentence("Writing what was found"))
        files = telling.files_of(asked, plan, given.sheet, translate, language)
    notices = (*given.sheet.notices, *plan.notices)
    if asked.why:
        return telling.explain(asked, prepared, plan, translate)
    if asked.out is not None:
        with telling.or_unwritten(asked.out):
            write_files(asked.out, files)
    if asked.as_json:
        telling.print_plan(plan, notices, translate)
    telling.print_summary(asked, plan, notices, translate)
    return None
