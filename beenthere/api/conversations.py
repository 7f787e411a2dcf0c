"""Conversations: reading on from a cursor, sending, boundaries, endings."""

from concurrent.futures import CancelledError

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from ninja.errors import HttpError

from beenthere.conversations import actions
from beenthere.conversations.access import get_conversation_for, get_message_for, get_room_for
from beenthere.conversations.core import EMPTY, NOT_HERE, NOT_KEPT, TOO_LONG
from beenthere.conversations.queries import changes_for, conversations_of
from beenthere.conversations.sockets import BATCH, Draft, commit
from beenthere.live.batches import Busy, batcher_of

from .refusing import because, not_there
from .shapes import After, Changes, Done, Fault, Kept, MessageToSend, Most, Number, Ref, Talk
from .tokens import asking

router = Router(tags=["conversations"])
PATIENCE = 15  # seconds that a commit may take


class NameHere(Schema):
    name: str


@router.get("/", response=list[Talk], summary="My conversations")
def list_conversations(request: HttpRequest):
    return conversations_of(asking(request))


@router.get("/{ref}/messages", response={200: Changes, 404: Fault}, summary="Read on from a cursor")
def read_messages(request: HttpRequest, ref: Ref, after: After = 0, most: Most = 100):
    """New messages, and old ones that were withdrawn since. Read on from `now` while messages come."""
    person = asking(request)
    said, now = changes_for(person.ref, get_room_for(person, ref), after, most)
    return {"messages": said, "now": now}


@router.post(
    "/{ref}/messages", response={201: Kept, 404: Fault, 422: Fault, 503: Fault}, summary="Say something"
)
def send(request: HttpRequest, ref: Ref, message: MessageToSend):
    """Answered when it is on the disk. 404 where you are not in it, or it has ended."""
    draft = Draft(asking(request).ref, ref, message.mark, message.words)
    try:
        outcome = batcher_of(BATCH, commit).submit(draft).result(timeout=PATIENCE)
    except (Busy, TimeoutError, CancelledError, DatabaseError) as fault:
        raise _refusal(NOT_KEPT) from fault
    if outcome.refused is not None:
        raise _refusal(outcome.refused)
    return Status(201, outcome)


@router.delete(
    "/{ref}/messages/{number}", response={200: Done, 404: Fault}, summary="Withdraw my message, for both"
)
def withdraw(request: HttpRequest, ref: Ref, number: Number):
    message = get_message_for(asking(request), ref, number, own=True)
    actions.withdraw_message(message=message, by=asking(request))
    return Done()


@router.put("/{ref}/name", response={200: Done, 404: Fault, 422: Fault}, summary="What I am called here")
def rename(request: HttpRequest, ref: Ref, here: NameHere):
    room = get_room_for(asking(request), ref)
    if not room.is_open:
        raise not_there()
    try:
        actions.choose_name(conversation=room.row, name=here.name, by=asking(request))
    except actions.boundaries.NameRefused as refused:
        raise because(refused.why) from refused
    return Done()


@router.post("/{ref}/pause", response={200: Done, 404: Fault}, summary="Be told of nothing here for a while")
def pause(request: HttpRequest, ref: Ref):
    return _step(request, ref, actions.pause_conversation)


@router.post("/{ref}/resume", response={200: Done, 404: Fault}, summary="Be told again")
def resume(request: HttpRequest, ref: Ref):
    return _step(request, ref, actions.resume_conversation)


@router.post("/{ref}/leave", response={200: Done, 404: Fault}, summary="Leave, at once and without a reason")
def leave(request: HttpRequest, ref: Ref):
    return _step(request, ref, actions.end_conversation)


@router.post("/{ref}/block", response={200: Done, 404: Fault}, summary="Leave, and never meet again")
def block(request: HttpRequest, ref: Ref):
    return _step(request, ref, actions.block_peer)


def _step(request: HttpRequest, ref: str, action) -> Done:
    action(conversation=get_conversation_for(asking(request), ref), by=asking(request))
    return Done()


def _refusal(code: str) -> HttpError:
    if code == NOT_KEPT:
        return HttpError(503, _("This could not be sent just now. Send it again with the same mark."))
    if code == NOT_HERE:
        return not_there()
    if code == TOO_LONG:
        return HttpError(422, _("This is longer than 4,000 characters."))
    if code == EMPTY:
        return HttpError(422, _("There are no words in it."))
    return HttpError(422, _("There is a character in it that cannot be kept."))
