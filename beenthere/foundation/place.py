"""What this place is, as its first steward said: name, rules, who may join, languages, hours.

Public facts, the same for everybody; nothing here belongs to a person.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from beenthere.foundation import clock, wire
from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing

OPEN, INVITED, ASKING = "open", "invited", "asking"
JOINING = (OPEN, INVITED, ASKING)
CHANGED = "place.changed"


@dataclass(frozen=True)
class Place:
    """`opened_at` is None until somebody did the first run. `rules` are the place's own words ("" means
    the default ones of the pages); `hours` says when stewards are here, in words, "" when not told."""

    name: str
    rules: str = ""
    joining: str = OPEN
    languages: tuple[str, ...] = ()
    hours: str = ""
    opened_at: datetime | None = field(default=None)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None


_read: list[Place] = []
_last: list[Place] = []
wire.subscribe(CHANGED, lambda ref: _read.clear())
wire.subscribe(wire.GAP, lambda ref: _read.clear())


def the_place() -> Place:
    """The facts, read once and again after each change."""
    from beenthere.foundation.models import PlaceFacts

    if not _read:
        row = PlaceFacts.objects.first()
        _read[:] = [_from_row(row) if row else Place(name=settings.PLACE.name)]
        _last[:] = _read
    return _read[0]


def name_at_hand() -> str:
    """What the place was called when this process last read it, which `serve` does first of all. Asks no
    database: *Help now* is there without one."""
    return _last[0].name if _last else settings.PLACE.name


def tell_place(
    *, name: str, rules: str = "", joining: str = OPEN, languages: tuple[str, ...] = (), hours: str = "", by
) -> None:
    """Afterwards the place is open and is what is told here. ValueError for an unknown way of joining."""
    from beenthere.foundation.models import PlaceFacts

    if joining not in JOINING:
        raise ValueError(joining)
    with writing():
        row = PlaceFacts.objects.first() or PlaceFacts(opened_at=clock.now())
        row.name, row.rules, row.joining, row.hours = name, rules, joining, hours
        row.languages = list(languages)
        row.save()
        record(act="place told", by=by, kind="place", ref="")
    forget_place()
    the_place()
    wire.publish(CHANGED)


def forget_place() -> None:
    """The next reader reads afresh."""
    _read.clear()


def _from_row(row) -> Place:
    return Place(
        name=row.name,
        rules=row.rules,
        joining=row.joining,
        languages=tuple(row.languages),
        hours=row.hours,
        opened_at=row.opened_at,
    )
