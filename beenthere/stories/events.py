"""What happens to pieces, for the apps above. Refs only."""

from dataclasses import dataclass

from beenthere.foundation.events import Event


@dataclass(frozen=True)
class PieceWritten(Event):
    piece: str
    author: str


@dataclass(frozen=True)
class PieceChanged(Event):
    """Its words, what it is about, or who may read it."""

    piece: str
    author: str


@dataclass(frozen=True)
class PieceHeld(Event):
    """The piece `ref` waits for a steward's look; nobody but its author sees it until then."""

    ref: str


@dataclass(frozen=True)
class PieceWithdrawn(Event):
    """The piece is gone: what was quoted from it goes too."""

    piece: str
    author: str


@dataclass(frozen=True)
class PieceHidden(Event):
    """Nobody but its author reads it for now. What was quoted from it may come back."""

    piece: str
    author: str


@dataclass(frozen=True)
class PieceShown(Event):
    """It is there again for whom its author chose."""

    piece: str
    author: str
