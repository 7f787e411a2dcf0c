"""What all doors share: coming in, where to go afterwards, and what is said of a wait."""

import math

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext

from .. import access, actions
from ..core.devices import browser_and_system
from ..models import Person


def come_in(request: HttpRequest, person: Person, *, back: str = "", shared: bool = False) -> HttpResponse:
    """This browser is signed in as `person`, and as nobody else. A `shared` one keeps nothing of it."""
    if request.sign_in:
        actions.sign_out(sign_in=request.sign_in, by=request.person)
    _, token = actions.sign_in(person=person, device=device_of(request), shared=shared, by=person)
    response = redirect(back or back_of(request))
    access.keep_signed_in(request, response, token, shared=shared)
    if shared:
        return response
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


def back_of(request: HttpRequest) -> str:
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
