"""Today: who might understand, who wrote, and how many one has room for. Seven things at most."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from beenthere.conversations.queries import first_conversations_of
from beenthere.foundation import clock
from beenthere.matching.actions import show_cards
from beenthere.matching.queries.cards import cards_of
from beenthere.matching.queries.seen import drawn
from beenthere.people import actions
from beenthere.people.access import member_of
from beenthere.people.actions.boundaries import MOST_ROOM
from beenthere.people.models import Person
from beenthere.people.queries import count_recovery_codes

MOST = 7
NEW_HERE = timedelta(days=30)  # so long a way back in is offered, after the first hello
ROOMS = range(MOST_ROOM + 1)


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """At most one main thing to do: the first introduction not answered, else the first who wrote."""
    person = member_of(request)
    show_cards(by=person)
    cards = [drawn(card) for card in cards_of(person)]
    talks, more = first_conversations_of(person, most=MOST - len(cards))
    until = person.room_now_until
    shown = {
        "person": person,
        "cards": cards,
        "first": next((card["ref"] for card in cards if not card["answer"]), ""),
        "talks": talks,
        "more": more,
        "talks_first": bool(talks) and (not cards or any(talk.waits for talk in talks)),
        "codes": bool(talks) and _needs_a_way_back(person),
        "rooms": ROOMS,
        "room_until": timezone.localtime(until) if until and until > clock.now() else None,
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
    elif capacity in map(str, ROOMS):
        actions.choose_capacity(people=int(capacity), by=person)
    return redirect("today")


def _needs_a_way_back(person: Person) -> bool:
    return person.made_at > clock.now() - NEW_HERE and not count_recovery_codes(person)
