"""What matching does when something happens below it."""

from beenthere.foundation.events import react_to
from beenthere.matching.events import TellingChanged
from beenthere.matching.queries.pool import tell_change
from beenthere.people.events import BoundariesChanged, PersonArrived, PersonLeft
from beenthere.stories.events import PieceChanged, PieceWithdrawn, PieceWritten


@react_to(PersonArrived)
@react_to(PersonLeft)
@react_to(BoundariesChanged)
@react_to(TellingChanged)
def read_again(event: PersonArrived | PersonLeft | BoundariesChanged | TellingChanged) -> None:
    """The pool reads the person again."""
    tell_change(event.person)


@react_to(PieceWritten)
@react_to(PieceChanged)
@react_to(PieceWithdrawn)
def read_author_again(event: PieceWritten | PieceChanged | PieceWithdrawn) -> None:
    """The pool reads the author again."""
    tell_change(event.author)
