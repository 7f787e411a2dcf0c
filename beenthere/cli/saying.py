"""How commands speak: a sentence on the terminal, in the language of the place."""

import gettext
import os
import sys
from pathlib import Path

import typer

from beenthere.foundation.sentences import Sentence

LOCALE = Path(__file__).resolve().parents[1] / "locale"


class Stop(Exception):
    """The command cannot go on. The sentence says what to do about it; the exit code is 1."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(str(said))
        self.said = said


def say(said: Sentence, *, error: bool = False) -> None:
    """Prints the sentence at once, even into a pipe."""
    typer.echo(said.said(translate), err=error)
    (sys.stderr if error else sys.stdout).flush()


def translate(text: str) -> str:
    """`text` in the language of BEENTHERE_LANGUAGE, English where we have no better. Without Django,
    whose start most commands have not paid for when they first speak."""
    languages = [os.environ.get("BEENTHERE_LANGUAGE", "en")]
    return gettext.translation("django", LOCALE, languages, fallback=True).gettext(text)


def stopped(stop: Stop) -> typer.Exit:
    """Says why, and is what to raise then."""
    say(stop.said, error=True)
    return typer.Exit(1)
