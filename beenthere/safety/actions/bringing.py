"""What waits for a steward without anybody having reported it: a piece that was held."""

from datetime import timedelta

from beenthere.foundation import clock
from beenthere.foundation.keys.actions import make_key
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing
from beenthere.stories.models import Piece

from ..models import HELD_PIECE, LANES, OTHER, Report
from .reporting import PURPOSE, _tell_stewards

LOOKED_AT = timedelta(hours=24)


def bring_held_piece(*, ref: str, by) -> Report | None:
    """Afterwards the piece `ref`, as it stands now, waits at the desk under a key of its own. Nothing where
    it is gone or not held, or waits there already."""
    piece = Piece.objects.select_related("author").filter(ref=ref).exclude(held="").first()
    if piece is None or _waits(ref):
        return None
    try:
        words = piece.words
    except KeyGone:
        return None
    now = clock.now()
    copied = [{"number": 0, "mine": False, "at": now.isoformat(), "words": words, "kind": "piece"}]
    copied[0] |= {"note": "", "piece": "", "proven": True}
    report = Report(kind=HELD_PIECE, subject=ref, note="", copied=copied, due_at=now + LOOKED_AT)
    report.lane, report.hid = piece.held if piece.held in LANES else OTHER, True
    make_key(owner=report.ref, purpose=PURPOSE, by=by)
    seal(report)
    with writing():
        if _waits(ref):  # its key is swept up
            return None
        report.save(force_insert=True)
        record(act="held", by=by, kind="report", ref=report.ref)
    _tell_stewards(report)
    return report


def _waits(ref: str) -> bool:
    return Report.objects.filter(kind=HELD_PIECE, subject=ref, closed_at=None).exists()
