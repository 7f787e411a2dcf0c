"""What happens to introductions, for the apps above and for matching itself. Refs only."""

from dataclasses import dataclass

from beenthere.foundation.events import Event


@dataclass(frozen=True)
class PairMet(Event):
    """Both said yes, and their conversation is open."""

    conversation: str
    introduction: str


@dataclass(frozen=True)
class CardEnded(Event):
    """A place of `person` may be free again. Says nothing of why."""

    card: str
    person: str


@dataclass(frozen=True)
class TellingChanged(Event):
    """What `person` told for pairing is other than it was."""

    person: str
