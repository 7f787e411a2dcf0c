"""Introductions: the ones that wait, one of them, and what I told for them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beenthere.foundation import clock
from beenthere.matching import actions
from beenthere.matching.access import get_card_for
from beenthere.matching.core.meeting import ANSWERS, YES
from beenthere.matching.forms import CalledForm, TellingForm
from beenthere.matching.queries.cards import cards_of
from beenthere.matching.queries.seen import drawn
from beenthere.matching.queries.telling import held_of
from beenthere.matching.queries.widening import widening_for
from beenthere.people.access import member_of
from beenthere.people.actions import has_room_now


@require_safe
def introductions(request: HttpRequest) -> HttpResponse:
    """Those that wait; where there are none, why, and what would widen it."""
    person = member_of(request)
    actions.show_cards(by=person)
    cards = [drawn(card) for card in cards_of(person)]
    until = person.room_now_until
    context = {
        "cards": cards,
        "widening": None if cards else widening_for(person),
        "room_until": timezone.localtime(until) if until and until > clock.now() else None,
        "paused": bool(person.paused_at),
    }
    return render(request, "matching/introductions.html", context)


@require_POST
def room_now(request: HttpRequest) -> HttpResponse:
    """For the next hour I am among the first; and it is looked for at once."""
    person = member_of(request)
    if not person.paused_at and person.capacity:
        has_room_now(by=person)
        actions.propose(person_refs=[person.ref], by=person)
    return redirect("matching:introductions")


@require_http_methods(["GET", "HEAD", "POST"])
def introduction(request: HttpRequest, ref: str) -> HttpResponse:
    """One introduction: shown, or answered in one step."""
    person = member_of(request)
    card = get_card_for(person, ref)
    form = CalledForm(request.POST or None)
    if request.method == "POST":
        answer = request.POST.get("answer")
        if answer not in ANSWERS:
            raise Http404
        if answer != YES or form.is_valid():
            called = (form.cleaned_data["called"] or None) if answer == YES else None
            actions.answer_card(card=card, answer=answer, called=called, by=person)
            return redirect("matching:introduction", ref)
    actions.show_cards(by=person)
    seen = next((one for one in cards_of(person) if one.ref == ref), None)
    if seen is not None:
        context = {"card": drawn(seen), "form": form}
        return render(request, "matching/introduction.html", context, status=422 if form.is_bound else 200)
    card = get_card_for(person, ref)  # it may have ended just now
    return render(request, "matching/introduction_ended.html", {"pair": card.introduction.pair})


@require_http_methods(["GET", "HEAD", "POST"])
def telling(request: HttpRequest) -> HttpResponse:
    """What I told for introductions, to be changed."""
    person = member_of(request)
    held = held_of(person)
    form = TellingForm(request.POST or None, held=held)
    if request.method == "POST" and form.is_valid():
        actions.tell(held=form.told, by=person)
        return redirect(f"{request.path}?kept=1")
    context = {"form": form, "kept": "kept" in request.GET and request.method != "POST"}
    return render(
        request, "matching/introduction_telling.html", context, status=422 if form.is_bound else 200
    )
