"""What was decided is told to whom it concerns, with the rule as it stood, and stands in the public log."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from beenthere.foundation import clock, wire
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.refs import SITE
from beenthere.people.actions import note_waiting
from beenthere.people.models import Person

from ..events import DECIDED
from ..models import Act, PublicAct, Report
from ..queries.rules import rule_said


def sealed_acts(people: Iterable[Person], *, report: Report, rule: int, by, **facts) -> list[Act]:
    """For each of `people` what is told to them, in their language, not kept yet: outside of `writing`. With
    `rule` 0 no rule was broken. LookupError where there is no such rule. Who has just left is left out."""
    acts, now = [], clock.now()
    for person in people:
        told = rule_said(rule, person.prefers.get("language") or "en") if rule else ""
        act = Act(
            person=person,
            subject=report.subject,
            report=report.ref,
            rule_number=rule,
            rule=told,
            decided_by=by.ref,
            made_at=now,
            **facts,
        )
        try:
            seal(act)
        except KeyGone:
            continue
        acts.append(act)
    return acts


def keep_acts(acts: list[Act], *, by) -> None:
    """Afterwards they are told, and the public log has its line, once for all of them."""
    Act.objects.bulk_create(acts)
    if acts:
        one = acts[0]
        PublicAct.objects.create(week=monday_of(one.made_at), kind=one.kind, rule_number=one.rule_number)


def log_review(act: Act, *, before: str = "", by) -> None:
    """Afterwards the log's line of such an act says how the second look went (`before`: what it said). Lines
    of the same week, kind and rule are alike: any of them is as good."""
    rows = PublicAct.objects.filter(
        week=monday_of(act.made_at), kind=act.kind, rule_number=act.rule_number, review=before
    )
    row = rows.order_by("pk").first()
    if row is not None:
        row.review = act.review
        row.save(update_fields=["review"])


def note_people(people: Iterable[Person], *, by=SITE) -> None:
    """After the transaction: something waits for each of them, and their pages say so."""
    wire.publish(DECIDED)
    for person in people:
        note_waiting(person_ref=person.ref, by=by)


def monday_of(at: datetime, *, by=SITE) -> date:
    """The Monday (UTC) of that week."""
    day = at.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())
