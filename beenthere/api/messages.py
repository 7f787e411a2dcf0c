"""What is said in a conversation: reading on from a cursor, sending, withdrawing."""

from concurrent.futures import CancelledError
from dataclasses import replace

from django.db import DatabaseError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import Router, Status
from ninja.errors import HttpError

from beenthere.conversations import actions
from beenthere.conversations.access import get_conversation_for, get_message_for, get_room_for
from beenthere.conversations.actions import Outcome
from beenthere.conversations.actions.carrying import say_been_there
from beenthere.conversations.core import BEEN_THERE, MOST, MOST_NOTE, NOT_KEPT, OUTSIDE, TOO_LONG
from beenthere.conversations.queries import changes_for, last_for, page_of
from beenthere.conversations.queries.writing import behind, muting_of
from beenthere.conversations.sockets import BATCH, Draft, commit, may_say
from beenthere.live.batches import Busy, batcher_of
from beenthere.people.models import Person
from beenthere.stories.queries import pieces_of

from .refusing import Refusal, refused
from .shapes import After, Before, Changes, Done, Fault, Kept, MessageToSend, Most, Newest, Number, Ref
from .tokens import asking

router = Router(tags=["messages"])
PATIENCE = 15  # seconds that a commit may take
NEVER = 2**53


@router.get("/{ref}/messages", response={200: Changes, 404: Fault}, summary="Read on from a cursor")
def read_messages(request: HttpRequest, ref: Ref, after: After = 0, most: Most = 100):
    """New messages, and old ones that were withdrawn since. Read on from `now` while messages come."""
    person = asking(request)
    said, now = changes_for(person.ref, get_room_for(person, ref), after, most)
    return {"messages": behind(said, muting_of(person)), "now": now}


@router.get("/{ref}/newest", response={200: Newest, 404: Fault}, summary="The newest messages")
def read_newest(request: HttpRequest, ref: Ref, before: Before = NEVER, most: Most = 60):
    """The last ones below the number `before`, in order. Read on from the cursor `now`."""
    person = asking(request)
    room = get_room_for(person, ref)
    now = last_for(room, person.ref)
    said, older = page_of(room, person, before=min(before, now + 1), most=most)
    return {"messages": behind(said, muting_of(person)), "older": older, "now": now}


@router.post(
    "/{ref}/messages",
    response={201: Kept, 404: Fault, 409: Fault, 422: Fault, 503: Fault},
    summary="Say something",
)
def send(request: HttpRequest, ref: Ref, message: MessageToSend):
    """Answered when it is on the disk. 404 where you are not in it, or it has ended, and for a piece that is
    not yours. What leads outside is refused (422) with its kinds in `outside`, until both open that door.
    What speaks of ways of harming oneself, or urges somebody to it, is asked about first (409, with its lane
    in `covered`)."""
    person = asking(request)
    if (message.piece or message.written.strip()) and message.kind != BEEN_THERE:
        raise HttpError(422, _("A piece goes along with “I've been there” alone."))
    outcome, piece = _sent(person, ref, message)
    if outcome.refused is not None:
        raise _refusal(outcome.refused, person, message, piece)
    return Status(201, outcome)


@router.delete(
    "/{ref}/messages/{number}", response={200: Done, 404: Fault}, summary="Withdraw my message, for both"
)
def withdraw(request: HttpRequest, ref: Ref, number: Number):
    message = get_message_for(asking(request), ref, number, own=True)
    actions.withdraw_message(message=message, by=asking(request))
    return Done()


def _sent(person: Person, ref: str, message: MessageToSend) -> tuple[Outcome, str]:
    """What became of it, and the ref of the piece that was written for it ("" for none)."""
    if not message.written.strip():
        told = (message.mark, message.words, message.kind, message.note, message.piece, message.covered_ok)
        draft = Draft(person.ref, ref, *told)
        return _said(draft), ""
    return say_been_there(
        conversation=get_conversation_for(person, ref),
        words=message.words,
        mark=message.mark,
        written=message.written,
        language=get_language() or "",
        covered_ok=message.covered_ok,
        send=lambda draft: _said(replace(draft, note=message.note)),
        by=person,
    )


def _said(draft: Draft) -> Outcome:
    """Joins the batch that is being gathered, and waits until it is kept. Nobody floods it."""
    if not may_say(draft.by):
        return Outcome(refused=NOT_KEPT)
    try:
        return batcher_of(BATCH, commit).submit(draft).result(timeout=PATIENCE)
    except (Busy, TimeoutError, CancelledError, DatabaseError):
        return Outcome(refused=NOT_KEPT)


def _refusal(code: str, person: Person, message: MessageToSend, piece: str) -> HttpError:
    if code == NOT_KEPT and piece:
        sentence = _("This could not be sent just now. Send it again with the same mark.")
        return Refusal(503, sentence, piece=piece)
    if code == TOO_LONG and len(message.words) <= MOST and len(message.note) > MOST_NOTE:
        return HttpError(422, _("This note is longer than 80 characters."))
    texts = [message.words, message.note, message.written]
    if code == OUTSIDE and message.piece:
        texts += [one.words for one in pieces_of(person) if one.ref == message.piece]
    return refused(code, *texts)
