"""Pages that say what is so, and pages for what went wrong. No rule of their own."""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_safe

from beenthere.foundation.carried import Stale
from beenthere.foundation.leaving import StillHere
from beenthere.foundation.place import the_place
from beenthere.web.doors import pairing_address
from beenthere.web.forms import FewWords
from beenthere.web.rules import rules_here
from beenthere.web.told import told_in


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html")


@require_safe
def pairing(request: HttpRequest) -> HttpResponse:
    return render(request, "web/pairing.html", {"here": pairing_address()})


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules, what stewards can and cannot see, what is kept and for how long: one page."""
    return render(request, "web/rules.html", {"rules": rules_here(), "hours": the_place().hours})


@sensitive_variables()
@sensitive_post_parameters()
def form_went_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Somebody sent a form whose proof was missing or too old. What they wrote on the way in stands in the
    box again, because to lose it would be unkind; nothing was read."""
    words = request.POST.get("words", "")
    if not words and request.POST.get("told"):
        try:
            words = told_in(request.POST["told"]).words
        except Stale:
            words = ""
    on_the_way = request.path == "/" or request.path.startswith("/begin/")
    form = FewWords(initial={"words": words}) if on_the_way else None
    return render(request, "web/stale.html", {"form": form}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/not_allowed.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Also what Django calls a bad request when it means: too large."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "web/too_large.html", status=413)
    return render(request, "web/bad_request.html", status=400)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """503 where it was not done, and may be soon: a disk that is full or fails may be well again soon."""
    not_now = isinstance(sys.exc_info()[1], (DatabaseError, StillHere))
    return render(request, "web/went_wrong.html", status=503 if not_now else 500)
