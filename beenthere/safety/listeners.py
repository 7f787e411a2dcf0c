"""What safety does when something happened below."""

from beenthere.foundation.events import react_to
from beenthere.foundation.jobs import enqueue
from beenthere.stories.events import PieceHeld

from . import tasks


@react_to(PieceHeld)
def on_piece_held(event: PieceHeld) -> None:
    """Its copy needs a key of its own, which is made after this transaction."""
    enqueue(tasks.bring_held_piece, event.ref)
