"""The doors: signing in by passphrase, passkey or recovery code, proving that it is still you, signing
out."""

import json

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from .. import access, actions, queries
from ..core.passkeys import Untrue
from ..forms import CodeForm, ProofForm, SignInForm
from ..models import Person
from .entering import back_of, come_in, device_of, network_of, wait_said
from .second import CODE, PASSPHRASE, after_first_step

__all__ = [
    "answer_of_passkey",
    "device_of",
    "network_of",
    "prove",
    "recover",
    "sign_in",
    "sign_out",
    "wait_said",
]

LONGEST_ANSWER = 20_000


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By passkey, or by sign-in name and passphrase. An unknown name and a wrong passphrase get the same
    answer after the same work."""
    if request.method != "POST":
        return redirect(back_of(request)) if request.person else _door(request, SignInForm())
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
    shared = form.cleaned_data["shared"]
    return after_first_step(request, person, by=PASSPHRASE, back=back_of(request), shared=shared)


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """By a recovery code, in place of the passphrase. Who comes in by one is led to where new ways in are
    made."""
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/recover.html", {"form": form}, status=422 if form.is_bound else 200)
    wait = actions.try_network(network=network_of(request))
    person = None if wait else actions.use_recovery_code(code=form.cleaned_data["code"])
    if person is None:
        wrong = wait_said(wait) if wait else _no_such_code()
        shown = {"form": form, "wrong": wrong}
        return render(request, "people/recover.html", shown, status=429 if wait else 422)
    return after_first_step(request, person, by=CODE, back=reverse("people:recovered"))


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """Before something that opens doors is changed: is it still you?"""
    person = access.one_signed_in(request)
    two = queries.has_second_step(person)
    form = ProofForm(request.POST if request.method == "POST" else None, two=two)
    wrong, status = "", 200
    if request.method == "POST":
        wait = actions.try_person(person=person)
        if not wait and _is_proof(request, person, form):
            response = redirect(back_of(request))
            token = actions.note_proved(sign_in=request.sign_in, by=person)
            access.keep_signed_in(request, response, token)
            return response
        wrong, status = (
            (wait_said(wait), 429) if wait else (gettext("That did not open. Please try again."), 422)
        )
    shown = {"form": form, "wrong": wrong, "back": back_of(request), "asked": access.passkey_asked(request)}
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
    return come_in(request, person, shared=bool(request.POST.get("shared")))


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
    if not form.is_valid() or not access.is_passphrase_of(person, form.cleaned_data["passphrase"]):
        return False
    return not form.two or actions.use_one_time_code(person=person, code=form.cleaned_data["code"])


def _door(request: HttpRequest, form: SignInForm, *, wrong: str = "", status: int = 200) -> HttpResponse:
    shown = {"form": form, "wrong": wrong, "asked": access.passkey_asked(request)}
    shown |= {"back": back_of(request), "port": settings.PLACE.port}
    return render(request, "people/sign_in.html", shown, status=status)


def _not_together() -> str:
    return gettext(
        "This sign-in name and this passphrase do not open the door together. Please look at both."
    )


def _no_such_code() -> str:
    return gettext("This code does not open the door. Each code works once; perhaps try another one.")


def _no_such_passkey() -> str:
    return gettext("This passkey does not open the door here. You can try again, or use another way in.")
