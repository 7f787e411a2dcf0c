"""What is wrong with a file, said so that whoever holds it can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass

from beenthere.foundation.sentences import Sentence

SHOWN = 200  # characters of a faulty value that are shown; a page still holds the whole cell


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `line` is the line of the record's beginning, the header being the
    first; `column` is the name as the file writes it, or empty where a whole line or the whole file
    is meant."""

    line: int
    column: str
    value: str
    why: Sentence
    wants: Sentence


class Unreadable(Exception):
    """The file can't be read as a table at all; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


def unreadable(why: Sentence, wants: Sentence, *, line: int = 1, value: str = "") -> Unreadable:
    """An `Unreadable` of one fault about the whole file."""
    return Unreadable(Fault(line, "", shown(value), why, wants))


def shown(value: str) -> str:
    """The value, cut where it is too long to read in a list of faults."""
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def in_order(faults: Iterable[Fault], columns: Iterable[str]) -> tuple[Fault, ...]:
    """By line, then as the columns stand in the file."""
    places = {column: place for place, column in enumerate(columns)}
    return tuple(sorted(faults, key=lambda fault: (fault.line, places.get(fault.column, -1))))
