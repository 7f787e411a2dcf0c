"""One's own reports."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from beenthere.conversations.access import get_conversation_for, get_room_for
from beenthere.conversations.queries import seen_by
from beenthere.conversations.queries.holding import can_report, heard_in, last_word_for
from beenthere.matching.access import get_card_for
from beenthere.people.actions.muting import mute, unmute
from beenthere.people.models import FROM_PIECE, TALK, Person
from beenthere.safety import actions
from beenthere.safety.access.reportable import get_reportable_piece, other_member_in
from beenthere.safety.models import OTHER
from beenthere.safety.models import Report as Row
from beenthere.safety.queries.muting import mutes_shown
from beenthere.safety.queries.reporting import ReportSeen, seen_by_reporter

from .refusing import because
from .shapes import Done, Fault, Ref, Words
from .tokens import asking

router = Router(tags=["safety"])
Place = Annotated[int, Field(ge=1, le=2**53)]
Lane = Literal["about_me", "danger", "urging", "method", "contact", "harassing", "pretending", "other"]
Kind = Literal["conversation", "piece", "card", "act", "check_in"]


class Why(Schema):
    """Why I report, and what I add. "about_me": it tells who I am, and is hidden at once."""

    lane: Lane = OTHER
    note: Words = ""


class ReportToMake(Why):
    """Only the messages `numbers` of the conversation, the last word left for me and what the other is called
    there if I say so, and the note, reach the stewards."""

    conversation: Annotated[str, Field(max_length=40)]
    numbers: Annotated[list[Place], Field(max_length=200)]
    last_word: bool = False
    name: bool = False


class PieceToReport(Why):
    """A piece of somebody else that I can see: its words as they stand now go along."""

    piece: Annotated[str, Field(max_length=40)]


class CardToReport(Why):
    """Words of the other on a card that waits: `numbers` are their places there, from 1."""

    introduction: Annotated[str, Field(max_length=40)]
    numbers: Annotated[list[Place], Field(max_length=20)] = []


class CheckIn(Schema):
    note: Words = ""


class MutedPlace(Schema):
    """A conversation or a piece that I muted; `subject` is its ref."""

    ref: str
    kind: Literal["talk", "piece"]
    subject: str


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
    """What I reported and why, where it stands, and what I was told. `done`: what stewards did in the open
    ("something": what only those learn whom it concerns)."""

    ref: str
    kind: Kind
    lane: Lane
    state: Literal["waits", "looked_at", "answered"]
    done: Literal["", "ended", "removed", "cleared", "something"]
    hid: bool
    due_at: datetime | None
    note: str
    answer: str | None
    made_at: datetime
    answered_at: datetime | None


@router.get("/reports/", response=list[Report], summary="My reports")
def list_reports(request: HttpRequest):
    return seen_by_reporter(asking(request))


@router.post("/reports/", response={201: Report, 404: Fault, 422: Fault}, summary="Report chosen messages")
def make_report(request: HttpRequest, told: ReportToMake):
    conversation = get_conversation_for(asking(request), told.conversation)
    chosen = {"numbers": set(told.numbers), "last_word": told.last_word, "name": told.name, **_why(told)}
    return _made(request, lambda by: actions.make_report(conversation=conversation, **chosen, by=by))


@router.post("/reports/piece", response={201: Report, 404: Fault, 422: Fault}, summary="Report a piece")
def report_piece(request: HttpRequest, told: PieceToReport):
    piece = get_reportable_piece(asking(request), told.piece)
    return _made(request, lambda by: actions.report_piece(piece=piece, **_why(told), by=by))


@router.post(
    "/reports/introduction", response={201: Report, 404: Fault, 422: Fault}, summary="Report an introduction"
)
def report_card(request: HttpRequest, told: CardToReport):
    card = get_card_for(asking(request), told.introduction)
    chosen = {"numbers": set(told.numbers), **_why(told)}
    return _made(request, lambda by: actions.report_card(card=card, **chosen, by=by))


@router.post("/check-in", response={201: Report, 422: Fault}, summary="Ask a steward to check in")
def ask_check_in(request: HttpRequest, told: CheckIn):
    return _made(request, lambda by: actions.ask_check_in(note=told.note, by=by))


@router.get("/muted/", response=list[MutedPlace], summary="Whom I muted; nobody else learns of it")
def list_muted(request: HttpRequest):
    return mutes_shown(asking(request))


@router.post("/conversations/{ref}/mute", response={200: Done, 404: Fault}, summary="Mute a conversation")
def mute_conversation(request: HttpRequest, ref: Ref):
    person = asking(request)
    other = other_member_in(person, get_room_for(person, ref))
    if other is not None:
        mute(other=other.person, kind=TALK, subject=ref, by=person)
    return Done()


@router.post(
    "/pieces/{ref}/mute", response={200: Done, 404: Fault}, summary="Mute whoever wrote it, from now"
)
def mute_author(request: HttpRequest, ref: Ref):
    piece = get_reportable_piece(asking(request), ref)
    mute(other=piece.author, kind=FROM_PIECE, subject=ref, by=asking(request))
    return Done()


@router.post("/pieces/{ref}/block", response={200: Done, 404: Fault}, summary="Never meet whoever wrote it")
def block_author(request: HttpRequest, ref: Ref):
    actions.block_author(piece=get_reportable_piece(asking(request), ref), by=asking(request))
    return Done()


@router.delete("/muted/{ref}", response=Done, summary="Unmute")
def unmute_one(request: HttpRequest, ref: Ref):
    unmute(ref=ref, by=asking(request))
    return Done()


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


def _why(told: Why) -> dict:
    return {"lane": told.lane, "note": told.note}


def _made(request: HttpRequest, make: Callable[[Person], Row]) -> Status:
    try:
        report = make(asking(request))
    except actions.Refused as refused:
        raise because(refused.why) from refused
    return Status(201, _told(report))


def _told(report: Row) -> ReportSeen:
    """A report that was just made, as who made it sees it."""
    facts = {name: getattr(report, name) for name in ReportSeen.__dataclass_fields__ if hasattr(report, name)}
    return ReportSeen(**facts, state="waits", done="")
