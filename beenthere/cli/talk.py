"""`beenthere talk`: the conversations of one person in a terminal, over the API of a served place."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

LOCAL = "http://localhost:8000"
Ref = Annotated[str, typer.Argument(help="Which conversation: its ref, as `list` prints it.")]
talk = typer.Typer(
    help="Talk in a terminal, with a token of your own (made on the place, under Me).",
    no_args_is_help=True,
    rich_markup_mode=None,
    epilog="Exit codes: 0 done, 1 the place does not answer, 2 something to put right, 130 stopped.",
)


@talk.callback()
def where(
    context: typer.Context,
    at: Annotated[str, typer.Option(help="Where the place is.")] = LOCAL,
    token_file: Annotated[
        Path | None, typer.Option(help="A file with the token and nothing else; else BEENTHERE_TOKEN.")
    ] = None,
) -> None:
    """Keeps where the place is, and where the token: both are read when something is asked."""
    context.obj = (at, token_file)


@talk.command("list")
def list_talks(context: typer.Context) -> None:
    """My conversations."""
    _told(context, lambda place, show: show.talks(place.get("/conversations/")))


@talk.command()
def read(
    context: typer.Context,
    ref: Ref,
    after: Annotated[
        int | None, typer.Option(min=0, help="All behind this number; else the newest ones.")
    ] = None,
    unfold: Annotated[
        bool, typer.Option("--open", help="Also what has a note or a cover, or a word you muted.")
    ] = False,
) -> None:
    """Read. What was printed counts as read."""

    def step(place, show) -> None:
        from beenthere.cli.talking import reading

        reading.read(place, show, ref, after=after, unfold=unfold)

    _told(context, step)


@talk.command()
def say(
    context: typer.Context,
    ref: Ref,
    words: Annotated[
        str, typer.Argument(help="In quotes. Left out or -: they come from standard input.")
    ] = "-",
    note: Annotated[str, typer.Option(help="What it is about, said before the words.")] = "",
    covered: Annotated[
        bool, typer.Option("--covered", help="If it is asked about first: yes, the other may open it or not.")
    ] = False,
) -> None:
    """Say something. It is answered once it is on the disk of the place."""

    def step(place, show) -> None:
        from beenthere.cli.talking import acting

        acting.say_words(place, show, ref, _given(words), note=note, covered=covered)

    _told(context, step)


@talk.command()
def lamp(
    context: typer.Context,
    ref: Ref,
    how_long: Annotated[str, typer.Argument(help="15m, 1h, 2h, or out.")],
) -> None:
    """I'm here for a while; the other sees the lamp."""

    def step(place, show) -> None:
        from beenthere.cli.talking import acting

        acting.light(place, show, ref, how_long)

    _told(context, step)


@talk.command()
def agreement(context: typer.Context, ref: Ref) -> None:
    """What we agreed, and what waits for a yes."""
    _told(context, lambda place, show: show.agreements(place.get(place.at(ref, "agreement"))))


@talk.command()
def export(
    context: typer.Context,
    ref: Ref,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Take a conversation along: my words, and the other's if they said that I may."""

    def step(place, show) -> None:
        told = place.get(place.at(ref, "export"))
        show.plain(told) if as_json else show.export(told)

    _told(context, step)


@talk.command()
def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="What you remember of it.")],
) -> None:
    """Find words again in my conversations."""

    def step(place, show) -> None:
        show.found(place.post("/conversations/search", {"words": " ".join(words)}))

    _told(context, step)


@talk.command()
def leave(
    context: typer.Context,
    ref: Ref,
    last_word: Annotated[str, typer.Option(help="Stays with the other, up to 500 characters.")] = "",
) -> None:
    """Leave, at once and without a reason."""

    def step(place, show) -> None:
        from beenthere.cli.talking import acting

        acting.leave(place, show, ref, last_word)

    _told(context, step)


def _told(context: typer.Context, step: Callable) -> None:
    """Asks the place, and shows what it said; a fault is a sentence and an exit code."""
    from beenthere.cli.talking import asking, showing

    at, token_file = context.obj
    show = showing.Terminal()
    try:
        step(asking.Place(at, asking.token_of(token_file, os.environ)), show)
    except asking.Fault as fault:
        show.fault(fault)
        raise typer.Exit(fault.code) from fault
    except KeyboardInterrupt as stop:
        raise typer.Exit(130) from stop


def _given(words: str) -> str:
    if words != "-":
        return words
    import sys

    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
