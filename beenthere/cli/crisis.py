"""`beenthere crisis`: which lanes of crisis words a text is of."""

import json
import sys
from typing import Annotated

import typer

BYTES = 1_000_000


def crisis(
    text: Annotated[str, typer.Argument(help="The words; - reads standard input.")] = "-",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Say which crisis words are in a text. Nothing is kept. Exit code 0: none, 1: some, 2: unreadable."""
    from beenthere.cli.saying import Stop, say, stopped
    from beenthere.foundation.sentences import sentence
    from beenthere.signposts.core.crisis import found_in

    try:
        words = _read() if text == "-" else text
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
    reasons = _reasons()
    for one in found:
        say(
            sentence(
                "“{words}”: {reason}.", words=_plain(words[one.start : one.end]), reason=reasons[one.kind]
            )
        )
    raise typer.Exit(1)


def _read() -> str:
    """The words of standard input, at most a million bytes. Raises Stop."""
    from beenthere.cli.saying import Stop
    from beenthere.foundation.sentences import sentence

    told = sys.stdin.buffer.read(BYTES + 1)
    if len(told) > BYTES:
        raise Stop(sentence("That is too long. Give at most a million bytes."))
    try:
        return told.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise Stop(sentence("That is no UTF-8 text. Save it as UTF-8.")) from failure


def _plain(words: str) -> str:
    """In one line, and with nothing a terminal would act on."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _reasons():
    """What each lane means."""
    from beenthere.foundation.sentences import sentence

    return {
        "disclosure": sentence("the writer may be in danger; other help is shown to them alone"),
        "urging": sentence("it urges somebody to come to harm"),
        "method": sentence("it tells or asks how"),
        "other": sentence("it is a worry about somebody else"),
    }
