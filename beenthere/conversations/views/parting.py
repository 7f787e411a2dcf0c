"""Leaving, with a last word or without, and making room in a silence."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from beenthere.people.access import member_of, visitor_of
from beenthere.people.models import MEMBER, Person

from .. import actions
from ..access import Room, get_room_for
from ..actions.parting import NotLeft, leave_with_a_last_word, make_room, take_room_back
from ..core import EMPTY, HARM, NOT_HERE, OUTSIDE
from ..forms.parting import LastWord
from ..queries import seen_by
from ..queries.parting import silences_of


@sensitive_variables()
@sensitive_post_parameters("last_word")
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """What leaving means, and the box for a last word; by POST one leaves at once."""
    person = member_of(request)
    room = get_room_for(person, ref)
    if request.method != "POST":
        return _page(request, person, room, LastWord()) if room.is_open else _to_talk(ref)
    form = LastWord(request.POST)
    if form.is_valid():
        words = form.cleaned_data["last_word"]
        try:
            if words and "alone" not in request.POST:
                leave_with_a_last_word(conversation=room.row, words=words, by=person)
            elif "with" in request.POST:
                raise NotLeft(EMPTY)
            else:
                actions.end_conversation(conversation=room.row, by=person)
            return _to_talk(ref)
        except NotLeft as refused:
            form.refuse(_why_not(refused.code))
    return _page(request, person, get_room_for(person, ref), form, status=422)


@require_POST
def room(request: HttpRequest, ref: str) -> HttpResponse:
    """Room for somebody new while it is quiet here, or no more."""
    person = member_of(request)
    row = get_room_for(person, ref).row
    (take_room_back if request.POST.get("do") == "back" else make_room)(conversation=row, by=person)
    return _to_talk(ref)


def quiet_for(request: HttpRequest | None) -> dict:
    """For the slot `today`: the silences that concern this person."""
    person = visitor_of(request) if request is not None else None
    is_here = person is not None and person.standing == MEMBER
    return {"silences": silences_of(person) if is_here else []}


def _page(
    request: HttpRequest, person: Person, room: Room, form: LastWord, *, status: int = 200
) -> HttpResponse:
    room, _mine, name = seen_by(person, room)
    if room.is_open or status != 200:
        told = {"room": room, "name": name, "form": form}
        return render(request, "conversations/leave.html", told, status=status)
    return _to_talk(room.row.ref)


def _to_talk(ref: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("conversations:talk", args=[ref]))


def _why_not(code: str) -> str:
    if code == NOT_HERE:
        return _("This conversation had just ended, so nothing was left there. You may copy your words.")
    if code == EMPTY:
        return _("There is nothing in the box yet. Write a few words, or leave without.")
    if code == HARM:
        return _(
            "This seems to speak of ways of harming oneself, or to push somebody to it. It stays with the "
            "other for good, and nobody can talk about it then. How you feel is always welcome. Nothing was "
            "sent: change your words, or go without them."
        )
    if code == OUTSIDE:
        return _(
            "This looks like a way to the outside: a link, a number, an address or a name elsewhere. The "
            "two of you have not opened that door, so it cannot be left here. Nothing was sent, and you are "
            "still in the conversation. Change your words, or leave without them."
        )
    return _("There is a character in it that cannot be kept.")
