"""What the pages of safety show."""

from collections.abc import Iterator

from django.http import Http404

from beenthere.conversations.access import Room, get_message_for, get_room_for
from beenthere.conversations.queries import Said, messages_for, page_of
from beenthere.conversations.queries.holding import Heard, can_report, heard_in, last_word_for
from beenthere.people.models import Person

from ..access import opens
from ..models import Act, Report
from .decisions import limits_told, ways_to_appeal
from .desk import askers, desk_of, steward_refs, waits_at_the_desk

__all__ = [
    "acts_about",
    "askers",
    "choices_in",
    "desk_of",
    "every_report",
    "limits_told",
    "living_reports",
    "messages_around",
    "reports_of",
    "steward_refs",
    "waits_at_the_desk",
    "ways_to_appeal",
]

BESIDE = 5  # messages before, and after
REACH = 60  # numbers looked at on either side: withdrawing takes numbers too


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


def living_reports(refs: set[str]) -> set[str]:
    """Those of `refs` that are reports."""
    return set(Report.objects.filter(ref__in=refs).values_list("ref", flat=True))


def every_report() -> Iterator[str]:
    """The refs of all reports, in the order in which they came."""
    return Report.objects.order_by("pk").values_list("ref", flat=True).iterator(500)
