"""Pages of conversations: the list, one conversation, and its boundaries."""

from concurrent.futures import CancelledError

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beenthere.live.batches import Busy, batcher_of
from beenthere.people.access import member_of
from beenthere.people.models import Person
from beenthere.signposts.core.outside import heard

from .. import actions, sockets
from ..access import Room, get_message_for, get_room_for
from ..actions.boundaries import NameRefused
from ..actions.wanting import want
from ..core import ASKED_FIRST, EMPTY, NOT_KEPT, OUTSIDE, TOO_LONG, UNREADABLE
from ..forms import NameHere, Words, number_in, why_stopped
from ..models.between import DOOR
from ..queries import conversations_of
from .page import talk_page

SECONDS = 10.0


@require_safe
def talks(request: HttpRequest) -> HttpResponse:
    lines = conversations_of(member_of(request))
    told = {"open": [one for one in lines if one.is_open], "ended": [one for one in lines if not one.is_open]}
    return render(request, "conversations/talks.html", told)


@sensitive_variables()
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, ref: str) -> HttpResponse:
    """The conversation; by POST words for it, for browsers without JavaScript."""
    person = member_of(request)
    room = get_room_for(person, ref)
    if request.method != "POST":
        return talk_page(request, person, room, Words())
    form = Words(request.POST)
    if request.POST.get("ask") == DOOR and room.is_open:
        return _ask_for_the_door(request, person, room, form)
    if not form.is_valid():
        return talk_page(request, person, room, form, status=422)
    told = form.cleaned_data
    draft = actions.Draft(
        person.ref,
        ref,
        told["mark"],
        told["words"],
        note=told["note"],
        covered_ok=request.POST.get("covered_ok") == "yes",
    )
    outcome = _said(draft)
    if outcome.refused is None:
        return to_what_was_said(ref, outcome.number)
    form.refuse(_why_not(outcome.refused))
    status = 503 if outcome.refused == NOT_KEPT else 422
    more = {"heard": _heard(draft)} if outcome.refused == OUTSIDE else {}
    more |= {"cover": outcome.refused} if outcome.refused in ASKED_FIRST else {}
    return talk_page(request, person, get_room_for(person, ref), form, status=status, **more)


def to_what_was_said(ref: str, number: int) -> HttpResponse:
    """To the page with words that were just kept. The address is the same whatever they say; what they
    call for is seen from the words themselves."""
    return HttpResponseRedirect(f"{reverse('conversations:talk', args=[ref])}?kept#m{number}")


def _ask_for_the_door(request: HttpRequest, person: Person, room: Room, form: Words) -> HttpResponse:
    """From the box: what stands in it stays there."""
    want(conversation=room.row, what=DOOR, by=person)
    given = {name: form.data.get(name, "") for name in form.fields}
    return talk_page(
        request, person, get_room_for(person, room.row.ref), Words(initial=given), asked_door=True
    )


@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponse:
    person = member_of(request)
    message = get_message_for(person, ref, number_in(request.POST.get("number")) or 0, own=True)
    actions.withdraw_message(message=message, by=person)
    return HttpResponseRedirect(f"{reverse('conversations:talk', args=[ref])}#m{message.number}")


@require_POST
def rename(request: HttpRequest, ref: str) -> HttpResponse:
    person = member_of(request)
    room, form = get_room_for(person, ref), NameHere(request.POST)
    if room.is_open and form.is_valid():
        try:
            actions.choose_name(conversation=room.row, name=form.cleaned_data["name"], by=person)
        except NameRefused as refused:
            form.add_error("name", refused.why.said(_))
    if form.is_valid():
        return _back(ref)
    return talk_page(request, person, room, Words(), status=422, name_form=form)


@require_POST
def seen(request: HttpRequest, ref: str) -> HttpResponse:
    """How far one has read, told by the page when one leaves it. Nobody else sees it."""
    person = member_of(request)
    room = get_room_for(person, ref)
    actions.mark_read(conversation=room.row, number=number_in(request.POST.get("number")) or 0, by=person)
    return HttpResponse(status=204)


@require_POST
def pause(request: HttpRequest, ref: str) -> HttpResponse:
    return _step(request, ref, actions.pause_conversation)


@require_POST
def resume(request: HttpRequest, ref: str) -> HttpResponse:
    return _step(request, ref, actions.resume_conversation)


@require_POST
def block(request: HttpRequest, ref: str) -> HttpResponse:
    return _step(request, ref, actions.block_peer)


def _step(request: HttpRequest, ref: str, action) -> HttpResponse:
    person = member_of(request)
    action(conversation=get_room_for(person, ref).row, by=person)
    return _back(ref)


def _back(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("conversations:talk", args=[ref]))


def _said(draft: actions.Draft) -> actions.Outcome:
    """Joins the batch that is being gathered, and waits until it is kept. Nobody floods it."""
    if not sockets.may_say(draft.by):
        return actions.Outcome(refused=NOT_KEPT)
    try:
        return batcher_of(sockets.BATCH, sockets.commit).submit(draft).result(timeout=SECONDS)
    except (Busy, TimeoutError, CancelledError, DatabaseError):
        return actions.Outcome(refused=NOT_KEPT)


def _heard(draft: actions.Draft) -> set[str]:
    """What in it leads outside, by kind."""
    return {one.kind for one in heard(f"{draft.note}\n{draft.words}")}


def _why_not(code: str) -> str:
    if code == NOT_KEPT:
        return _("This could not be sent just now. Your words are still here: please try again.")
    if code == EMPTY:
        return _("There is nothing in the box yet.")
    if code == TOO_LONG:
        return _("This is longer than 4,000 characters. Nothing was lost: send it in two parts.")
    if code == UNREADABLE:
        return _("There is a character in it that cannot be kept.")
    if code == OUTSIDE or code in ASKED_FIRST:
        return _("This was not sent yet. Your words are still here.")
    return why_stopped(code) or _("This was not sent. Your words are still here: you may copy them.")
