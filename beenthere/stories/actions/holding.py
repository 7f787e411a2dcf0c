"""A piece that many may read and that a steward looks at first."""

from datetime import datetime

from beenthere.foundation import clock
from beenthere.foundation.events import announce
from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing

from ..events import PieceChanged
from ..models import Piece


def let_piece_go(*, ref: str, by, as_of: datetime | None = None) -> bool:
    """Afterwards others see the piece `ref`, behind its cover, and these words are not held again. Nothing
    where it is gone, or waits no more; nor where it was changed after `as_of`, when the steward read it: then
    it waits for another look. Returns whether it was let go."""
    with writing():
        waiting = Piece.objects.select_for_update(of=("self",)).select_related("author").exclude(held="")
        row = waiting.filter(ref=ref).first()
        if row is None or (as_of is not None and row.changed_at > as_of):
            return False
        Piece.objects.filter(pk=row.pk).update(held="", cleared_at=clock.now())
        record(act="piece let go", by=by, kind="piece", ref=ref)
        announce(PieceChanged(ref, row.author.ref))
    return True
