"""From the bytes of a sheet to a plan of rounds: one way, taken by the command and by the page.

The engine (numpy, numba) is imported where it is called: reading a sheet and finding its faults
must not wait for it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from beenthere.experiences.core import load_vocabulary, understand
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.people import Person
from beenthere.matching.core.sheet import Sheet, read_sheet
from beenthere.matching.core.wishes import Wishes

if TYPE_CHECKING:
    from beenthere.matching.core.plan import Plan
    from beenthere.matching.core.prepare import Prepared

# Today, where nothing in the sheet says a date: a Monday, so that weeks read naturally.
A_MONDAY = date(2025, 1, 6)
Progress = Callable[[int, int, Sentence], None]


def read_people(content: bytes, *, name: str, renames: Mapping[str, str] | None = None) -> Sheet:
    """The people of a sheet, or all its faults. Never raises for what the bytes hold."""
    return read_sheet(content, name=name, vocabulary=load_vocabulary(), renames=renames or {})


def today_for(people: Iterable[Person], on: date | None) -> date:
    """`on`, else the latest day on which somebody joined, else a fixed Monday: never the clock, so
    that the same sheet gives the same bytes tomorrow."""
    return on or max((person.since for person in people if person.since), default=A_MONDAY)


def prepare_people(people: tuple[Person, ...], *, on: date | None, progress: Progress) -> "Prepared":
    """Everyone's words understood, and all that a round compares."""
    from beenthere.matching.core.prepare import prepare

    vocabulary, understood = load_vocabulary(), {}
    reading = sentence("Reading what people wrote")
    for done, person in enumerate(people):
        if done % 250 == 0:
            progress(done, len(people), reading)
        if person.words:
            understood[person.ref] = understand(person.words, vocabulary=vocabulary)
    progress(len(people), len(people), sentence("Getting ready to compare"))
    return prepare(people, vocabulary=vocabulary, understood=understood, on=today_for(people, on))


def plan_people(prepared: "Prepared", wishes: Wishes, *, progress: Progress) -> "Plan":
    """The stable rounds for prepared people. `wishes.kept` must be without fault."""
    from beenthere.matching.core.rounds import plan_rounds

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
