"""Hiding a piece from all but its author: at once, for a while, or for good. Nothing of it is deleted."""

from datetime import datetime

from beenthere.foundation import clock
from beenthere.foundation.events import announce
from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing

from ..events import PieceHidden, PieceShown
from ..models import Piece


def hide_piece(*, ref: str, until: datetime, unless_hidden_before: bool = False, by) -> bool:
    """Afterwards nobody but its author meets the words of the piece before `until`, on whatever page. With
    `unless_hidden_before` nothing happens to words that a steward cleared, or that were hidden once: then no
    number of reports hides them longer. Whether it was hidden by this."""
    with writing():
        found = Piece.objects.select_for_update().filter(ref=ref, removed_at=None)
        if unless_hidden_before:
            found = found.filter(cleared_at=None, hidden_until=None)
        piece = found.select_related("author").first()
        if piece is None:
            return False
        Piece.objects.filter(pk=piece.pk).update(hidden_until=until)
        record(act="hid piece", by=by, kind="piece", ref=ref)
        announce(PieceHidden(ref, piece.author.ref))
    return True


def show_piece(*, ref: str, by) -> None:
    """Afterwards the piece is there again for whom its author chose, and no report hides these words by
    itself. Also what was removed comes back."""
    with writing():
        facts = {"hidden_until": None, "removed_at": None, "held": "", "cleared_at": clock.now()}
        if not Piece.objects.filter(ref=ref).update(**facts):
            return
        record(act="showed piece", by=by, kind="piece", ref=ref)
        announce(PieceShown(ref, Piece.objects.select_related("author").get(ref=ref).author.ref))


def remove_piece(*, ref: str, by) -> None:
    """Afterwards nobody but its author meets the words of the piece, until somebody shows it again."""
    with writing():
        if not Piece.objects.filter(ref=ref, removed_at=None).update(removed_at=clock.now()):
            return
        record(act="removed piece", by=by, kind="piece", ref=ref)
        announce(PieceHidden(ref, Piece.objects.select_related("author").get(ref=ref).author.ref))
