"""What happens to people, and ends their pairs. Tidying alone: every gate looks for itself."""

from beenthere.foundation.events import react_to
from beenthere.foundation.refs import SITE
from beenthere.people.events import PersonBlocked, PersonLeft
from beenthere.stories.events import PieceHidden, PieceShown, PieceWithdrawn

from .actions import forget_company
from .actions.carrying import tell_of_withdrawn_piece
from .actions.finding import unmark_message
from .actions.hiding import show_how_it_is_now
from .events import MessageWithdrawn


@react_to(PersonLeft)
def end_their_conversations(left: PersonLeft) -> None:
    forget_company(person_ref=left.person, by=SITE)


@react_to(PersonBlocked)
def end_conversations_between(blocked: PersonBlocked) -> None:
    forget_company(person_ref=blocked.by_person, with_ref=blocked.other, by=SITE)


@react_to(MessageWithdrawn)
def forget_what_found_it(withdrawn: MessageWithdrawn) -> None:
    unmark_message(message_ref=withdrawn.message, by=SITE)


@react_to(PieceWithdrawn)
def tell_where_it_was_carried(withdrawn: PieceWithdrawn) -> None:
    tell_of_withdrawn_piece(piece_ref=withdrawn.piece, author_ref=withdrawn.author, by=SITE)


@react_to(PieceHidden)
@react_to(PieceShown)
def tell_where_it_is_carried(told: PieceHidden | PieceShown) -> None:
    """What a page shows asks the piece itself; this reaches those that are open."""
    show_how_it_is_now(piece_ref=told.piece, by=SITE)
