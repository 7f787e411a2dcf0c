"""Reporting a piece and the card of an introduction, and asking for a steward."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from beenthere.foundation.place import the_place
from beenthere.matching.access import get_card_for
from beenthere.matching.queries.lent import lent_on
from beenthere.people.access import member_of, one_signed_in

from .. import actions
from ..access.reportable import get_reportable_piece
from ..forms import numbers_in
from ..forms.reporting import CheckInForm, ReportForm

GET_OR_POST = require_http_methods(["GET", "HEAD", "POST"])


@sensitive_variables()
@sensitive_post_parameters("note")
@GET_OR_POST
def report_piece(request: HttpRequest, ref: str) -> HttpResponse:
    """The piece as it stands goes, and what is added to it."""
    person = member_of(request)
    piece = get_reportable_piece(person, ref)
    form = ReportForm(request.POST or None)

    def send() -> None:
        actions.report_piece(piece=piece, **form.told, by=person)

    told = {"words": piece.words, "back": reverse("stories:piece", args=[ref])}
    return _asked(request, form, send, "safety/report_piece.html", told)


@sensitive_variables()
@sensitive_post_parameters("note")
@GET_OR_POST
def report_card(request: HttpRequest, ref: str) -> HttpResponse:
    """What the other lent to the card: only what is ticked goes."""
    person = member_of(request)
    lent = list(enumerate(lent_on(person, ref), 1))
    card = get_card_for(person, ref)
    form = ReportForm(request.POST or None)
    chosen = numbers_in(request.POST) if request.method == "POST" else {number for number, _ in lent}

    def send() -> None:
        actions.report_card(card=card, numbers=chosen, **form.told, by=person)

    lines = [(number, one, number in chosen) for number, one in lent]
    told = {"lines": lines, "back": reverse("matching:introduction", args=[ref])}
    return _asked(request, form, send, "safety/report_card.html", told)


@sensitive_variables()
@sensitive_post_parameters("note")
@GET_OR_POST
def check_in(request: HttpRequest) -> HttpResponse:
    """A steward is asked to write; for whoever is signed in, also while they cannot take part."""
    person = one_signed_in(request)
    form = CheckInForm(request.POST or None)

    def send() -> None:
        actions.ask_check_in(note=form.cleaned_data["note"].replace("\r\n", "\n"), by=person)

    return _asked(request, form, send, "safety/check_in.html", {"hours": the_place().hours})


def _asked(request: HttpRequest, form, send: Callable[[], None], page: str, told: dict) -> HttpResponse:
    """The page, or (sent, and nothing wrong) the way to what was sent."""
    wrong = ""
    if request.method == "POST" and form.is_valid():
        try:
            send()
        except actions.Refused as refused:
            wrong = refused.why.said(gettext)
        else:
            return redirect(reverse("safety:index") + "?sent")
    told = {**told, "form": form, "wrong": wrong}
    return render(request, page, told, status=422 if wrong or form.errors else 200)
