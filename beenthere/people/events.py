"""What happens to people, for the apps above. Refs only."""

from dataclasses import dataclass

from beenthere.foundation.events import Event


@dataclass(frozen=True)
class PersonArrived(Event):
    person: str


@dataclass(frozen=True)
class PersonLeft(Event):
    """Their key is destroyed and their rows are going: there is nothing to read any more."""

    person: str
