"""The first run: whoever started this place says what it is, and becomes its first steward."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from beenthere.foundation.carried import Stale
from beenthere.people.access import member_of
from beenthere.people.core.passkeys import Untrue
from beenthere.web import actions
from beenthere.web.first_key import opens_first_run
from beenthere.web.forms import FirstForm
from beenthere.web.models import FIRST
from beenthere.web.queries import is_steward
from beenthere.web.told import Told, first_told, told_in

from .arriving import again, passkey_sent, passkeys_for, signed_in_at, unlucky

TWO = 2


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest) -> HttpResponse:
    """Opened by the link in the terminal; not there without its key, nor once the place is open."""
    key = request.POST.get("key", "") or request.GET.get("key", "")
    told = _told(request)
    if not opens_first_run(key):
        if told is None:
            raise Http404
        return again(request, told.nonce, request.POST.get("passphrase", ""), kind=FIRST)
    form = FirstForm(request.POST if request.method == "POST" else None)
    if form.is_younger:
        return render(request, "web/under_18.html")
    told = told or first_told()
    if request.method != "POST" or not form.is_valid():
        return _page(request, form, key, told)
    answers = {**form.answers(told), "passkey": passkey_sent(request)}
    try:
        joined = actions.open_place(nonce=told.nonce, place=form.place(), answers=answers)
    except Untrue:
        form.add_error("passphrase", unlucky())
        return _page(request, form, key, told)
    if joined is None:
        return again(request, told.nonce, form.cleaned_data["passphrase"], kind=FIRST)
    return signed_in_at(request, joined.person, "here")


@require_http_methods(["GET", "HEAD", "POST"])
def two_more(request: HttpRequest) -> HttpResponse:
    """Two links to hand to people who would look after the place too. They are shown once."""
    person = member_of(request)
    if not is_steward(person):
        raise Http404
    links = []
    if request.method == "POST":
        codes = actions.invite_two(by=person)
        links = [request.build_absolute_uri(reverse("invited", args=[code])) for code in codes]
    return render(request, "web/two_more.html", {"links": links})


def _page(request: HttpRequest, form: FirstForm, key: str, told: Told) -> HttpResponse:
    shown = {"form": form, "key": key, "told": told, "passkeys": passkeys_for(request)}
    return render(request, "web/first.html", shown, status=422 if form.is_bound else 200)


def _told(request: HttpRequest) -> Told | None:
    try:
        return told_in(request.POST.get("told", ""))
    except Stale:
        return None
