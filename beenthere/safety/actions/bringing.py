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
    """Afterwards the piece `ref`, as it stands now, waits at the desk under a key of its own: also where it
    waited there with other words. Nothing where it is gone or not held."""
    piece = Piece.objects.select_related("author").filter(ref=ref).exclude(held="").first()
    if piece is None:
        return None
    now = clock.now()
    try:
        copied = {"number": 0, "mine": False, "at": now.isoformat(), "words": piece.words, "kind": "piece"}
    except KeyGone:
        return None
    copied |= {"note": "", "piece": "", "proven": True}
    there = Report.objects.filter(kind=HELD_PIECE, subject=ref, closed_at=None).first()
    report = there or Report(kind=HELD_PIECE, subject=ref, note="", due_at=now + LOOKED_AT)
    report.lane, report.hid = piece.held if piece.held in LANES else OTHER, True
    report.copied, report.made_at = [copied], now
    if there is None:
        make_key(owner=report.ref, purpose=PURPOSE, by=by)
    seal(report)
    with writing():
        report.save()
        record(act="held", by=by, kind="report", ref=report.ref)
    if there is None:
        _tell_stewards(report)
    return report
