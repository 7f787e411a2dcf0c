"""From the bytes of a sheet to a plan of rounds: one way, taken by the command and by the page.

The engine (numpy, numba) is imported where it is called: reading a sheet and finding its faults
must not wait for it.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from beenthere.experiences import core as experiences
from beenthere.experiences.core import load_vocabulary
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.people import Person
from beenthere.matching.core.sheet import Sheet, read_sheet
from beenthere.matching.core.wishes import Wishes
from beenthere.matching.queries.reading import understood_of

if TYPE_CHECKING:
    from beenthere.matching.core.plan import Plan
    from beenthere.matching.core.prepare import Prepared

# Today, where nothing in the sheet says a date: a Monday, so that weeks read naturally.
A_MONDAY = date(2025, 1, 6)
Progress = Callable[[int, int, Sentence], None]
PREPARING = sentence("The engine is being prepared for this machine, once; about half a minute")


def read_people(content: bytes, *, name: str, renames: Mapping[str, str] | None = None) -> Sheet:
    """The people of a sheet, or all its faults. Never raises for what the bytes hold."""
    return read_sheet(content, name=name, vocabulary=load_vocabulary(), renames=renames or {})


def _while_preparing(progress: Progress) -> Progress:
    """What is compiled is compiled where a step begins, and nothing tells how far that is."""

    def patient(done: int, total: int, doing: Sentence) -> None:
        if done in (0, total):
            progress(0, 0, PREPARING)
        else:
            progress(done, total, doing)

    return patient


def is_floor(text: str) -> bool:
    """Whether this can be the least fit: a plain decimal from 0 to 1. Not `1e-99999999`, whose exact value
    would take hours to write down."""
    whole, _, part = text.partition(".")
    return (
        len(text) <= 40
        and (whole + part).isascii()
        and (whole + part).isdigit()
        and (int(whole or 0) == 0 or (int(whole) == 1 and not part.strip("0")))
    )


def engine_is_ready(people: int) -> bool:
    """Whether a sheet of so many people can be paired without compiling first."""
    from beenthere.matching.core.compiled.machine import PLAIN_UP_TO

    kept = os.environ.get("NUMBA_CACHE_DIR")
    return people <= PLAIN_UP_TO or not kept or any(Path(kept).rglob("*.take-*.nbc"))


def forget_words() -> None:
    """Single words that were remembered while reading are let go of: they came from somebody's sheet."""
    experiences.forget_words(load_vocabulary())


def today_for(people: Iterable[Person], on: date | None) -> date:
    """`on`, else the latest day on which somebody joined, else a fixed Monday: never the clock, so
    that the same sheet gives the same bytes tomorrow."""
    return on or max((person.since for person in people if person.since), default=A_MONDAY)


def prepare_people(people: tuple[Person, ...], *, on: date | None, progress: Progress) -> "Prepared":
    """Everyone's words understood, and all that a round compares."""
    understood = understood_of(people, progress=progress)
    from beenthere.matching.core.prepare import prepare

    progress(len(people), len(people), sentence("Getting ready to compare"))
    return prepare(people, vocabulary=load_vocabulary(), understood=understood, on=today_for(people, on))


def plan_people(prepared: "Prepared", wishes: Wishes, *, progress: Progress) -> "Plan":
    """The stable rounds for prepared people. `wishes.kept` must be without fault."""
    from beenthere.matching.core.rounds import plan_rounds

    if not engine_is_ready(len(prepared.people)):
        progress = _while_preparing(progress)
    return plan_rounds(
        prepared,
        rounds=wishes.rounds,
        floor=wishes.floor,
        seed=wishes.seed,
        met=wishes.met,
        kept=wishes.kept,
        nearest=wishes.nearest,
        progress=progress,
    )
