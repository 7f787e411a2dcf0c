"""Blocking whoever wrote a piece."""

from beenthere.foundation.writing import writing
from beenthere.people.actions import block
from beenthere.people.actions.muting import mute
from beenthere.people.models import FROM_PIECE, Person
from beenthere.stories.models import Piece


def block_author(*, piece: Piece, by: Person) -> None:
    """Afterwards `by` and whoever wrote the piece do not reach each other, and the piece stands in none of
    `by`'s lists. Nobody is told. PermissionError for one's own."""
    if piece.author_id == by.pk:
        raise PermissionError("Nobody blocks themselves.")
    with writing():
        mute(other=piece.author, kind=FROM_PIECE, subject=piece.ref, by=by)
        block(other=piece.author, by=by)
