"""Today: introductions, conversations, how many one has room for. A first, small page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from beenthere.conversations.queries import conversations_of
from beenthere.matching.actions import show_cards
from beenthere.matching.queries.cards import cards_of
from beenthere.people import actions
from beenthere.people.access import member_of
from beenthere.people.actions.boundaries import MOST_ROOM

ROOMS = range(MOST_ROOM + 1)


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    person = member_of(request)
    show_cards(by=person)
    shown = {
        "person": person,
        "cards": cards_of(person),
        "talks": conversations_of(person),
        "rooms": ROOMS,
    }
    return render(request, "web/today.html", shown)


@require_POST
def room(request: HttpRequest) -> HttpResponse:
    """How many people one has room for, or a pause; nobody is told either."""
    person, act, capacity = member_of(request), request.POST.get("act"), request.POST.get("capacity", "")
    if act == "pause":
        actions.pause(by=person)
    elif act == "resume":
        actions.resume(by=person)
    elif act == "now":
        actions.has_room_now(by=person)
    elif capacity in map(str, ROOMS):
        actions.choose_capacity(people=int(capacity), by=person)
    return redirect("today")
