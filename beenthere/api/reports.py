"""One's own reports."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from beenthere.conversations.access import get_conversation_for, get_room_for
from beenthere.conversations.queries import seen_by
from beenthere.conversations.queries.holding import can_report, heard_in, last_word_for
from beenthere.safety import actions
from beenthere.safety.models import Report as Row
from beenthere.safety.queries import reports_of

from .refusing import because
from .shapes import Fault, Ref, Words
from .tokens import asking

router = Router(tags=["safety"])
Place = Annotated[int, Field(ge=1, le=2**53)]


class ReportToMake(Schema):
    """Only the messages `numbers` of the conversation, the last word left for me if I say so, and the note,
    reach the stewards."""

    conversation: Annotated[str, Field(max_length=40)]
    numbers: Annotated[list[Place], Field(max_length=200)]
    note: Words = ""
    last_word: bool = False


class HeardThere(Schema):
    """That the other said something: its number and when, never the words."""

    number: int
    at: datetime


class Reportable(Schema):
    """`can_report`: what was said there can be reported now. `heard`: what the other said and I cannot read
    any more, whether it was taken back or it all ended; a report that names its number carries the words.
    `last_word`: one was left for me, and may go along."""

    can_report: bool
    last_word: bool
    heard: list[HeardThere]


class Report(Schema):
    """What I reported, and what I was told."""

    ref: str
    note: str
    answer: str | None
    made_at: datetime
    answered_at: datetime | None


@router.get("/reports/", response=list[Report], summary="My reports")
def list_reports(request: HttpRequest):
    return [_told(report) for report in reports_of(asking(request))]


@router.post("/reports/", response={201: Report, 404: Fault, 422: Fault}, summary="Report chosen messages")
def make_report(request: HttpRequest, told: ReportToMake):
    conversation = get_conversation_for(asking(request), told.conversation)
    chosen = {"numbers": set(told.numbers), "note": told.note, "last_word": told.last_word}
    try:
        report = actions.make_report(conversation=conversation, **chosen, by=asking(request))
    except actions.Refused as refused:
        raise because(refused.why) from refused
    return Status(201, _told(report))


@router.get(
    "/conversations/{ref}/reportable",
    response={200: Reportable, 404: Fault},
    summary="What can be reported; never the words",
)
def read_reportable(request: HttpRequest, ref: Ref):
    person = asking(request)
    room, _mine, _name = seen_by(person, get_room_for(person, ref))
    return {
        "can_report": can_report(person, room),
        "last_word": last_word_for(person, room) is not None,
        "heard": heard_in(person, room),
    }


def _told(report: Row) -> dict:
    facts = {name: getattr(report, name) for name in ("ref", "note", "made_at", "answered_at")}
    return {**facts, "answer": report.answer}
