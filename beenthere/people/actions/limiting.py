"""Limits that stewards set: each has an end, and goes by itself then."""

from datetime import datetime

from beenthere.foundation import clock
from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing

from ..models import AWAY, LIMITS, Limit, Person
from .joining import restore, suspend


def limit_person(*, person: Person, what: str, until: datetime, act: str, by) -> None:
    """Afterwards the limit `what` (of LIMITS) holds for `person` until then, as the decision `act` (a ref)
    says; AWAY closes the place to them. One limit for each decision: given again it ends at `until`.
    ValueError for an unknown one, or for an end that is past."""
    if what not in LIMITS or until <= clock.now():
        raise ValueError(what)
    with writing():
        Limit.objects.update_or_create(person=person, what=what, act=act, defaults={"until_at": until})
        record(act=f"limited: {what}", by=by, kind="person", ref=person.ref)
        if what == AWAY:
            suspend(person=person, by=by)


def lift_limit(*, person: Person, what: str, by, act: str | None = None) -> bool:
    """Afterwards the limit `what` holds no more (with `act`: what that decision set; another's stays).
    Whether there was one. Who has no AWAY left is a member again."""
    with writing():
        rows = Limit.objects.filter(person=person, what=what)
        gone = (rows if act is None else rows.filter(act=act)).delete()[0]
        if gone:
            record(act=f"limit lifted: {what}", by=by, kind="person", ref=person.ref)
            _back(person, what, by)
    return bool(gone)


def end_limits(*, by) -> list[str]:
    """Afterwards no limit stands that is over, and whose time away is over is back. The refs of whom they
    held."""
    over = Limit.objects.filter(until_at__lte=clock.now()).select_related("person").order_by("pk")
    ended = []
    for row in list(over):
        with writing():
            if Limit.objects.filter(pk=row.pk, until_at__lte=clock.now()).delete()[0]:
                record(act=f"limit over: {row.what}", by=by, kind="person", ref=row.person.ref)
                _back(row.person, row.what, by)
                ended.append(row.person.ref)
    return ended


def _back(person: Person, what: str, by) -> None:
    there = Limit.objects.filter(person=person, what=AWAY, until_at__gt=clock.now())
    if what == AWAY and not there.exists():
        restore(person=person, by=by)
