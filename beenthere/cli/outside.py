"""`beenthere outside`: what the door to the outside would hold of some words, and why."""

import sys
from pathlib import Path
from typing import Annotated

import typer

BYTES = 1_000_000


def outside(
    file: Annotated[Path | None, typer.Option(help="A text to read; otherwise standard input.")] = None,
) -> None:
    """Say what of these words would be held, and why. Exit code 0: nothing, 1: something, 2: unreadable."""
    from beenthere.cli.saying import Stop, say, stopped
    from beenthere.foundation.sentences import sentence
    from beenthere.signposts.core.outside import heard

    try:
        words = _read(file)
    except Stop as stop:
        raise typer.Exit(stopped(stop).exit_code + 1) from stop
    found = heard(words)
    if not found:
        say(sentence("Nothing of this would be held."))
        return
    reasons = _reasons()
    for one in found:
        say(
            sentence(
                "“{words}”: {reason}.", words=_plain(words[one.start : one.end]), reason=reasons[one.kind]
            )
        )
    say(sentence("It would be held until both have opened the door. What is held is not lost."))
    raise typer.Exit(1)


def _read(file: Path | None) -> str:
    """The words, at most a million bytes. Raises Stop."""
    from beenthere.cli.saying import Stop
    from beenthere.foundation.sentences import sentence

    try:
        if file is None:
            told = sys.stdin.buffer.read(BYTES + 1)
        else:
            with file.open("rb") as opened:
                told = opened.read(BYTES + 1)
        if len(told) > BYTES:
            raise Stop(sentence("That is too long. Give at most a million bytes."))
        return told.decode("utf-8-sig")
    except OSError as failure:
        raise Stop(sentence("We cannot read {path}. Look at its name.", path=str(file))) from failure
    except UnicodeDecodeError as failure:
        raise Stop(sentence("That is no UTF-8 text. Save it as UTF-8.")) from failure


def _plain(words: str) -> str:
    """In one line, and with nothing a terminal would act on."""
    return " ".join("".join(one if one.isprintable() else " " for one in words).split())


def _reasons():
    """Why each kind is held."""
    from beenthere.foundation.sentences import sentence

    return {
        "link": sentence("it reads like a link"),
        "image": sentence("it reads like an image, or where one is"),
        "phone": sentence("it reads like a phone number"),
        "mail": sentence("it reads like an email address"),
        "handle": sentence("it reads like a name on another service"),
        "address": sentence("it reads like the place where somebody lives"),
        "meeting": sentence("it reads like a place to meet"),
    }
