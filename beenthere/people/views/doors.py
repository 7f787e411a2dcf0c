"""The doors: signing in by passphrase, passkey or recovery code, proving that it is still you, signing
out."""

import json
import math

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from .. import access, actions
from ..core.devices import browser_and_system
from ..core.passkeys import Untrue
from ..forms import CodeForm, ProofForm, SignInForm
from ..models import Person

LONGEST_ANSWER = 20_000


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By passkey, or by sign-in name and passphrase. An unknown name and a wrong passphrase get the same
    answer after the same work."""
    if request.method != "POST":
        return redirect(_back(request)) if request.person else _door(request, SignInForm())
    if request.POST.get("passkey"):
        return _by_passkey(request)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _door(request, form, status=422)
    name, passphrase = form.cleaned_data["sign_in_name"], form.cleaned_data["passphrase"]
    known = access.known_browser(request, name)
    wait = actions.try_name(sign_in_name=name, network=network_of(request), known=known)
    if wait:
        return _door(request, form, wrong=wait_said(wait), status=429)
    person = access.person_by_passphrase(name, passphrase)
    if person is None:
        return _door(request, form, wrong=_not_together(), status=422)
    actions.got_in(known=known)
    return _come_in(request, person)


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """By a recovery code. Who comes in by one is led to where new ways in are made."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/recover.html", {"form": form}, status=422 if form.is_bound else 200)
    wait = actions.try_network(network=network_of(request))
    person = None if wait else actions.use_recovery_code(code=form.cleaned_data["code"])
    if person is None:
        wrong = wait_said(wait) if wait else _no_such_code()
        shown = {"form": form, "wrong": wrong}
        return render(request, "people/recover.html", shown, status=429 if wait else 422)
    return _come_in(request, person, back=reverse("people:recovered"))


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Before something that opens doors is changed: is it still you?"""
    person = access.one_signed_in(request)
    form = ProofForm(request.POST if request.method == "POST" else None)
    wrong, status = "", 200
    if request.method == "POST":
        wait = actions.try_person(person=person)
        if not wait and _is_proof(request, person, form):
            actions.note_proved(sign_in=request.sign_in, by=person)
            return redirect(_back(request))
        wrong, status = (
            (wait_said(wait), 429) if wait else (gettext("That did not open. Please try again."), 422)
        )
    shown = {"form": form, "wrong": wrong, "back": _back(request), "asked": access.passkey_asked(request)}
    return render(request, "people/prove.html", shown, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """This browser; everything it held open closes."""
    if request.sign_in:
        actions.sign_out(sign_in=request.sign_in, by=request.person)
    response = redirect("/")
    response.delete_cookie(settings.SIGN_IN_COOKIE, samesite="Lax")
    return response


def answer_of_passkey(request: HttpRequest) -> dict:
    """What the browser's passkey answered. Raises BadRequest for what is no answer at all."""
    sent = request.POST.get("passkey", "")
    try:
        answer = json.loads(sent) if len(sent) <= LONGEST_ANSWER else None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise BadRequest
    return answer


def _by_passkey(request: HttpRequest) -> HttpResponse:
    wait = actions.try_network(network=network_of(request))
    if wait:
        return _door(request, SignInForm(), wrong=wait_said(wait), status=429)
    person = _person_of_passkey(request)
    if person is None:
        return _door(request, SignInForm(), wrong=_no_such_passkey(), status=422)
    return _come_in(request, person)


def _person_of_passkey(request: HttpRequest) -> Person | None:
    try:
        return actions.use_passkey(
            door=access.door_of(request),
            asked=request.POST.get("asked", ""),
            answer=answer_of_passkey(request),
        )
    except Untrue:
        return None


def _is_proof(request: HttpRequest, person: Person, form: ProofForm) -> bool:
    if request.POST.get("passkey"):
        return _person_of_passkey(request) == person
    return form.is_valid() and access.is_passphrase_of(person, form.cleaned_data["passphrase"])


def _come_in(request: HttpRequest, person: Person, *, back: str = "") -> HttpResponse:
    """This browser is signed in as `person`, and as nobody else."""
    if request.sign_in:
        actions.sign_out(sign_in=request.sign_in, by=request.person)
    _, token = actions.sign_in(person=person, device=device_of(request), by=person)
    response = redirect(back or _back(request))
    access.keep_signed_in(request, response, token)
    access.remember_browser(request, response, person)
    language = person.prefers.get("language", "")
    if language in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            samesite="Lax",
            secure=request.is_secure(),
            httponly=True,
        )
    return response


def device_of(request: HttpRequest) -> str:
    """What the list of browsers calls this one."""
    browser, system = browser_and_system(request.headers.get("User-Agent", ""))
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("A browser")


def _door(request: HttpRequest, form: SignInForm, *, wrong: str = "", status: int = 200) -> HttpResponse:
    shown = {"form": form, "wrong": wrong, "asked": access.passkey_asked(request)}
    shown |= {"back": _back(request), "port": settings.PLACE.port}
    return render(request, "people/sign_in.html", shown, status=status)


def _back(request: HttpRequest) -> str:
    """Where to go afterwards: a page of this place, Today if none was named."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    return asked if safe else "/today/"


def network_of(request: HttpRequest) -> str:
    """The address that the connection came from; what a header claims is not believed."""
    return request.META.get("REMOTE_ADDR", "")


def wait_said(seconds: float) -> str:
    """That one has to wait so long."""
    minutes = math.ceil(seconds / 60)
    return ngettext(
        "There were many tries. Please wait %(minutes)d minute, then try again. Nothing is lost.",
        "There were many tries. Please wait %(minutes)d minutes, then try again. Nothing is lost.",
        minutes,
    ) % {"minutes": minutes}


def _not_together() -> str:
    return gettext(
        "This sign-in name and this passphrase do not open the door together. Please look at both."
    )


def _no_such_code() -> str:
    return gettext("This code does not open the door. Each code works once; perhaps try another one.")


def _no_such_passkey() -> str:
    return gettext("This passkey does not open the door here. You can try again, or use another way in.")
