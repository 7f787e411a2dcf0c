"""Reports: one's own, and the stewards' desk, which is not there for anybody else."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from beenthere.conversations.access import get_conversation_for
from beenthere.safety import actions
from beenthere.safety.access import get_report_for_desk, get_steward
from beenthere.safety.models import Report as Row
from beenthere.safety.queries import desk_of, reports_of

from .refusing import because, not_there
from .shapes import Done, Fault, Ref, Words
from .tokens import asking

router = Router(tags=["safety"])
Place = Annotated[int, Field(ge=1, le=2**53)]


class ReportToMake(Schema):
    """Only the messages `numbers` of the conversation, and the note, reach the stewards."""

    conversation: Annotated[str, Field(max_length=40)]
    numbers: Annotated[list[Place], Field(max_length=200)]
    note: Words = ""


class Report(Schema):
    """What I reported, and what I was told."""

    ref: str
    note: str
    answer: str | None
    made_at: datetime
    answered_at: datetime | None


class Line(Schema):
    ref: str
    kind: str
    made_at: datetime
    answered: bool


class Copied(Schema):
    number: int
    mine: bool
    at: datetime
    words: str


class Reported(Report):
    """A report as a steward reads it: what was chosen, and nothing of who anybody is elsewhere."""

    copied: list[Copied]


class Answer(Schema):
    words: Words


@router.get("/reports/", response=list[Report], summary="My reports")
def list_reports(request: HttpRequest):
    return [_told(report) for report in reports_of(asking(request))]


@router.post("/reports/", response={201: Report, 404: Fault, 422: Fault}, summary="Report chosen messages")
def make_report(request: HttpRequest, told: ReportToMake):
    conversation = get_conversation_for(asking(request), told.conversation)
    chosen = {"numbers": set(told.numbers), "note": told.note}
    try:
        report = actions.make_report(conversation=conversation, **chosen, by=asking(request))
    except actions.Refused as refused:
        raise because(refused.why) from refused
    return Status(201, _told(report))


@router.get("/desk/", response={200: list[Line], 404: Fault}, summary="The stewards' desk")
def read_desk(request: HttpRequest):
    return desk_of(get_steward(asking(request)))


@router.get("/desk/{ref}", response={200: Reported, 404: Fault}, summary="Open a report; that is recorded")
def open_report(request: HttpRequest, ref: Ref):
    report = get_report_for_desk(asking(request), ref)
    actions.note_opening(report=report, by=asking(request))
    return {**_told(report), "copied": report.copied}


@router.post("/desk/{ref}/answer", response={200: Done, 404: Fault, 422: Fault}, summary="Answer it")
def answer_report(request: HttpRequest, ref: Ref, answer: Answer):
    report = get_report_for_desk(asking(request), ref)
    try:
        actions.answer_report(report=report, words=answer.words, by=asking(request))
    except actions.Refused as refused:
        raise because(refused.why) from refused
    except actions.Closed as closed:
        raise not_there() from closed
    return Done()


def _told(report: Row) -> dict:
    facts = {name: getattr(report, name) for name in ("ref", "note", "made_at", "answered_at")}
    return {**facts, "answer": report.answer}
