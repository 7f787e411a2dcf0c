"""What a steward has opened: a report shows its words only to who opened it, for a while."""

from django.http import Http404

from beenthere.foundation import clock
from beenthere.people.models import Person

from ..models import Grant, Report
from . import get_report_for_desk, opens


def grant_of(person: Person, report: Report) -> Grant | None:
    """The steward's grant on the report that holds now."""
    rows = Grant.objects.filter(person=person, report=report, ends_at__gt=clock.now())
    return rows.order_by("-ends_at").first()


def get_opened_report(person: Person, ref: str) -> Report:
    """The report `ref`, its words open in memory, if the person is a steward who may look at it and has it
    open now; the same 404 for all else."""
    report = get_report_for_desk(person, ref)
    if grant_of(person, report) is None:
        raise Http404
    report = Report.objects.select_related("made_by").get(pk=report.pk)
    if not opens(report):
        raise Http404
    return report
