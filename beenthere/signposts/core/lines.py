"""Lines and emergency numbers as plain values, read from tables (`lines.toml`, `emergency.toml`)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

STALE_AFTER = timedelta(days=180)
YOUNG, WARMLINE = "young", "warmline"
AS_NOTED = "as noted"
AS_NOTED = "as noted"
DIALLED = str.maketrans("", "", " ()-")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of other help. `verified_on` is None while nobody has read it at its source;
    `hours` is `24/7`, `HH:MM-HH:MM` or empty where they are not confirmed; `note` is by language."""

    country: str
    name: str
    kind: str
    phones: tuple[str, ...] = ()
    sms: str = ""
    sms_word: str = ""
    url: str = ""
    hours: str = ""
    languages: tuple[str, ...] = ()
    note: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    verified_on: date | None = None
    id: str = ""

    @property
    def calls(self) -> tuple[tuple[str, str], ...]:
        """Each phone number as it is read, and as a `tel:` link dials it."""
        return tuple((phone, dialled(phone)) for phone in self.phones)

    @property
    def texts_to(self) -> str:
        return dialled(self.sms)


@dataclass(frozen=True, slots=True)
class Emergency:
    """The emergency numbers of one country: `one` for everything, or one each."""

    one: str = ""
    ambulance: str = ""
    police: str = ""


def dialled(number: str) -> str:
    """The characters of `number` that a phone dials."""
    return number.translate(DIALLED)


def line_of(row: Mapping) -> Line:
    """The line of one table row. Raises TypeError for a row with an unknown key or without a
    country, name or kind, ValueError for a date that is none (`lint` says so in words)."""
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    told["verified_on"] = date.fromisoformat(row["verified_on"]) if row.get("verified_on") else None
    return Line(**told)


def emergencies_of(table: Mapping) -> dict[str, Emergency]:
    """Emergency numbers by country (ISO 3166 alpha-2)."""
    found = {country: Emergency(one=number) for country, number in table["one"].items()}
    return found | {country: Emergency(**numbers) for country, numbers in table["apart"].items()}


def shown(lines: Iterable[Line], country: str) -> tuple[Line, ...]:
    """The lines of `country` that somebody has read at their source, in the order of the table.
    A line that nobody has read is never shown: a wrong number can cost a life."""
    return tuple(line for line in lines if line.country == country and line.verified_on)


def for_adults(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines that are not for people under 18 alone, with warmlines last."""
    return tuple(sorted((one for one in lines if one.kind != YOUNG), key=lambda one: one.kind == WARMLINE))


def for_the_young(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines for people under 18."""
    return tuple(one for one in lines if one.kind == YOUNG)


def ways_of(lines: Iterable[Line]) -> tuple[str, ...]:
    """The different ways in which one reaches them: each number to call or to text, and each page, once."""
    found: dict[str, None] = {}
    for one in lines:
        found |= {f"tel:{number}": None for _, number in one.calls}
        found |= {f"sms:{one.texts_to}": None} if one.sms else {}
        found |= {one.url: None} if one.url else {}
    return tuple(found)


def is_stale(line: Line, *, on: date) -> bool:
    """Whether it is more than 180 days since `line` was read at its source, or it never was."""
    return line.verified_on is None or on - line.verified_on > STALE_AFTER
