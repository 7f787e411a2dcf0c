"""Opening a report: for a reason, for a while, and on the record."""

from datetime import timedelta

from beenthere.foundation import clock
from beenthere.foundation.ledger import record
from beenthere.people.models import Person

from ..access.powers import power
from ..models import REASONS, Grant, Report

OPEN_FOR = timedelta(hours=2)


@power("open a report", opened=False)
def open_report(*, report: Report, reason: str, by: Person):
    """Afterwards the report shows its words to `by`, and to nobody else, for two hours; the ledger says so.
    ValueError for a reason that is none of REASONS."""
    if reason not in REASONS:
        raise ValueError(reason)
    yield
    record(act=f"opened report: {reason}", by=by, kind="report", ref=report.ref)
    return Grant.objects.create(report=report, person=by, reason=reason, ends_at=clock.now() + OPEN_FOR)


@power("close a report again")
def close_again(*, report: Report, by: Person):
    """Afterwards it is closed to `by`, as if the two hours were over."""
    yield
    Grant.objects.filter(report=report, person=by, ends_at__gt=clock.now()).update(ends_at=clock.now())
    record(act="closed report again", by=by, kind="report", ref=report.ref)
