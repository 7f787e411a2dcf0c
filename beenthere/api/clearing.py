"""What became clear: lines that are offered, and those that one keeps."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError
from pydantic import Field

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions.clearing import (
    LineRefused,
    keep_alone,
    let_go,
    offer_line,
    put_away,
    say_yes,
    take_back,
)
from beenthere.conversations.core.clearing import ENOUGH, MOST_LINE
from beenthere.conversations.queries import seen_by
from beenthere.conversations.queries.beside import open_room
from beenthere.conversations.queries.clearing import kept_for, kept_in, kept_of, line_for, lines_in

from .refusing import refused
from .shapes import Done, Fault, Ref, Words
from .tokens import asking

router = Router(tags=["what became clear"])


class LineToWrite(Schema):
    """Up to 500 characters."""

    words: Words


class OfferedLine(Schema):
    """A line that waits. `mine`: I offered it; `away`: I said not now."""

    ref: str
    words: str
    mine: bool
    away: bool
    at: datetime


class KeptLine(Schema):
    """A line that I keep, however all ends. `why`: both said yes, I keep it alone, or it is a last word that
    was left for me. `mine`: my own words. `talk`: its conversation, "" when that is no more."""

    ref: str
    words: str
    why: Literal["both", "alone", "last_word"]
    mine: bool
    at: datetime
    talk: str


class LineAnswer(Schema):
    """To the line of the ref `line`; `take_back` is for one's own. The other never learns of a `not_now`."""

    line: Annotated[str, Field(max_length=40)]
    answer: Literal["yes", "not_now", "take_back"]


@router.get(
    "/conversations/{ref}/clear",
    response={200: list[OfferedLine], 404: Fault},
    summary="Lines that wait; my own alone once it has ended",
)
def read_lines(request: HttpRequest, ref: Ref):
    room, _mine, _name = seen_by(asking(request), get_room_for(asking(request), ref))
    return lines_in(room, asking(request))


@router.post(
    "/conversations/{ref}/clear", response={201: OfferedLine, 404: Fault, 422: Fault}, summary="Offer a line"
)
def offer(request: HttpRequest, ref: Ref, line: LineToWrite):
    """Both keep it once the other says yes. The same words twice are one line."""
    room, _mine, _name = open_room(asking(request), ref)
    try:
        made = offer_line(conversation=room.row, words=line.words, by=asking(request))
    except LineRefused as fault:
        raise _refusal(fault.why, line.words) from fault
    told = {"ref": made.ref, "words": made.words, "at": made.made_at}
    return Status(201, {**told, "mine": True, "away": False})


@router.post("/conversations/{ref}/clear/answer", response={200: Done, 404: Fault}, summary="Answer a line")
def answer_line(request: HttpRequest, ref: Ref, given: LineAnswer):
    """A line of mine can be taken back after an ending too."""
    person = asking(request)
    if given.answer == "take_back":
        room, _mine, _name = seen_by(person, get_room_for(person, ref))
        take_back(line=line_for(person, room, given.line), by=person)
        return Done()
    room, _mine, _name = open_room(person, ref)
    (say_yes if given.answer == "yes" else put_away)(line=line_for(person, room, given.line), by=person)
    return Done()


@router.get(
    "/conversations/{ref}/kept",
    response={200: list[KeptLine], 404: Fault},
    summary="What I keep of a conversation; a last word too",
)
def read_kept_there(request: HttpRequest, ref: Ref):
    room = get_room_for(asking(request), ref)
    return kept_in(asking(request), room.row.ref)


@router.post(
    "/conversations/{ref}/kept",
    response={201: KeptLine, 404: Fault, 422: Fault},
    summary="Keep a line of mine alone",
)
def keep(request: HttpRequest, ref: Ref, line: LineToWrite):
    """Nobody else sees anything of it; after an ending too."""
    room = get_room_for(asking(request), ref)
    try:
        made = keep_alone(conversation=room.row, words=line.words, by=asking(request))
    except LineRefused as fault:
        raise _refusal(fault.why, line.words) from fault
    told = {"ref": made.ref, "words": made.words, "why": made.why, "at": made.made_at}
    return Status(201, {**told, "mine": True, "talk": ref})


@router.get("/kept/", response=list[KeptLine], summary="All that I keep, newest first")
def read_kept(request: HttpRequest):
    return kept_of(asking(request))


@router.delete("/kept/{ref}", response={200: Done, 404: Fault}, summary="Let a line go")
def let_line_go(request: HttpRequest, ref: Ref):
    """What the other kept stays theirs."""
    let_go(kept=kept_for(asking(request), ref), by=asking(request))
    return Done()


def _refusal(code: str, words: str) -> HttpError:
    if code == ENOUGH:
        return HttpError(422, _("Five of your lines wait already. Take one back first, if you like."))
    return refused(code, words, most=MOST_LINE)
