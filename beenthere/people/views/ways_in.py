"""What opens doors: passphrase, passkeys, recovery codes. Each asks first whether it is still you."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from .. import access, actions, queries
from ..core.passkeys import Untrue
from ..forms import LabelForm, PassphraseForm
from .doors import answer_of_passkey, device_of


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def passphrase(request: HttpRequest) -> HttpResponse:
    """Sets or changes it; every other browser is signed out."""
    person = access.proved(request)
    had = queries.has_passphrase(person)
    form = PassphraseForm(request.POST if request.method == "POST" else None, name=person.name)
    if not form.is_bound or not form.is_valid():
        shown = {"form": form, "had": had}
        return render(request, "people/passphrase.html", shown, status=422 if form.is_bound else 200)
    drawn = actions.set_passphrase(
        passphrase=form.cleaned_data["passphrase"], new_name=form.cleaned_data["new_name"], by=person
    )
    actions.sign_out_everywhere(person=person, but=request.sign_in, by=person)
    response = render(request, "people/passphrase_set.html", {"sign_in_name": drawn})
    access.remember_browser(request, response, person)
    return response


@sensitive_variables()
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Adds the passkey that this browser makes."""
    person = access.proved(request)
    wrong, status = "", 200
    form = LabelForm(
        request.POST if request.method == "POST" else None, initial={"label": device_of(request)}
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.passkey_made(
                door=access.door_of(request),
                asked=request.POST.get("asked", ""),
                answer=answer_of_passkey(request),
            )
            actions.add_passkey(credential=made, called=form.cleaned_data["label"], by=person)
        except (Untrue, ValueError):
            wrong, status = (
                gettext("This passkey could not be added. Nothing was changed; you can try again."),
                422,
            )
        else:
            return redirect("people:oneself")
    asked = access.passkey_asked(request, make=True, called=person.name)
    shown = {"form": form, "wrong": wrong, "asked": asked, "port": settings.PLACE.port}
    return render(request, "people/passkey_add.html", shown, status=422 if form.errors else status)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: HttpRequest, ref: str) -> HttpResponse:
    """Names a passkey, or takes it away. Whoever proved on the way that it is them is led back."""
    if request.method != "POST":
        access.get_passkey_for(access.one_signed_in(request), ref)
        return redirect("people:oneself")
    person = access.proved(request) if request.POST.get("away") else access.one_signed_in(request)
    row = access.get_passkey_for(person, ref)
    if request.POST.get("away"):
        try:
            actions.take_passkey_away(passkey=row, by=person)
        except actions.LastDoor:
            return render(request, "people/last_door.html", status=409)
    elif request.POST.get("label", "").strip():
        actions.name_passkey(passkey=row, called=request.POST["label"].strip(), by=person)
    return redirect("people:oneself")


@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """Ten codes, shown once; those before open nothing any more."""
    person = access.proved(request)
    if request.method == "POST":
        return render(request, "people/recovery.html", {"codes": actions.make_recovery_codes(by=person)})
    return render(request, "people/recovery.html", {"left": queries.count_recovery_codes(person)})
