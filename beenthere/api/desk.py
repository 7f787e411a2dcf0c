"""The stewards' desk, which is not there for anybody else, and the public log of what stewards did."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError
from pydantic import Field

from beenthere.people.models import Person
from beenthere.safety import actions
from beenthere.safety.access import get_report_for_desk, get_steward
from beenthere.safety.access.grants import get_opened_report
from beenthere.safety.access.powers import NotOpened
from beenthere.safety.actions.resting import MOST_REST
from beenthere.safety.core import LIMITED, Step
from beenthere.safety.queries.desk import desk_of, load_of, proposals_for, reviews_for
from beenthere.safety.queries.log import weeks
from beenthere.safety.queries.opened import Opened, look_at

from .refusing import because, not_there
from .shapes import Done, Fault, Ref, Words
from .tokens import asking

router = Router(tags=["safety"])
Days = Annotated[int, Field(ge=0, le=365)]
CLOSED = "Open this report first: that is a step of its own, with a reason."
ANOTHER = "Another steward has to do that, and three have to be in term for what is grave."


class Line(Schema):
    """A report without a word of it; `clock` says in words how long is left, or how late it is."""

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


class Waiting(Schema):
    """A grave step that waits for a second steward, or an act that waits for a second look."""

    ref: str
    report: str
    kind: str
    limit: str
    rule: int
    mine: bool
    clock: str


class Load(Schema):
    opened: int
    answered: int


class Second(Schema):
    proposals: list[Waiting]
    reviews: list[Waiting]
    load: Load


class Copied(Schema):
    number: int
    mine: bool
    at: datetime
    words: str


class Reported(Line):
    """A report. While it is closed to me (`opened` is false) there is no word in it: `note`, `copied` and
    `answer` are null."""

    until: datetime | None = None
    note: str | None = None
    copied: list[Copied] | None = None
    answer: str | None = None
    possible: list[str] = []


class Opening(Schema):
    reason: Literal["first", "deciding", "second", "appeal", "asked"]


class DeskAnswer(Schema):
    """`review` belongs to an appeal: what it is against stands, or is lifted."""

    words: Words
    review: Literal["stands", "lifted"] | None = None


class Decision(Schema):
    """`done` as in `possible`; `rule`: its number in the rules of the place, 0 where none was broken. What is
    grave is proposed: it holds, and waits for another steward."""

    done: Annotated[str, Field(max_length=20)]
    rule: Annotated[int, Field(ge=0, le=1000)] = 0
    days: Days = 0
    note: Words = ""


class Agreeing(Schema):
    agrees: bool


class Reviewing(Schema):
    act: Annotated[str, Field(max_length=40)]
    review: Literal["stands", "lifted"]


class Resting(Schema):
    """For so many days nothing of the desk reaches me; 0: I am back."""

    days: Annotated[int, Field(ge=0, le=MOST_REST)]


class LogLine(Schema):
    kind: str
    rule: int
    review: str
    count: int


class Week(Schema):
    monday: date
    lines: list[LogLine]


@router.get("/log", response=list[Week], auth=None, summary="What stewards did, by week; nobody is in it")
def read_log(request: HttpRequest):
    return weeks()


@router.get("/desk/", response={200: list[Line], 404: Fault}, summary="The stewards' desk; no words")
def read_desk(request: HttpRequest):
    return desk_of(get_steward(asking(request)))


@router.get("/desk/second", response={200: Second, 404: Fault}, summary="What waits for a second steward")
def read_second(request: HttpRequest):
    steward = get_steward(asking(request))
    told = {"proposals": proposals_for(steward), "reviews": reviews_for(steward)}
    return {**told, "load": load_of(steward)}


@router.post("/desk/rest", response={200: Done, 404: Fault}, summary="Rest from the desk")
def rest(request: HttpRequest, told: Resting):
    actions.rest(days=told.days, by=get_steward(asking(request)))
    return Done()


@router.get("/desk/{ref}", response={200: Reported, 404: Fault}, summary="A report: facts, and words if open")
def read_report(request: HttpRequest, ref: Ref):
    return _told(asking(request), ref)


@router.post(
    "/desk/{ref}/open",
    response={200: Reported, 404: Fault},
    summary="Open it for two hours; that is recorded with the reason",
)
def open_report(request: HttpRequest, ref: Ref, told: Opening):
    report = get_report_for_desk(asking(request), ref)
    actions.open_report(report=report, reason=told.reason, by=asking(request))
    return _told(asking(request), ref)


@router.post(
    "/desk/{ref}/answer",
    response={200: Done, 404: Fault, 409: Fault, 422: Fault},
    summary="Answer it; an appeal with what becomes of the decision",
)
def answer_report(request: HttpRequest, ref: Ref, answer: DeskAnswer):
    look = _opened(asking(request), ref)
    given = {"report": look.report, "words": answer.words, "by": asking(request)}
    with _refusing():
        if look.against is None:
            actions.answer_report(**given)
        elif answer.review is None:
            raise HttpError(422, "Say whether it stands or is lifted.")
        else:
            actions.decide_appeal(**given, review=answer.review)
    return Done()


@router.post(
    "/desk/{ref}/decide",
    response={200: Done, 404: Fault, 409: Fault, 422: Fault},
    summary="Decide, or propose what is grave",
)
def decide(request: HttpRequest, ref: Ref, told: Decision):
    look = _opened(asking(request), ref)
    if told.done not in look.possible:
        raise HttpError(422, "That cannot be done here.")
    thing = told.done in ("ended", "removed", "cleared", "let_go")
    step = Step(told.done) if thing else Step(LIMITED, told.done, told.days)
    given = {"report": look.report, "step": step, "rule": told.rule, "by": asking(request)}
    try:
        with _refusing():
            if actions.is_grave(step, look.report):
                actions.propose_step(**given, words=told.note)
            else:
                actions.decide(**given)
    except LookupError as unknown:
        raise HttpError(422, "There is no rule of that number.") from unknown
    return Done()


@router.post(
    "/desk/{ref}/confirm",
    response={200: Done, 404: Fault, 409: Fault, 422: Fault},
    summary="Agree to the grave step that was proposed, or not",
)
def confirm(request: HttpRequest, ref: Ref, told: Agreeing):
    look = _opened(asking(request), ref)
    if look.proposal is None:
        raise not_there()
    with _refusing():
        actions.settle_proposal(proposal=look.proposal, agrees=told.agrees, by=asking(request))
    return Done()


@router.post(
    "/desk/{ref}/review",
    response={200: Done, 404: Fault, 409: Fault, 422: Fault},
    summary="Look at what another steward did a second time",
)
def review(request: HttpRequest, ref: Ref, told: Reviewing):
    look = _opened(asking(request), ref)
    act = next((one for one in look.reviews if one.ref == told.act), None)
    if act is None:
        raise not_there()
    with _refusing():
        actions.review_act(act=act, review=told.review, by=asking(request))
    return Done()


def _opened(person: Person, ref: str) -> Opened:
    look = look_at(person, ref)
    if not isinstance(look, Opened):
        raise HttpError(409, CLOSED)
    return look


@contextmanager
def _refusing() -> Iterator[None]:
    """What an action refuses, in the words of the API."""
    try:
        yield
    except actions.Closed as closed:
        raise not_there() from closed
    except actions.Refused as refused:
        raise because(refused.why) from refused
    except PermissionError as refused:
        raise HttpError(409, CLOSED if isinstance(refused, NotOpened) else ANOTHER) from refused


def _told(person: Person, ref: str) -> dict:
    look = look_at(person, ref)
    told = {name: getattr(look.line, name) for name in Line.model_fields}
    if isinstance(look, Opened):
        try:
            report = get_opened_report(person, ref)
        except Http404:
            return told
        told |= {"until": look.grant.ends_at, "possible": look.possible}
        told |= {"note": report.note, "copied": report.copied, "answer": report.answer}
    return told
