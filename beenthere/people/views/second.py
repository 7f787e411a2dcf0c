"""The second step at the door, and where it is set up: codes of an app."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from beenthere.foundation.carried import Stale, carried, carry
from beenthere.foundation.place import the_place
from beenthere.ui.plain import plain_title

from .. import access, actions, queries
from ..core.one_time import folded_one_time_code, grouped, picture_of
from ..forms import CodeForm, OneTimeForm
from ..models import Person
from ..queries.one_time import address_of
from . import entering

SECOND, SECONDS = "second step", 600
PASSPHRASE, CODE = "passphrase", "recovery code"


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown at the door so far, sealed between its two pages: whose (`person`, a ref), `by` what."""

    person: str
    by: str
    back: str
    shared: bool = False


@sensitive_variables()
def after_first_step(
    request: HttpRequest, person: Person, *, by: str, back: str, shared: bool = False
) -> HttpResponse:
    """Signs in whom the first step was enough for; asks everybody else for the second."""
    if not queries.has_second_step(person):
        return entering.come_in(request, person, back=back, shared=shared)
    return _asked(request, Shown(person.ref, by, back, shared), OneTimeForm())


@sensitive_variables()
@sensitive_post_parameters()
@require_POST
def second_step(request: HttpRequest) -> HttpResponse:
    """A code of the app. After the passphrase a recovery code stands in for it; each replaces one step and
    never both."""
    try:
        shown = Shown(**carried(request.POST.get("shown", ""), purpose=SECOND, seconds=SECONDS))
    except Stale:
        return redirect("people:sign_in")
    person = queries.people_by_ref([shown.person]).get(shown.person)
    form = OneTimeForm(request.POST)
    if person is None:
        return redirect("people:sign_in")
    if not form.is_valid():
        return _asked(request, shown, form, status=422)
    known = access.known_browser_of(request, person)
    wait = actions.try_second_step(person=person, network=entering.network_of(request), known=known)
    if wait:
        return _asked(request, shown, form, wrong=entering.wait_said(wait), status=429)
    if not _opens(person, form.cleaned_data["code"], by=shown.by):
        return _asked(request, shown, form, wrong=_not_this(), status=422)
    return entering.come_in(request, person, back=shown.back, shared=shown.shared)


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def one_time(request: HttpRequest) -> HttpResponse:
    """Shows the secret, until a code proves that the app has it; afterwards, how to take it away."""
    person = access.proved(request)
    if queries.has_second_step(person):
        return render(request, "people/one_time_there.html", {"since": queries.second_step_since(person)})
    try:
        row = actions.begin_one_time_codes(by=person)
    except actions.NoPassphrase:
        return render(request, "people/one_time_none.html")
    form = OneTimeForm(request.POST if request.method == "POST" else None, label=gettext("The code it shows"))
    wrong = ""
    if form.is_bound and form.is_valid():
        if wait := actions.try_person(person=person):
            wrong = entering.wait_said(wait)
        elif actions.confirm_one_time_codes(code=form.cleaned_data["code"], by=person):
            return redirect("people:one_time")
        else:
            wrong = _not_this()
    address = address_of(
        row.secret, place=plain_title(request) or the_place().name, called=gettext("my page")
    )
    shown = {"form": form, "wrong": wrong, "secret": grouped(row.secret), "address": address}
    shown["picture"] = mark_safe(picture_of(address))  # noqa: S308 -- squares alone, drawn here
    return render(request, "people/one_time.html", shown, status=422 if form.is_bound else 200)


@require_POST
def one_time_away(request: HttpRequest) -> HttpResponse:
    """Afterwards the passphrase alone opens the door."""
    actions.take_one_time_codes_away(by=access.proved(request))
    return redirect("people:oneself")


def _opens(person: Person, code: str, *, by: str) -> bool:
    if folded_one_time_code(code):
        return actions.use_one_time_code(person=person, code=code)
    return by == PASSPHRASE and actions.use_recovery_code(code=code, of=person) == person


def _asked(
    request: HttpRequest, shown: Shown, form: OneTimeForm | CodeForm, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    told = {"form": form, "wrong": wrong, "shown": carry(asdict(shown), purpose=SECOND)}
    told["codes"] = shown.by == PASSPHRASE
    return render(request, "people/second_step.html", told, status=status)


def _not_this() -> str:
    return gettext(
        "This code does not open. Each works once and for half a minute: wait for the next one. If none "
        "opens, look whether the clock of your phone is right."
    )
