"""What matching does when something happens below it."""

from beenthere.foundation.events import react_to
from beenthere.foundation.jobs import enqueue
from beenthere.foundation.refs import SITE
from beenthere.matching import tasks
from beenthere.matching.actions import forget_excerpts
from beenthere.matching.events import CardEnded, TellingChanged
from beenthere.matching.queries.pool import tell_change
from beenthere.people.events import BoundariesChanged, NeverChanged, PersonArrived, PersonBlocked, PersonLeft
from beenthere.stories.events import PieceChanged, PieceWithdrawn, PieceWritten
from beenthere.stories.queries import still_quotable


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


@react_to(CardEnded)
@react_to(BoundariesChanged)
@react_to(TellingChanged)
def fill_places(event: CardEnded | BoundariesChanged | TellingChanged) -> None:
    """Whoever has a place free is proposed to soon, not only at the next round."""
    enqueue(tasks.propose_to, event.person)


@react_to(PersonBlocked)
def void_yes(event: PersonBlocked) -> None:
    """Later, under the locks of the introduction: here the ledger's is held already."""
    enqueue(tasks.void_yes, event.by_person, event.other)


@react_to(NeverChanged)
def part_by_never(event: NeverChanged) -> None:
    """No gate relies on it: a pair asks again when it begins."""
    enqueue(tasks.part_by_never, event.person)


@react_to(PieceChanged)
@react_to(PieceWithdrawn)
def forget_lent(event: PieceChanged | PieceWithdrawn) -> None:
    """What was lent goes from the tables too; what is shown asks the piece itself."""
    if not still_quotable([event.piece]):
        forget_excerpts(piece=event.piece, by=SITE)
