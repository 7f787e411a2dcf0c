"""What a report "about me" hides at once, before anybody has looked: for seven days at most, never again the
same words, and on nobody's word without end."""

from collections.abc import Collection, Iterable

from beenthere.conversations.actions.hiding import hide_message
from beenthere.conversations.models import Message
from beenthere.foundation import clock
from beenthere.foundation.writing import writing
from beenthere.people.models import Person
from beenthere.stories.actions.hiding import hide_piece

from ..access.reportable import for_many
from ..models import ABOUT_ME, Report
from ..queries.weights import may_hide
from .due import HIDES


def hide_at_once(
    *, report: Report, messages: Iterable[Message] = (), pieces: Collection[str] = (), by: Person
) -> bool:
    """Afterwards nobody but their authors meets these messages and pieces (refs), until a steward has looked,
    for seven days at most: where the report is "about me" and this reporter's word hides. Not what a steward
    cleared, nor what was hidden once before. `report.hid` says whether something was hidden."""
    if report.lane != ABOUT_ME or not may_hide(by):
        return False
    of_many = for_many(pieces)
    if of_many and not may_hide(by, of_many=True):
        pieces = [ref for ref in pieces if ref not in of_many]
    until = clock.now() + HIDES
    hid = [hide_message(message=one, until=until, unless_hidden_before=True, by=by) for one in messages]
    hid += [hide_piece(ref=ref, until=until, unless_hidden_before=True, by=by) for ref in pieces]
    if any(hid):
        with writing():
            Report.objects.filter(pk=report.pk).update(hid=True)
        report.hid = True
    return report.hid
