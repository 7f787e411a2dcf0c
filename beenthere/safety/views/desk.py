"""The stewards' desk: to everyone else it is not there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beenthere.foundation.carried import Stale, carried, carry
from beenthere.people.access import proved, visitor_of
from beenthere.people.models import Person

from .. import actions, queries
from ..access import at_rest, get_report_for_desk, get_steward
from ..access.powers import NotOpened, TooNear
from ..forms.deciding import AnswerForm, DecisionForm, OpenForm
from ..queries import desk as lists
from ..queries.opened import Opened, look_at, once_each

ASKER = "asker"
TERM = "term"


def waiting(request: HttpRequest | None) -> dict:
    """For the slot `today`: whether something waits for this steward."""
    person = visitor_of(request) if request is not None else None
    return {"desk_waits": person is not None and queries.waits_at_the_desk(person)}


def limited(request: HttpRequest | None) -> dict:
    """For the slot `today`: what is limited for the one who reads it, told to nobody else."""
    person = visitor_of(request) if request is not None else None
    return {"limits_told": queries.limits_told(person) if person is not None else []}


def desk(request: HttpRequest) -> HttpResponse:
    """The gate comes first: a wrong method tells nothing either."""
    steward = get_steward(visitor_of(request))
    return require_safe(_desk)(request, steward)


def admit(request: HttpRequest) -> HttpResponse:
    steward = get_steward(visitor_of(request))
    return require_POST(_admit)(request, steward)


@sensitive_variables()
@sensitive_post_parameters("words", "note")
def reported(request: HttpRequest, ref: str) -> HttpResponse:
    """A report: facts and clocks, and its words to who opened it."""
    steward = get_steward(visitor_of(request))
    get_report_for_desk(steward, ref)
    return require_http_methods(["GET", "HEAD", "POST"])(_reported)(request, steward, ref)


def _desk(request: HttpRequest, steward: Person) -> HttpResponse:
    lines = queries.desk_of(steward)
    told = {
        "resting": at_rest(steward),
        "waits": [line for line in lines if not line.answered],
        "answered": [line for line in lines if line.answered],
        "proposals": lists.proposals_for(steward),
        "reviews": lists.reviews_for(steward),
        "terms": [carry(one.ref, purpose=TERM) for one in lists.terms_for(steward)],
        "few": lists.appeals_wait_for_more(),
        "load": lists.load_of(steward),
        "stale": lists.stale_help(),
        "asking": [(one, carry(one.ref, purpose=ASKER)) for one in queries.askers()],
    }
    return render(request, "safety/desk.html", told)


def _admit(request: HttpRequest, steward: Person) -> HttpResponse:
    try:
        ref = carried(request.POST.get("asker", ""), purpose=ASKER)
    except Stale:
        return redirect("safety:desk")
    actions.admit_asker(ref=ref, by=steward)
    return redirect("safety:desk")


def _reported(request: HttpRequest, steward: Person, ref: str) -> HttpResponse:
    wrong, forms = "", {}
    if request.method == "POST":
        try:
            done = _done(request, steward, ref, forms)
            if done:
                return redirect(done, *([ref] if done == "safety:reported" else []))
        except actions.Refused as refused:
            wrong = refused.why.said(gettext)
        except (actions.Closed, NotOpened):
            return redirect("safety:reported", ref)
        except (TooNear, PermissionError) as refused:
            wrong = _why_not(refused)
    look = look_at(steward, ref)
    failed = wrong or any(form.errors for form in forms.values())
    if isinstance(look, Opened):
        forms = {"answer": AnswerForm(), "decision": DecisionForm(possible=look.possible), **forms}
        told = {"look": look, "line": look.line, "wrong": wrong, **forms}
        return render(request, "safety/reported.html", told, status=422 if failed else 200)
    told = {"line": look.line, "wrong": wrong, "opening": forms.get("opening") or OpenForm()}
    return render(request, "safety/reported_closed.html", told, status=422 if failed else 200)


def _why_not(refused: PermissionError) -> str:
    if isinstance(refused, actions.TooFew):
        return gettext(
            "There are fewer than three stewards now. What is grave only holds, seven days at most; nothing "
            "was changed."
        )
    return gettext("Another steward has to do that. Nothing was changed.")


def _done(request: HttpRequest, steward: Person, ref: str, forms: dict) -> str:
    """Where to go when something was asked for and done; "" when not. What was sent is left in `forms`."""
    do = request.POST.get("do", "")
    if do == "open":
        proved(request)
        forms["opening"] = form = OpenForm(request.POST)
        if not form.is_valid():
            return ""
        report = get_report_for_desk(steward, ref)
        actions.open_report(report=report, reason=form.cleaned_data["reason"], by=steward)
        return "safety:reported"
    look = look_at(steward, ref)
    if not isinstance(look, Opened):
        raise NotOpened
    if do not in DOES:
        return ""
    return DOES[do](request, steward, look, forms)


def _answer(request: HttpRequest, steward: Person, look: Opened, forms: dict) -> str:
    forms["answer"] = form = AnswerForm(request.POST)
    if not form.is_valid():
        return ""
    words = form.cleaned_data["words"].replace("\r\n", "\n")
    review = request.POST.get("review", "")
    if look.against is not None:
        if review not in ("stands", "lifted"):
            return ""
        actions.decide_appeal(report=look.report, review=review, words=words, by=steward)
    else:
        actions.answer_report(report=look.report, words=words, by=steward)
    return "safety:desk"


def _decide(request: HttpRequest, steward: Person, look: Opened, forms: dict) -> str:
    forms["decision"] = form = DecisionForm(request.POST, possible=look.possible)
    if not form.is_valid():
        return ""
    if actions.is_grave(form.step, look.report):
        note = form.cleaned_data["note"].replace("\r\n", "\n")
        actions.propose_step(
            report=look.report, step=form.step, rule=form.rule_number, words=note, by=steward
        )
    else:
        actions.decide(report=look.report, step=form.step, rule=form.rule_number, by=steward)
    return "safety:reported"


def _settle(request: HttpRequest, steward: Person, look: Opened, forms: dict) -> str:
    if look.proposal is not None:
        agrees = request.POST.get("do") == "agree"
        actions.settle_proposal(proposal=look.proposal, agrees=agrees, by=steward)
    return "safety:reported"


def _review(request: HttpRequest, steward: Person, look: Opened, forms: dict) -> str:
    review, act = request.POST.get("review", ""), request.POST.get("act", "")
    found = next((one for one in once_each(look.reviews) if one.ref == act), None)
    if found is None or review not in ("stands", "lifted"):
        raise Http404
    actions.review_act(act=found, review=review, by=steward)
    return "safety:reported"


def _lift(request: HttpRequest, steward: Person, look: Opened, forms: dict) -> str:
    actions.lift_limits(report=look.report, by=steward)
    return "safety:reported"


def _close(request: HttpRequest, steward: Person, look: Opened, forms: dict) -> str:
    actions.close_again(report=look.report, by=steward)
    return "safety:desk"


DOES = {
    "answer": _answer,
    "decide": _decide,
    "agree": _settle,
    "disagree": _settle,
    "review": _review,
    "lift": _lift,
    "close": _close,
}
