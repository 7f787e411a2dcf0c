"""Joining, in one screen; leaving an address; and the page that shows the sign-in name once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from beenthere.foundation.carried import Stale
from beenthere.foundation.place import INVITED, the_place
from beenthere.people.access import (
    door_of,
    is_passphrase_of,
    keep_signed_in,
    passkey_asked,
    remember_browser,
    visitor_of,
)
from beenthere.people.actions import NotInvited, sign_in, try_coming
from beenthere.people.core.passkeys import Untrue
from beenthere.people.models import MEMBER, Person
from beenthere.people.views.doors import answer_of_passkey, device_of, network_of, wait_said
from beenthere.web import actions
from beenthere.web.forms import AddressForm, JoinForm
from beenthere.web.models import FIRST, JOINED
from beenthere.web.queries import begun_of, forgetting, just_joined
from beenthere.web.told import Told, first_told, language, told_in


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """One screen, then here. Whoever presses twice arrives once."""
    person = visitor_of(request)
    if person is not None:
        return redirect("here")
    if request.method != "POST":
        return join_page(request, first_told())
    try:
        told = told_in(request.POST.get("told", ""))
    except Stale:
        return render(request, "web/stale.html", {"form": None}, status=403)
    form = JoinForm(request.POST)
    if form.is_younger:
        return render(request, "web/under_18.html")
    if not the_place().is_open or not form.is_valid():
        return join_page(request, told, form=form, status=422)
    if wait := try_coming(network=network_of(request)):
        form.add_error("passphrase", wait_said(wait))
        return join_page(request, told, form=form, status=429)
    return arrive(request, told, form, kind=JOINED)


@sensitive_variables()
def arrive(request: HttpRequest, told: Told, form: JoinForm, *, kind: str = JOINED) -> HttpResponse:
    """Afterwards somebody joined, or had joined by an earlier press of the same button."""
    answers = {**form.answers(told), "passkey": passkey_sent(request)}
    try:
        joined = actions.join_with(told=told, answers=answers, kind=kind)
    except NotInvited:
        why = gettext("This invitation was used, or is too old. Please ask for another one.")
        form.add_error("invitation", why)
    except Untrue:
        form.add_error("passphrase", unlucky())
    if form.errors:
        return join_page(request, told, form=form, status=422)
    if joined is None:
        return again(request, told.nonce, form.cleaned_data["passphrase"], kind=kind)
    return signed_in_at(request, joined.person, "here")


@sensitive_variables()
def again(request: HttpRequest, nonce: str, passphrase: str, *, kind: str = JOINED) -> HttpResponse:
    """The same form a second time: who shows the same passphrase is led in, anybody else to the door."""
    row = begun_of(nonce, kind=kind)
    if row is None or row.person is None or not is_passphrase_of(row.person, passphrase):
        return redirect("/sign-in/")
    return signed_in_at(request, row.person, "here")


def passkey_sent(request: HttpRequest) -> dict | None:
    """The passkey that the browser made beside the form, to be looked at; None for who chose a passphrase."""
    if not request.POST.get("passkey") or request.POST.get("passphrase"):
        return None
    asked, answer = request.POST.get("asked", ""), answer_of_passkey(request)
    return {"door": door_of(request), "asked": asked, "answer": answer}


def unlucky() -> str:
    return gettext("That passkey could not be read. Nothing is lost: make it again, or write a passphrase.")


def passkeys_for(request: HttpRequest) -> dict | None:
    """What the passkey element asks; the question whose answer is in the form already stays the same."""
    asked = passkey_asked(request, make=True)
    if asked and request.POST.get("passkey"):
        asked["asked"] = request.POST.get("asked", "")
    return asked


def signed_in_at(request: HttpRequest, person: Person, name: str) -> HttpResponse:
    """To the page `name`, this browser signed in from now on."""
    _, token = sign_in(person=person, device=device_of(request), by=person)
    response = redirect(name)
    keep_signed_in(request, response, token)
    remember_browser(request, response, person)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest) -> HttpResponse:
    """The private sign-in name, until its owner says that they have written it down."""
    person = visitor_of(request)
    if person is None:
        return redirect("home")
    row = just_joined(person)
    if request.method == "POST":
        actions.written_down(by=person)
        return redirect("two_more" if row and row.kind == FIRST else "today")
    if row is None and person.standing == MEMBER:
        return redirect("today")
    shown = {"row": row, "asking": person.standing != MEMBER, "hours": the_place().hours}
    return render(request, "web/here.html", shown)


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """Where to write when somebody comes: said before what is kept, and for how long."""
    if request.method != "POST":
        return address_page(request, first_told())
    try:
        told = told_in(request.POST.get("told", ""))
    except Stale:
        return render(request, "web/stale.html", {"form": None}, status=403)
    form = AddressForm(request.POST)
    if form.is_younger:
        return render(request, "web/under_18.html")
    if not the_place().is_open or not form.is_valid():
        return address_page(request, told, form=form, status=422)
    if wait := try_coming(network=network_of(request)):
        form.add_error("mail", wait_said(wait))
        return address_page(request, told, form=form, status=429)
    person = actions.leave_address_with(told=told, address=form.cleaned_data["mail"], language=language())
    link = request.build_absolute_uri(reverse("people:forget", args=[forgetting(person)]))
    return render(request, "web/address_left.html", {"forget": link})


def join_page(
    request: HttpRequest, told: Told, *, form: JoinForm | None = None, status: int = 200
) -> HttpResponse:
    shown = {
        "told": told,
        "form": form or JoinForm(initial={"invitation": told.invitation}),
        "joining": the_place().joining,
        "invited": the_place().joining == INVITED,
        "is_open": the_place().is_open,
        "passkeys": passkeys_for(request),
    }
    return render(request, "web/join.html", shown, status=status)


def address_page(
    request: HttpRequest, told: Told, *, form: AddressForm | None = None, status: int = 200
) -> HttpResponse:
    shown = {"told": told, "form": form or AddressForm(), "is_open": the_place().is_open}
    return render(request, "web/address.html", shown, status=status)
