"""What the steps of stewards do to people, conversations, messages and pieces. No gate: only the powers of
`deciding`, `proposing` and `reviewing`, and the worker, come here."""

from datetime import datetime

from beenthere.conversations.actions import end_conversation
from beenthere.conversations.actions.stopping import hold_conversation, let_conversation_go_on
from beenthere.conversations.models import Message
from beenthere.foundation import clock
from beenthere.foundation.sentences import sentence
from beenthere.people.actions.limiting import lift_limit, limit_person
from beenthere.people.models import Person

from ..access.conflicts import other_person_of, person_concerned, room_of
from ..core import CLEARED, ENDED, HOLDS_FOR, LET_GO, REMOVED, Step
from ..models import CONVERSATION, HELD_PIECE, PIECE, Act, Report
from .reporting import Refused

THINGS = (CONVERSATION, PIECE, HELD_PIECE)  # what can be removed, or shown again


def people_told(step: Step, report: Report, *, by) -> list[Person]:
    """Whom the step concerns: both of a conversation that ends, else whom the report is about."""
    if step.kind == ENDED:
        people = [report.made_by, other_person_of(report)]
    else:
        people = [person_concerned(report)]
    return [one for one in people if one is not None]


def is_possible(step: Step, report: Report, *, by) -> bool:
    """Whether there is something for the step to be done to."""
    if step.kind == ENDED:
        room = room_of(report)
        return room is not None and room.row.ended_at is None
    if step.kind == LET_GO:
        return report.kind == HELD_PIECE and person_concerned(report) is not None
    if step.kind in (REMOVED, CLEARED):
        return report.kind in THINGS and person_concerned(report) is not None
    return person_concerned(report) is not None


def do_step(step: Step, *, report: Report, acts: list[Act], until: datetime | None, by) -> None:
    """Afterwards it is done, for good or until `until`."""
    if step.kind == ENDED:
        room = room_of(report)
        if room is not None:
            let_conversation_go_on(ref=report.subject, by=by)
            end_conversation(conversation=room.row, by=by)
    elif step.limit:
        for act in acts:
            if until is not None and until > clock.now():
                limit_person(person=act.person, what=step.limit, until=until, act=act.ref, by=by)
    elif step.kind == LET_GO:
        from beenthere.stories.actions.holding import let_piece_go

        if not let_piece_go(ref=report.subject, as_of=report.made_at, by=by):
            raise Refused(sentence("The piece was changed since: look at it again. Nothing was done."))
    elif report.kind == CONVERSATION:
        from beenthere.conversations.actions.hiding import remove_message, show_message

        change = remove_message if step.kind == REMOVED else show_message
        for message in _messages_of(report):
            change(message=message, by=by)
    else:
        from beenthere.stories.actions.hiding import remove_piece, show_piece

        (remove_piece if step.kind == REMOVED else show_piece)(ref=report.subject, by=by)


def hold_step(step: Step, *, report: Report, acts: list[Act], by) -> None:
    """Afterwards it holds: hidden, limited or stopped until the end that `acts` tell."""
    until = acts[0].until_at if acts else clock.now() + HOLDS_FOR
    if step.kind == ENDED:
        hold_conversation(ref=report.subject, until=until, by=by)
    elif step.limit:
        do_step(step, report=report, acts=acts, until=until, by=by)
    else:
        _hide(report, until, by)


def undo_step(act: Act, *, report: Report | None, by) -> None:
    """Afterwards what the act did or holds is as it was before: the limit lifted, the piece or message shown,
    the person back. What was ended stays ended. What was cleared is hidden again, for a week at most."""
    if act.limit:
        lift_limit(person=act.person, what=act.limit, act=act.ref, by=by)
    elif report is None:
        return
    elif act.kind == ENDED:
        let_conversation_go_on(ref=report.subject, by=by)
    elif act.kind == REMOVED:
        do_step(Step(CLEARED), report=report, acts=[act], until=None, by=by)
    elif act.kind in (CLEARED, LET_GO):
        _hide(report, clock.now() + HOLDS_FOR, by)


def _hide(report: Report, until: datetime, by) -> None:
    if report.kind == CONVERSATION:
        from beenthere.conversations.actions.hiding import hide_message

        for message in _messages_of(report):
            hide_message(message=message, until=until, by=by)
    else:
        from beenthere.stories.actions.hiding import hide_piece

        hide_piece(ref=report.subject, until=until, by=by)


def _messages_of(report: Report) -> list[Message]:
    """Those of the other that were reported."""
    numbers = {one["number"] for one in report.copied if not one.get("mine") and one.get("number")}
    other = other_person_of(report)
    if other is None:
        return []
    rows = Message.objects.filter(
        conversation__ref=report.subject, number__in=numbers, author_ref=other.ref, withdrawn_at=None
    )
    return list(rows.select_related("conversation", "author").order_by("number"))
