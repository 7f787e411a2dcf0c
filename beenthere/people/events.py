"""What happens to people, for the apps above. Refs only."""

from dataclasses import dataclass

from beenthere.foundation.events import Event

SIGNED_OUT = "people.signed_out"  # on the bus, with the ref of a sign-in that is over


@dataclass(frozen=True)
class PersonArrived(Event):
    person: str


@dataclass(frozen=True)
class PersonLeft(Event):
    """Their key is destroyed and their rows are going: there is nothing to read any more."""

    person: str


@dataclass(frozen=True)
class PersonBlocked(Event):
    by_person: str
    other: str


@dataclass(frozen=True)
class BoundariesChanged(Event):
    """Capacity, pause, room now, their name, or a block taken back."""

    person: str


@dataclass(frozen=True)
class NeverChanged(Event):
    """There is somebody more whom `person` never wants to meet."""

    person: str
