"""The people of a pairing as plain values: what a sheet, or later the site, says of each."""

from dataclasses import dataclass, field
from datetime import date

HOPES = ("to talk", "to write now and then", "to keep company", "to do something together")
STANDS = ("in it now", "it comes and goes", "finding my way", "living with it", "behind me for now")
AGE_BANDS = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")


@dataclass(frozen=True, slots=True)
class Named:
    """An experience that a person names. `experience` is an id of the vocabulary when `known`, else
    the words as written (folded for comparing by `folded`)."""

    experience: str
    stand: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Window:
    """A weekly window in the person's own time: weekday 0 is Monday, minutes from that midnight;
    `until` may pass 1440 (it crosses midnight)."""

    weekday: int
    start: int
    until: int


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a pairing. Texts are trimmed; lists that compare are case-folded already."""

    ref: str
    words: str = ""
    experiences: tuple[Named, ...] = ()
    hopes: frozenset[str] = frozenset()
    languages: tuple[str, ...] = ("en",)  # BCP 47, as written
    place: str = ""
    timezone: str = ""
    free: tuple[Window, ...] = ()
    age_band: str | None = None
    gender: str = ""  # as written
    meet_age: frozenset[str] = frozenset()  # bands; empty means any
    meet_gender: frozenset[str] = frozenset()  # folded; empty means any
    leave_out: tuple[Named, ...] = ()
    never: frozenset[str] = frozenset()  # refs that exist in the same sheet
    capacity: int = 1
    since: date | None = None
    line: int = field(default=0, compare=False)


def folded(text: str) -> str:
    """How lists compare: trimmed, inner white space one blank, case-folded."""
    return " ".join(text.split()).casefold()
