"""Who looks after this place, and which report may be opened by whom."""

import time

from django.db.models import Q
from django.http import Http404

from beenthere.conversations.access import Room, rooms_of
from beenthere.conversations.models import Membership
from beenthere.foundation import clock, wire
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import MEMBER, Person

from ..events import STEWARDS
from ..models import APPEAL, CONVERSATION, Act, Report, Steward

A_MINUTE = 60.0


def is_steward(person: Person | None) -> bool:
    """Whether the person looks after this place now."""
    if person is None or person.standing != MEMBER:
        return False
    return Steward.objects.filter(in_term(), person=person).exists()


def stewards_now() -> frozenset[str]:
    """Refs of those who look after this place, as this process remembers them for a minute: for a hint on a
    page of everybody, never for a gate."""
    if not _remembered or _remembered[0] <= time.monotonic():
        rows = Steward.objects.filter(in_term()).values_list("person__ref", flat=True)
        _remembered[:] = [time.monotonic() + A_MINUTE, frozenset(rows)]
    return _remembered[1]


_remembered: list = []
wire.subscribe(STEWARDS, lambda ref: _remembered.clear())
wire.subscribe(wire.GAP, lambda ref: _remembered.clear())


def in_term() -> Q:
    return Q(until_at=None) | Q(until_at__gt=clock.now())


def get_steward(person: Person | None) -> Person:
    """The person, if they look after this place; else 404, as if there were no desk."""
    if not is_steward(person):
        raise Http404
    return person


def readable_by(steward: Person) -> Q:
    """The reports that this steward may open: none that they made, none about a conversation they are in,
    and no appeal against what they decided or what was decided about them."""
    mine = Membership.objects.filter(person=steward).values("conversation__ref")
    decided = Act.objects.filter(Q(decided_by=steward.ref) | Q(person=steward)).values("ref")
    return (
        ~(Q(made_by__isnull=False) & Q(made_by=steward))
        & ~Q(kind=CONVERSATION, subject__in=mine)
        & ~Q(kind=APPEAL, subject__in=decided)
    )


def get_report_for_desk(person: Person, ref: str) -> Report:
    """The report `ref`, its words open, if the person is a steward who may open it; the same 404 for all
    else."""
    report = Report.objects.filter(readable_by(get_steward(person)), ref=ref).first()
    if report is None or not opens(report):
        raise Http404
    return report


def get_act_for(person: Person, ref: str) -> Act:
    """What was decided about oneself; else 404."""
    act = Act.objects.filter(person=person, ref=ref).first()
    if act is None:
        raise Http404
    return act


def room_of(report: Report) -> Room | None:
    """The conversation a report is about, None when it is gone (or the report is an appeal)."""
    return rooms_of([report.subject]).get(report.subject) if report.kind == CONVERSATION else None


def other_person_of(report: Report) -> Person | None:
    """The one whom the reporter met there, None when either left."""
    if report.kind != CONVERSATION or report.made_by_id is None:
        return None
    rows = Membership.objects.filter(conversation__ref=report.subject).exclude(person=report.made_by_id)
    row = rows.select_related("person").first()
    return row.person if row else None


def opens(report: Report) -> bool:
    """Whether its key is still there; afterwards what it holds is open in memory."""
    try:
        report.note, report.copied, report.answer = report.note, report.copied, report.answer
    except KeyGone:
        return False
    return True
