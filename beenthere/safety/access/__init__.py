"""Who looks after this place, and which report may be opened by whom."""

import time

from django.db.models import Q
from django.http import Http404

from beenthere.foundation import clock, wire
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import MEMBER, Person

from ..events import DECIDED, STEWARDS
from ..models import Act, Report, Steward
from .conflicts import other_person_of, readable_by, room_of

A_MINUTE = 60.0
ENOUGH = 3  # stewards in term: with fewer, grave acts only hold

__all__ = [
    "are_enough",
    "at_rest",
    "get_act_for",
    "get_report_for_desk",
    "get_steward",
    "held_now",
    "in_term",
    "is_steward",
    "opens",
    "other_person_of",
    "readable_by",
    "room_of",
    "stewards_in_term",
    "stewards_now",
]


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


def held_now() -> frozenset[str]:
    """Refs of those for whom something is limited or held, as this process remembers them for a minute: for a
    line on their page, never for a gate."""
    if not _held or _held[0] <= time.monotonic():
        rows = Act.objects.filter(lifted_at=None, until_at__gt=clock.now())
        _held[:] = [time.monotonic() + A_MINUTE, frozenset(rows.values_list("person__ref", flat=True))]
    return _held[1]


_remembered: list = []
_held: list = []
wire.subscribe(DECIDED, lambda ref: _held.clear())
wire.subscribe(wire.GAP, lambda ref: _held.clear())
wire.subscribe(STEWARDS, lambda ref: _remembered.clear())
wire.subscribe(wire.GAP, lambda ref: _remembered.clear())


def in_term() -> Q:
    return Q(until_at=None) | Q(until_at__gt=clock.now())


def stewards_in_term() -> list[Steward]:
    """Those who look after this place now, the one longest in it first."""
    rows = Steward.objects.filter(in_term(), person__standing=MEMBER).select_related("person")
    return list(rows.order_by("since_at", "pk"))


def are_enough() -> bool:
    """Whether grave acts can be agreed to here, and appeals decided."""
    return len(stewards_in_term()) >= ENOUGH


def at_rest(person: Person) -> bool:
    """Whether the steward rests now: nothing of the desk reaches them."""
    return Steward.objects.filter(person=person, resting_until__gt=clock.now()).exists()


def get_steward(person: Person | None) -> Person:
    """The person, if they look after this place; else 404, as if there were no desk."""
    if not is_steward(person):
        raise Http404
    return person


def get_report_for_desk(person: Person, ref: str) -> Report:
    """The report `ref` without its words, if the person is a steward who may look at it; the same 404 for
    all else."""
    found = Report.objects.filter(readable_by(get_steward(person)), ref=ref).defer("note", "copied", "answer")
    report = found.select_related("made_by").first()
    if report is None:
        raise Http404
    return report


def get_act_for(person: Person, ref: str) -> Act:
    """What was decided about oneself; else 404."""
    act = Act.objects.filter(person=person, ref=ref).first()
    if act is None:
        raise Http404
    return act


def opens(report: Report) -> bool:
    """Whether its key is still there; afterwards what it holds is open in memory."""
    try:
        report.note, report.copied, report.answer = report.note, report.copied, report.answer
    except KeyGone:
        return False
    return True
