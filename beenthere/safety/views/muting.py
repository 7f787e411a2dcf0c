"""Muting and blocking from a piece or a conversation, and taking a mute back. One step each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from beenthere.conversations.access import get_room_for
from beenthere.people.access import member_of, visitor_of
from beenthere.people.actions.muting import mute, unmute
from beenthere.people.models import FROM_PIECE, TALK
from beenthere.people.queries.muting import is_muted

from .. import actions
from ..access.reportable import get_reportable_piece, other_member_in


def muting(request: HttpRequest | None) -> dict:
    """For the slot `conversation`: whether the one on this page is muted. One query."""
    person = visitor_of(request) if request is not None else None
    match = getattr(request, "resolver_match", None)
    ref = match.kwargs.get("ref") if match else None
    return {"muted_here": bool(person and ref and is_muted(person, kind=TALK, subject=ref))}


@require_POST
def mute_talk(request: HttpRequest, ref: str) -> HttpResponse:
    person = member_of(request)
    room = get_room_for(person, ref)
    other = other_member_in(person, room)
    if "undo" in request.POST:
        unmute(kind=TALK, subject=ref, by=person)
    elif other is not None:
        mute(other=other.person, kind=TALK, subject=ref, by=person)
    return redirect("conversations:talk", ref)


@require_POST
def mute_piece(request: HttpRequest, ref: str) -> HttpResponse:
    person = member_of(request)
    piece = get_reportable_piece(person, ref)
    mute(other=piece.author, kind=FROM_PIECE, subject=ref, by=person)
    return redirect("stories:index")


@require_POST
def block_piece(request: HttpRequest, ref: str) -> HttpResponse:
    """Whoever wrote it and oneself do not meet."""
    person = member_of(request)
    actions.block_author(piece=get_reportable_piece(person, ref), by=person)
    return render(request, "safety/blocked.html")


@require_POST
def unmute_one(request: HttpRequest) -> HttpResponse:
    person = member_of(request)
    if not request.POST.get("mute"):
        raise Http404
    unmute(ref=request.POST["mute"][:40], by=person)
    return redirect("safety:index")
