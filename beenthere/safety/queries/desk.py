"""What the stewards' desk shows: facts and clocks, no word of any report."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext, ngettext

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import open_together
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import ASKING, MEMBER, Person

from ..access import ENOUGH, at_rest, in_term, readable_by, stewards_in_term, stewards_now
from ..access.conflicts import acts_with_a_hand
from ..core import HOLDS_FOR
from ..models import APPEAL, CHECK_IN, LANES_GRAVE, RESTORED, Act, Grant, Proposal, Report, Steward

ANSWERED_SHOWN = 20
LATE_WHERE_NOT_SAID = timedelta(hours=72)
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A report as the list of the desk shows it: no word of it. `clock` is how long is left, in words."""

    ref: str
    kind: str
    lane: str
    grave: bool
    made_at: datetime
    due_at: datetime
    late: bool
    clock: str
    hid: bool
    answered: bool
    opened: bool

    @property
    def order(self) -> tuple:
        """A wish for a check-in first, then the grave lanes, then by the time it is due."""
        return (self.kind != CHECK_IN, not self.grave, self.due_at, self.made_at)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a second steward: `report` is where it is looked at; `clock` until when."""

    ref: str
    report: str
    kind: str
    limit: str
    rule: int
    mine: bool
    clock: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks to join: their ref never reaches a page unsealed."""

    ref: str
    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Load:
    """How much a steward carries: reports open to them now, answered in 30 days."""

    opened: int
    answered: int

    @property
    def is_heavy(self) -> bool:
        return self.answered >= 10


