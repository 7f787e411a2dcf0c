""" "I've been there": words that may carry a piece of one's own, also one written on the spot."""

from collections.abc import Callable

from django.db import transaction
from django.http import Http404

from beenthere.foundation import wire
from beenthere.foundation.writing import writing
from beenthere.people.models import Person
from beenthere.signposts.core.outside import heard
from beenthere.stories.access import get_own_piece_for
from beenthere.stories.actions import Refused, withdraw_piece, write_piece
from beenthere.stories.models import ME

from ..core import BEEN_THERE, NOT_KEPT, NOT_YOURS, OUTSIDE, TOO_LONG
from ..events import CHANGED
from ..models import Conversation, Message
from .sending import Draft, Outcome, send_messages


def say_been_there(
    *,
    conversation: Conversation,
    words: str,
    mark: str,
    piece: str = "",
    written: str = "",
    language: str = "",
    covered_ok: bool = False,
    send: Callable[[Draft], Outcome] | None = None,
    by: Person,
) -> tuple[Outcome, str]:
    """What became of it, and the ref of the piece that goes along ("" for none).

    The words go with the piece `piece` (a ref of one's own), or with `written`, which is then a piece that
    nobody else reads but who is in this conversation. `send` joins a batch; without it the words go at once.
    What was written for words that were refused, or sent before, is gone again; it stays where the place
    could not say that they were kept, to go along when they are sent again."""
    own = None
    if written.strip():
        if heard(written) and conversation.door_open_at is None:
            return Outcome(refused=OUTSIDE), ""
        try:
            about = {"experiences": [], "language": language}
            own = write_piece(words=written, about=about, audience=ME, by=by)
        except Refused:
            return Outcome(refused=TOO_LONG), ""
        piece = own.ref
    elif piece:
        try:
            chosen = get_own_piece_for(by, piece)
        except Http404:
            return Outcome(refused=NOT_YOURS), ""
        if heard(chosen.words) and conversation.door_open_at is None:
            return Outcome(refused=OUTSIDE), ""
    draft = Draft(by.ref, conversation.ref, mark, words, kind=BEEN_THERE, piece=piece, covered_ok=covered_ok)
    outcome = send(draft) if send else send_messages([draft])[0]
    if own is not None and (outcome.repeat or outcome.refused not in (None, NOT_KEPT)):
        withdraw_piece(piece=own, by=by)
        return outcome, ""
    return outcome, piece


def tell_of_withdrawn_piece(*, piece_ref: str, author_ref: str, by) -> None:
    """Afterwards the open pages of conversations in which that piece was carried look again. It is gone from
    the messages already."""
    found = Message.objects.filter(author__person__ref=author_ref, piece_proven=piece_ref)
    refs = set(found.values_list("conversation__ref", flat=True))
    with writing():
        transaction.on_commit(lambda: [wire.publish(CHANGED, ref) for ref in sorted(refs)])
