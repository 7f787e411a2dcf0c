"""What this browser keeps, for what, and how it goes; and under which title pages stand in it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from beenthere.ui.plain import OFF, plain_choice, plain_cookie

from .. import access, actions
from ..forms import PlainForm

LASTS = 400 * 24 * 3600
EVERYTHING = '"cache", "cookies", "storage"'


@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest) -> HttpResponse:
    """For whoever is here, signed in or not."""
    if request.method == "POST" and request.POST.get("forget"):
        return _forget(request, request.POST["forget"])
    person = access.visitor_of(request)
    form = PlainForm(
        request.POST if request.method == "POST" else None,
        initial={"title": plain_choice(request)},
        signed_in=person is not None,
    )
    if form.is_bound and form.is_valid():
        return _call_it(request, person, form)
    shown = {"form": form, "kept": _kept(request)}
    return render(request, "people/device.html", shown, status=422 if form.is_bound else 200)


def _call_it(request: HttpRequest, person, form: PlainForm) -> HttpResponse:
    """Here alone, or wherever they are signed in."""
    title, response = form.cleaned_data["title"], redirect("people:device")
    if person is not None and form.cleaned_data["everywhere"]:
        actions.change_oneself(prefers={"plain": title}, by=person)
        response.delete_cookie(plain_cookie(), samesite="Lax")
        return response
    response.set_cookie(
        plain_cookie(),
        title or OFF,
        max_age=LASTS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def _forget(request: HttpRequest, what: str) -> HttpResponse:
    """One cookie; or all that is kept here, and with it this browser is signed out."""
    names = {one["key"]: one["name"] for one in _kept(request)}
    response = redirect("people:device")
    if what == "everything":
        if request.sign_in:
            actions.sign_out(sign_in=request.sign_in, by=request.person)
        for name in names.values():
            response.delete_cookie(name, samesite="Lax")
        response.headers["Clear-Site-Data"] = EVERYTHING
    elif what in ("known", "language", "plain"):
        response.delete_cookie(names[what], samesite="Lax")
    return response


def _kept(request: HttpRequest) -> list[dict]:
    """The cookies of this place: `name`, what each is for, how long, and whether it is `there`."""
    told = [
        (
            "sign_in",
            settings.SIGN_IN_COOKIE,
            _("That you are signed in"),
            _("60 days after you were last here; on a device that others use, until the browser is closed"),
        ),
        (
            "known",
            settings.KNOWN_COOKIE,
            _("That you have signed in here before: who tries your name elsewhere cannot keep you out"),
            _("400 days"),
        ),
        (
            "csrf",
            settings.CSRF_COOKIE_NAME,
            _("That a form which is sent came from a page of this place"),
            _("a year"),
        ),
        (
            "language",
            settings.LANGUAGE_COOKIE_NAME,
            _("The language you chose"),
            _("until the browser is closed"),
        ),
        ("plain", plain_cookie(), _("The title that pages stand under here"), _("400 days")),
    ]
    return [
        {"key": key, "name": name, "what": what, "lasts": lasts, "there": name in request.COOKIES}
        for key, name, what, lasts in told
    ]
