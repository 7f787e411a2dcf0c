"""A steward's own page, and the public log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beenthere.foundation.carried import Stale, carried
from beenthere.people.access import proved, visitor_of
from beenthere.people.models import Person

from .. import actions
from ..access import get_steward
from ..access.stewards import get_stewardship, get_term_for
from ..forms.deciding import DebriefForm
from ..queries.desk import load_of
from ..queries.log import weeks
from ..queries.stewards import debriefs_of, powers_told
from .desk import TERM

RESTS = ("0", "3", "7", "14", "30")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """For anybody: what stewards did, week by week, without a word and without anybody in it."""
    return render(request, "safety/log.html", {"weeks": weeks()})


@sensitive_variables()
@sensitive_post_parameters("words")
def steward(request: HttpRequest) -> HttpResponse:
    """One's own term, load, rest and powers."""
    person = get_steward(visitor_of(request))
    return require_http_methods(["GET", "HEAD", "POST"])(_steward)(request, person)


def agree_term(request: HttpRequest) -> HttpResponse:
    person = get_steward(visitor_of(request))
    return require_POST(_agree_term)(request, person)


def _steward(request: HttpRequest, person: Person) -> HttpResponse:
    wrong, form = "", DebriefForm()
    if request.method == "POST":
        try:
            if _done(request, person):
                return redirect("safety:steward")
        except actions.Refused as refused:
            wrong = refused.why.said(gettext)
            form = DebriefForm(request.POST)
    told = {
        "term": get_stewardship(person),
        "load": load_of(person),
        "powers": powers_told(),
        "debriefs": debriefs_of(person),
        "form": form,
        "wrong": wrong,
        "rests": RESTS[1:],
    }
    return render(request, "safety/steward.html", told, status=422 if wrong else 200)


def _done(request: HttpRequest, person: Person) -> bool:
    do, days = request.POST.get("do", ""), request.POST.get("days", "")
    if do == "rest" and days in RESTS:
        actions.rest(days=int(days), by=person)
    elif do == "debrief":
        actions.keep_debrief(words=request.POST.get("words", "").replace("\r\n", "\n"), by=person)
    elif do == "forget":
        actions.forget_debrief(ref=request.POST.get("debrief", ""), by=person)
    elif do == "again":
        actions.ask_for_another_term(by=person)
    else:
        return False
    return True


def _agree_term(request: HttpRequest, person: Person) -> HttpResponse:
    proved(request)
    try:
        other = get_term_for(person, carried(request.POST.get("term", ""), purpose=TERM))
        actions.agree_to_term(steward=other, by=person)
    except (Stale, actions.Refused):
        pass
    return redirect("safety:desk")
