"""`beenthere crisis`: which lanes of crisis words a text is of."""

import json
from typing import Annotated

import typer


def crisis(
    text: Annotated[str, typer.Argument(help="The words; - reads standard input.")] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say which crisis words are in a text. Nothing is kept. Exit code 0: none, 1: some, 2: unreadable."""
    from beenthere.cli.asked_about import say_found, words_asked_about
    from beenthere.cli.saying import Stop, say, stopped
    from beenthere.foundation.sentences import sentence
    from beenthere.signposts.core.crisis import found_in

    try:
        words = words_asked_about() if text == "-" else text
    except Stop as stop:
        raise typer.Exit(stopped(stop).exit_code + 1) from stop
    found = found_in(words)
    if as_json:
        shown = [{"lane": one.kind, "start": one.start, "end": one.end} for one in found]
        typer.echo(json.dumps({"lanes": sorted({one.kind for one in found}), "found": shown}))
        raise typer.Exit(1 if found else 0)
    if not found:
        say(sentence("No crisis words. The rules know little, so this is no answer about a person."))
        return
    say_found(words, found, _reasons())
    raise typer.Exit(1)


def _reasons():
    """What each lane means."""
    from beenthere.foundation.sentences import sentence

    return {
        "disclosure": sentence("the writer may be in danger; other help is shown to them alone"),
        "urging": sentence("it urges somebody to come to harm"),
        "method": sentence("it tells or asks how"),
        "other": sentence("it is a worry about somebody else"),
    }
