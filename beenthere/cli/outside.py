"""`beenthere outside`: what the door to the outside would hold of some words, and why."""

from pathlib import Path
from typing import Annotated

import typer


def outside(
    file: Annotated[Path | None, typer.Option(help="A text to read; otherwise standard input.")] = None,
) -> None:
    """Say what of these words would be held, and why. Exit code 0: nothing, 1: something, 2: unreadable."""
    from beenthere.cli.asked_about import say_found, words_asked_about
    from beenthere.cli.saying import Stop, say, stopped
    from beenthere.foundation.sentences import sentence
    from beenthere.signposts.core.outside import heard

    try:
        words = words_asked_about(file)
    except Stop as stop:
        raise typer.Exit(stopped(stop).exit_code + 1) from stop
    found = heard(words)
    if not found:
        say(sentence("Nothing of this would be held."))
        return
    say_found(words, found, _reasons())
    say(sentence("It would be held until both have opened the door. What is held is not lost."))
    raise typer.Exit(1)


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
