"""Conversations: mine, my boundaries in each, silences, endings."""

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from beenthere.conversations import actions
from beenthere.conversations.access import get_conversation_for, get_room_for
from beenthere.conversations.actions.parting import (
    MOST_LAST_WORD,
    NotLeft,
    leave_with_a_last_word,
    make_room,
    take_room_back,
)
from beenthere.conversations.queries import conversations_of, seen_by
from beenthere.conversations.queries.parting import parting_for

from .refusing import because, not_there, refused
from .shapes import Done, Fault, Ref, Talk, Words
from .tokens import asking

router = Router(tags=["conversations"])


class NameHere(Schema):
    name: str


class ReadTo(Schema):
    """The number up to which I have read. The other sees it only while we both want that."""

    number: Annotated[int, Field(ge=0, le=2**53)]


class Leaving(Schema):
    """`last_word` stays with the other, sealed with their own key; up to 500 characters."""

    last_word: Words = ""


class Silence(Schema):
    """A silence as I see it. `what`: I am `asked` about it, or the one who `waits`; null while it is none.
    `made_room`: this conversation takes none of my places until words come."""

    what: Literal["asked", "waits"] | None = None
    since: datetime | None = None
    nobody_spoke: bool = False
    made_room: bool = False


@router.get("/", response=list[Talk], summary="My conversations")
def list_conversations(request: HttpRequest):
    return conversations_of(asking(request))


@router.put("/{ref}/read", response={200: Done, 404: Fault}, summary="How far I have read")
def mark_read(request: HttpRequest, ref: Ref, told: ReadTo):
    row = get_conversation_for(asking(request), ref)
    actions.mark_read(conversation=row, number=told.number, by=asking(request))
    return Done()


@router.put("/{ref}/name", response={200: Done, 404: Fault, 422: Fault}, summary="What I am called here")
def rename(request: HttpRequest, ref: Ref, here: NameHere):
    room = get_room_for(asking(request), ref)
    if not room.is_open:
        raise not_there()
    try:
        actions.choose_name(conversation=room.row, name=here.name, by=asking(request))
    except actions.boundaries.NameRefused as refused_name:
        raise because(refused_name.why) from refused_name
    return Done()


@router.post("/{ref}/pause", response={200: Done, 404: Fault}, summary="Be told of nothing here for a while")
def pause(request: HttpRequest, ref: Ref):
    return _step(request, ref, actions.pause_conversation)


@router.post("/{ref}/resume", response={200: Done, 404: Fault}, summary="Be told again")
def resume(request: HttpRequest, ref: Ref):
    return _step(request, ref, actions.resume_conversation)


@router.post(
    "/{ref}/leave",
    response={200: Done, 404: Fault, 422: Fault},
    summary="Leave, at once and without a reason",
)
def leave(request: HttpRequest, ref: Ref, told: Leaving | None = None):
    """With a last word or without. Where the last word cannot be left, I am still in the conversation."""
    words = told.last_word.strip() if told is not None else ""
    if not words:
        return _step(request, ref, actions.end_conversation)
    row = get_conversation_for(asking(request), ref)
    try:
        leave_with_a_last_word(conversation=row, words=words, by=asking(request))
    except NotLeft as not_left:
        raise refused(not_left.code, words, most=MOST_LAST_WORD) from not_left
    return Done()


@router.post("/{ref}/block", response={200: Done, 404: Fault}, summary="Leave, and never meet again")
def block(request: HttpRequest, ref: Ref):
    return _step(request, ref, actions.block_peer)


@router.get("/{ref}/silence", response={200: Silence, 404: Fault}, summary="Whether it is quiet here")
def read_silence(request: HttpRequest, ref: Ref):
    room, mine, _name = seen_by(asking(request), get_room_for(asking(request), ref))
    told = parting_for(asking(request), room, mine) if room.is_open else {}
    if not told:
        return Silence()
    return {**told, "what": told["silence"], "since": told["quiet_since"]}


@router.put("/{ref}/room", response={200: Done, 404: Fault}, summary="Make room for somebody new")
def have_room(request: HttpRequest, ref: Ref):
    """Where it is quiet; else nothing changes. The other sees nothing of it."""
    return _step(request, ref, make_room)


@router.delete("/{ref}/room", response={200: Done, 404: Fault}, summary="This takes a place of mine again")
def have_room_no_more(request: HttpRequest, ref: Ref):
    return _step(request, ref, take_room_back)


def _step(request: HttpRequest, ref: str, action) -> Done:
    action(conversation=get_conversation_for(asking(request), ref), by=asking(request))
    return Done()
