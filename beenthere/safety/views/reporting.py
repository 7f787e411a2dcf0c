"""What safety is here, reporting, and objecting to a decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from beenthere.conversations.access import get_room_for
from beenthere.conversations.forms import number_in
from beenthere.conversations.queries import seen_by
from beenthere.conversations.queries.holding import last_word_for
from beenthere.foundation.place import the_place
from beenthere.people.access import member_of, one_signed_in

from .. import actions, queries
from ..access import get_act_for, is_steward
from ..forms import AppealForm, numbers_in
from ..forms.reporting import ReportForm
from ..queries.desk import who_is_missing
from ..queries.muting import mutes_shown
from ..queries.reporting import seen_by_reporter


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For whoever is signed in, also while suspended: what was reported, decided, and can be done."""
    person = one_signed_in(request)
    reports = seen_by_reporter(person)
    shown = {
        "sent": "sent" in request.GET,
        "reports": reports,
        **who_is_missing(reports),
        "mutes": mutes_shown(person),
        "acts": queries.acts_about(person),
        "steward": is_steward(person),
        "hours": the_place().hours,
    }
    return render(request, "safety/index.html", shown)


@sensitive_variables()
@sensitive_post_parameters("note")
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, conversation: str) -> HttpResponse:
    """The messages around the one in `?number=` (without it the newest): only those that are ticked go."""
    person = member_of(request)
    room, _mine, _name = seen_by(person, get_room_for(person, conversation))
    given = request.POST if request.method == "POST" else request.GET
    number = number_in(given.get("number"))
    said, heard = queries.choices_in(person, room, number)
    form, wrong = ReportForm(request.POST or None), ""
    chosen = numbers_in(request.POST) if request.method == "POST" else {number}
    if request.method == "POST" and form.is_valid():
        try:
            numbers = chosen & {one.number for one in (*said, *heard)}
            more = {one: one in request.POST for one in ("last_word", "name")}
            actions.make_report(conversation=room.row, numbers=numbers, **more, **form.told, by=person)
        except actions.Refused as refused:
            wrong = refused.why.said(gettext)
        else:
            return redirect(reverse("safety:index") + "?sent")
    told = {
        "room": room,
        "lines": [(one, one.number in chosen) for one in said],
        "heard": [(one, one.number in chosen) for one in heard],
        "last_word": last_word_for(person, room),
        "number": number,
        "form": form,
        "wrong": wrong,
    }
    return render(request, "safety/report.html", told, status=422 if wrong or form.errors else 200)


@sensitive_variables()
@sensitive_post_parameters("note")
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, ref: str) -> HttpResponse:
    """What was decided about oneself, and a way to another steward."""
    person = one_signed_in(request)
    act = get_act_for(person, ref)
    form, wrong = AppealForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.appeal(act=act, note=form.cleaned_data["note"].replace("\r\n", "\n"), by=person)
        except actions.Refused as refused:
            wrong = refused.why.said(gettext)
        else:
            return redirect(reverse("safety:index") + "?sent")
    told = {"act": act, "form": form, "wrong": wrong, **queries.ways_to_appeal(act)}
    return render(request, "safety/decision.html", told, status=422 if wrong or form.errors else 200)