def clock_in_words(due: datetime, now: datetime) -> str:
    """How long is left, or how late it is."""
    seconds = (due - now).total_seconds()
    hours, days = int(abs(seconds) // 3600), int(abs(seconds) // 86400)
    if seconds >= 0:
        if days >= 2:
            return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
        if hours:
            return ngettext("%(count)s hour left", "%(count)s hours left", hours) % {"count": hours}
        return gettext("less than an hour left")
    if days >= 2:
        return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
    if hours:
        return ngettext("%(count)s hour late", "%(count)s hours late", hours) % {"count": hours}
    return gettext("just late")


def line_of(report: Report, opened: bool = False) -> DeskLine:
    """The facts of a report; its words stay sealed."""
    now = clock.now()
    due = report.due_at or report.made_at + LATE_WHERE_NOT_SAID
    return DeskLine(
        ref=report.ref,
        kind=report.kind,
        lane=report.lane,
        grave=report.lane in LANES_GRAVE,
        made_at=report.made_at,
        due_at=due,
        late=due < now,
        clock=clock_in_words(due, now),
        hid=report.hid,
        answered=report.closed_at is not None,
        opened=opened,
    )


def desk_of(steward: Person) -> list[DeskLine]:
    """The reports that this steward may open: those not answered, the most urgent on top; then those answered
    last, twenty at most. Nothing while they rest."""
    if at_rest(steward):
        return []
    rows = Report.objects.filter(readable_by(steward)).defer("note", "copied", "answer")
    open_now = set(
        Grant.objects.filter(person=steward, ends_at__gt=clock.now()).values_list("report_id", flat=True)
    )
    waits = sorted((line_of(row, row.pk in open_now) for row in rows.filter(closed_at=None)), key=_order)
    closed = rows.exclude(closed_at=None).order_by("-closed_at", "-pk")[:ANSWERED_SHOWN]
    return waits + [line_of(row, row.pk in open_now) for row in closed]


def _order(line: DeskLine) -> tuple:
    return line.order


def proposals_for(steward: Person) -> list[Waiting]:
    """The grave steps that wait for a second steward, the one that lapses first on top."""
    rows = Proposal.objects.filter(
        settled_at=None,
        proposed_at__gt=clock.now() - HOLDS_FOR,
        report__in=Report.objects.filter(readable_by(steward)).values("pk"),
    ).select_related("report")
    return [
        Waiting(
            ref=row.ref,
            report=row.report.ref,
            kind=row.step,
            limit=row.limit,
            rule=row.rule,
            mine=row.proposed_by == steward.ref,
            clock=clock_in_words(row.proposed_at + HOLDS_FOR, clock.now()),
        )
        for row in rows.order_by("proposed_at", "pk")
    ]


def reviews_for(steward: Person) -> list[Waiting]:
    """The acts that nobody looked at a second time, and in which this steward had no hand: one line for each
    decision, the oldest on top."""
    rows = (
        Act.objects.filter(reviewed_at=None, lifted_at=None, holds=False)
        .filter(Q(until_at=None) | Q(until_at__gt=clock.now()))
        .exclude(kind=RESTORED)
        .exclude(pk__in=acts_with_a_hand(steward).values("pk"))
        .filter(report__in=Report.objects.filter(readable_by(steward)).values("ref"))
    )
    found: dict[tuple, Waiting] = {}
    for act in rows.order_by("made_at", "pk"):
        key = (act.report, act.kind, act.limit, act.made_at)
        found.setdefault(key, Waiting(act.ref, act.report, act.kind, act.limit, act.rule_number, False, ""))
    return list(found.values())


def terms_for(steward: Person) -> list[Steward]:
    """The other stewards who asked to go on for another term, and whom this one did not agree to yet."""
    asked = Steward.objects.filter(again_at__isnull=False).exclude(person=steward)
    rows = asked.exclude(again_by=steward.ref)
    return list(rows.select_related("person").order_by("again_at", "pk"))


def load_of(steward: Person) -> Load:
    now = clock.now()
    return Load(
        opened=Grant.objects.filter(person=steward, ends_at__gt=now).values("report").distinct().count(),
        answered=Report.objects.filter(answered_by=steward.ref, answered_at__gt=now - MONTH).count(),
    )


def waits_at_the_desk(person: Person) -> bool:
    """Whether something waits for this person, if they are a steward who does not rest."""
    if person.ref not in stewards_now() or at_rest(person):
        return False
    if Report.objects.filter(readable_by(person), closed_at=None).exists():
        return True
    if Person.objects.filter(standing=ASKING).exists():
        return True
    return bool(proposals_for(person) or reviews_for(person) or terms_for(person))


def askers() -> list[Asker]:
    """Who asks to join, the first on top."""
    rows = list(Person.objects.filter(standing=ASKING).order_by("pk"))
    open_together(*rows)
    found = []
    for row in rows:
        try:
            found.append(Asker(row.ref, row.name, row.made_at))
        except KeyGone:
            continue
    return found


def steward_refs(report: Report) -> list[str]:
    """The people who look after this place now, do not rest, and may open the report."""
    rows = Steward.objects.filter(in_term(), person__standing=MEMBER).select_related("person")
    there = [row.person for row in rows if row.resting_until is None or row.resting_until <= clock.now()]
    return [one.ref for one in there if Report.objects.filter(readable_by(one), pk=report.pk).exists()]


def nobody_can_open(reports: Iterable[Report]) -> set[str]:
    """Refs of those that no steward may open: all stand too near. As many queries for one steward as for all
    of the reports."""
    left = {report.ref for report in reports}
    for row in stewards_in_term() if left else ():
        there = Report.objects.filter(readable_by(row.person), ref__in=left)
        left -= set(there.values_list("ref", flat=True))
    return left


def who_is_missing(reports: Iterable) -> dict:
    """For the page of who reported: `nobody`, the refs of what waits and no steward may open; `few`: an
    appeal waits because there are too few stewards."""
    waits = [one for one in reports if one.closed_at is None]
    few = any(one.kind == APPEAL for one in waits) and appeals_wait_for_more()
    return {"nobody": nobody_can_open(waits), "few": few}


def appeals_wait_for_more() -> bool:
    """Whether fewer than three stewards are in term: what somebody sees otherwise waits then."""
    return len(stewards_in_term()) < ENOUGH


def act_of_appeal(report: Report) -> Act | None:
    """What an appeal is against, its rule open; None where it is gone."""
    act = Act.objects.filter(ref=report.subject).select_related("person").first()
    try:
        return act if report.kind == APPEAL and act and act.rule is not None else None
    except KeyGone:
        return None


def stale_help() -> list[str]:
    """Countries whose rows of other help were looked at too long ago."""
    try:
        from beenthere.signposts.queries import stale_countries
    except ImportError:
        return []
    return list(stale_countries(clock.now().date()))
