"""What somebody reported, and what came of it, as they may know it: nothing about anybody else."""

from dataclasses import dataclass
from datetime import datetime

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import Misplaced
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import Person
from beenthere.stories.models import Piece

from ..access import opens
from ..models import CLEARED, ENDED, REMOVED, Act, Grant, Report

WAITS, LOOKED_AT, ANSWERED = "waits", "looked_at", "answered"
# What is done in the open between the two: whoever reported sees it anyway. Of the rest they learn that
# something was decided, and not what it means for whom.
SEEN_ANYWAY = (ENDED, REMOVED, CLEARED)
SOMETHING = "something"


@dataclass(frozen=True, slots=True)
class ReportSeen:
    """A report as who made it sees it. `state` is one of WAITS, LOOKED_AT, ANSWERED; `done` what was done, of
    SEEN_ANYWAY or SOMETHING, "" for nothing yet; `hid`: what it is about was hidden at once."""

    ref: str
    kind: str
    lane: str
    hid: bool
    note: str
    answer: str | None
    made_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    state: str
    done: str


def seen_by_reporter(person: Person) -> list[ReportSeen]:
    """What the person reported, newest first, while its words are kept. Three queries, however many."""
    rows = [row for row in Report.objects.filter(made_by=person).order_by("-pk") if opens(row)]
    refs = [row.ref for row in rows]
    now = clock.now()
    opened = set(Grant.objects.filter(report__in=rows).values_list("report_id", flat=True)) if rows else set()
    acts = Act.objects.filter(report__in=refs, lifted_at=None, holds=False) if rows else ()
    done = {act.report: act.kind for act in acts}
    return [_seen(row, row.pk in opened, done.get(row.ref, ""), now) for row in rows]


def piece_words(piece: Piece) -> tuple[str, bool]:
    """The words of a piece, and whether they open as what its author sealed for this very piece: whoever put
    them there from elsewhere, or changed them where they are stored, cannot make somebody else say them."""
    try:
        return piece.words, True
    except (KeyGone, Misplaced):
        return "", False


def _seen(row: Report, opened: bool, act: str, now: datetime) -> ReportSeen:
    state = ANSWERED if row.closed_at is not None else LOOKED_AT if opened else WAITS
    facts = {name: getattr(row, name) for name in ReportSeen.__dataclass_fields__ if hasattr(row, name)}
    done = act if act in SEEN_ANYWAY or not act else SOMETHING
    return ReportSeen(**facts, state=state, done=done)
