"""The stewards' desk: to everyone else it is not there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beenthere.foundation.carried import Stale, carried, carry
from beenthere.people.access import visitor_of
from beenthere.people.models import SUSPENDED

from .. import actions, queries
from ..access import get_report_for_desk, get_steward, other_person_of, room_of
from ..forms import AnswerForm, DecisionForm
from ..models import Report

ASKER = "asker"
DECIDE = {
    "end": actions.end_reported_conversation,
    "suspend": actions.suspend_reported,
    "restore": actions.restore_reported,
}


def waiting(request: HttpRequest | None) -> dict:
    """For the slot `today`: whether something waits for this steward."""
    person = visitor_of(request) if request is not None else None
    return {"desk_waits": person is not None and queries.waits_at_the_desk(person)}


def desk(request: HttpRequest) -> HttpResponse:
    """The gate comes first: a wrong method tells nothing either."""
    steward = get_steward(visitor_of(request))
    return require_safe(_desk)(request, steward)


def admit(request: HttpRequest) -> HttpResponse:
    steward = get_steward(visitor_of(request))
    return require_POST(_admit)(request, steward)


@sensitive_variables()
@sensitive_post_parameters("words", "rule")
def reported(request: HttpRequest, ref: str) -> HttpResponse:
    """A report. That it was read stands in the ledger before it is shown."""
    steward = get_steward(visitor_of(request))
    return require_http_methods(["GET", "HEAD", "POST"])(_reported)(request, steward, ref)


def _desk(request: HttpRequest, steward) -> HttpResponse:
    asking = [(one, carry(one.ref, purpose=ASKER)) for one in queries.askers()]
    return render(request, "safety/desk.html", {"lines": queries.desk_of(steward), "asking": asking})


def _admit(request: HttpRequest, steward) -> HttpResponse:
    try:
        ref = carried(request.POST.get("asker", ""), purpose=ASKER)
    except Stale:
        return redirect("safety:desk")
    actions.admit_asker(ref=ref, by=steward)
    return redirect("safety:desk")


def _reported(request: HttpRequest, steward, ref: str) -> HttpResponse:
    report = get_report_for_desk(steward, ref)
    posted = request.POST if request.method == "POST" else None
    do = posted.get("do", "") if posted else ""
    answer = AnswerForm(posted if do == "answer" else None)
    decision = DecisionForm(posted if do in DECIDE else None)
    wrong = ""
    try:
        if _done(do, report, answer, decision, steward):
            return redirect("safety:desk" if do == "answer" else "safety:reported", *_args(do, ref))
    except actions.Refused as refused:
        wrong = refused.why.said(gettext)
    except actions.Closed:
        return redirect("safety:reported", ref)
    actions.note_opening(report=report, by=steward)
    told = {"report": report, "answer": answer, "decision": decision, "wrong": wrong, **_facts(report)}
    failed = wrong or answer.errors or decision.errors
    return render(request, "safety/reported.html", told, status=422 if failed else 200)


def _done(do: str, report: Report, answer: AnswerForm, decision: DecisionForm, steward) -> bool:
    """Whether something was asked for and done."""
    if do == "answer" and answer.is_valid():
        words = answer.cleaned_data["words"].replace("\r\n", "\n")
        actions.answer_report(report=report, words=words, by=steward)
        return True
    if do in DECIDE and decision.is_valid():
        DECIDE[do](report=report, rule=decision.cleaned_data["rule"], by=steward)
        return True
    return False


def _args(do: str, ref: str) -> list[str]:
    return [] if do == "answer" else [ref]


def _facts(report: Report) -> dict:
    """What a decision can still be about: never who anybody is."""
    room, other = room_of(report), other_person_of(report)
    return {
        "open": room is not None and room.row.ended_at is None,
        "there": other is not None,
        "suspended": other is not None and other.standing == SUSPENDED,
        "against": queries.act_of_appeal(report) if room is None else None,
    }
