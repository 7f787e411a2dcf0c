"""What the pages of safety show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from beenthere.conversations.access import Room, get_message_for, get_room_for
from beenthere.conversations.queries import Said, messages_for, page_of
from beenthere.conversations.queries.holding import Heard, can_report, heard_in, last_word_for
from beenthere.foundation.keys.fields import open_together
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import ASKING, Person

from ..access import in_term, opens, readable_by, stewards_now
from ..models import Act, Report, Steward

BESIDE = 5  # messages before, and after
REACH = 60  # numbers looked at on either side: withdrawing takes numbers too


@dataclass(frozen=True, slots=True)
class DeskLine:
    """A report as the list of the desk shows it: no word of it."""

    ref: str
    kind: str
    made_at: datetime
    answered: bool


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks to join: their ref never reaches a page unsealed."""

    ref: str
    name: str
    since: datetime


def choices_in(person: Person, room: Room, number: int | None) -> tuple[list[Said], list[Heard]]:
    """What `person` may choose for a report in a room as they see it (`seen_by`): what they can read around
    the message `number` (None: the newest), in order; and that the other said something which they cannot
    read any more. 404 for a number that is neither, where there is nothing at all, and once it is over."""
    if not can_report(person, room):
        raise Http404
    heard = heard_in(person, room)
    is_heard = number in {one.number for one in heard}
    said = _around(person, room, None if is_heard else number)
    if not said and not heard and last_word_for(person, room) is None:
        raise Http404
    return said, heard


def messages_around(person: Person, conversation: str, number: int | None) -> list[Said]:
    """What `person` may read around the message `number` (None: the newest), in order, itself included; 404
    when they cannot read that one. After an ending these are their own words alone."""
    return _around(person, get_room_for(person, conversation), number)


def _around(person: Person, room: Room, number: int | None) -> list[Said]:
    if number is None:
        said = [one for one in page_of(room, person)[0] if not one.withdrawn]
        return said[-2 * BESIDE - 1 :]
    get_message_for(person, room.row.ref, number)
    found = messages_for(person, room.row, after=max(0, number - REACH), most=2 * REACH)
    said = [one for one in found if not one.withdrawn]
    before = [one for one in said if one.number < number][-BESIDE:]
    return before + [one for one in said if one.number >= number][: BESIDE + 1]


def reports_of(person: Person) -> list[Report]:
    """What the person reported, newest first, while its words are kept."""
    return [report for report in Report.objects.filter(made_by=person).order_by("-pk") if opens(report)]


def acts_about(person: Person) -> list[Act]:
    """What stewards decided that concerns the person, newest first."""
    return list(Act.objects.filter(person=person).order_by("-pk"))


def act_of_appeal(report: Report) -> tuple[str, str] | None:
    """What an appeal is against: the kind of the decision, and the rule that was named."""
    act = Act.objects.filter(ref=report.subject).select_related("person").first()
    try:
        return (act.kind, act.rule) if act else None
    except KeyGone:
        return None


def desk_of(steward: Person) -> list[DeskLine]:
    """The reports that this steward may open, those not answered first, the oldest of them on top."""
    rows = Report.objects.filter(readable_by(steward)).order_by("pk")
    lines = [DeskLine(row.ref, row.kind, row.made_at, row.closed_at is not None) for row in rows]
    return sorted(lines, key=lambda line: line.answered)


def waits_at_the_desk(person: Person) -> bool:
    """Whether a report or somebody who asks to join waits for this person, if they are a steward."""
    if person.ref not in stewards_now():
        return False
    there = Report.objects.filter(readable_by(person), closed_at=None).exists()
    return there or Person.objects.filter(standing=ASKING).exists()


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
    """The people who look after this place now and may open the report."""
    rows = Steward.objects.filter(in_term()).select_related("person")
    there = [row.person for row in rows]
    return [one.ref for one in there if Report.objects.filter(readable_by(one), pk=report.pk).exists()]


def living_reports(refs: set[str]) -> set[str]:
    """Those of `refs` that are reports."""
    return set(Report.objects.filter(ref__in=refs).values_list("ref", flat=True))


def every_report() -> Iterator[str]:
    """The refs of all reports, in the order in which they came."""
    return Report.objects.order_by("pk").values_list("ref", flat=True).iterator(500)
