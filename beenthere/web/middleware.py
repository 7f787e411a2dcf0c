"""What holds for every page, whichever app answers."""

from collections.abc import Callable
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone, translation

from beenthere.foundation.pace import Pace
from beenthere.foundation.place import the_place
from beenthere.people.access import ProofNeeded, SignInNeeded, keep_signed_in, sign_in_of_token
from beenthere.people.actions import note_seen
from beenthere.people.models import Person
from beenthere.people.views.entering import network_of, wait_said

log = structlog.get_logger(__name__)
Answer = Callable[[HttpRequest], HttpResponse]
DOOR, PROOF, ONESELF = "/sign-in/", "/me/prove/", "/me/"
LOOKING = ("GET", "HEAD", "OPTIONS", "TRACE")
# What is sent: by one person, by all who are nobody yet in one network (a group may meet in one room).
SENDING = {True: Pace(most=600, each_second=2), False: Pace(most=1200, each_second=10)}


def no_store(get_response: Answer) -> Answer:
    """No browser and no proxy keeps a page: after *Leave this page now*, Back has nothing to show.
    Styles, fonts and scripts are answered before this and may be kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def who(get_response: Answer) -> Answer:
    """Every request knows who asks: `request.sign_in` and `request.person`, None for a visitor. The page
    speaks their language (unless this browser chose another) and tells times in their time zone."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.sign_in = sign_in_of_token(request.COOKIES.get(settings.SIGN_IN_COOKIE, ""))
        request.person = request.sign_in.person if request.sign_in else None
        if _is_too_fast(request):
            return _wait()
        if request.person is None:
            return get_response(request)
        the_place()  # in memory, and read again here after a change
        seen = _note_seen(request)
        with timezone.override(_zone_of(request.person)):
            _speak_as(request)
            response = get_response(request)
        if seen and settings.SIGN_IN_COOKIE not in response.cookies:
            keep_signed_in(request, response, request.COOKIES[settings.SIGN_IN_COOKIE])
        if _signs_out(response) and _leaves_clearing_to_us(request):
            response.headers["Clear-Site-Data"] = '"cache", "storage"'  # nothing stays in this browser
        return response

    answer.process_exception = _to_the_door
    return answer


def _is_too_fast(request: HttpRequest) -> bool:
    if request.method in LOOKING:
        return False
    known = request.person is not None
    return not SENDING[known].takes(request.person.ref if known else network_of(request))


def _wait() -> HttpResponse:
    log.warning("refused", why="too often", at="pages")
    waiting = HttpResponse(wait_said(60), status=429, content_type="text/plain; charset=utf-8")
    waiting.headers["Retry-After"] = "60"
    return waiting


def _signs_out(response: HttpResponse) -> bool:
    cookie = response.cookies.get(settings.SIGN_IN_COOKIE)
    return cookie is not None and cookie.value == ""


def _leaves_clearing_to_us(request: HttpRequest) -> bool:
    """All but the way out, which knows what its script has cleared already."""
    return request.resolver_match is None or request.resolver_match.view_name != "leave"


def _note_seen(request: HttpRequest) -> bool:
    try:
        return note_seen(sign_in=request.sign_in, by=request.person)
    except DatabaseError:
        return False  # a disk that takes nothing can still be read


def _to_the_door(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """A page for members leads to the sign-in page and, where it was a page to be read, back. Who is
    signed in and yet no member (waiting, suspended) is led to what is theirs."""
    back = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    if isinstance(exception, ProofNeeded):
        return HttpResponseRedirect(f"{PROOF}?{urlencode({'next': back or request.path})}")
    if not isinstance(exception, SignInNeeded):
        return None
    if request.person is not None:
        return HttpResponseRedirect(ONESELF)
    return HttpResponseRedirect(f"{DOOR}?{urlencode({'next': back})}" if back else DOOR)


def _zone_of(person: Person) -> ZoneInfo | None:
    try:
        return ZoneInfo(person.prefers.get("timezone") or "UTC")
    except (KeyError, ValueError, OSError):
        return None


def _speak_as(request: HttpRequest) -> None:
    wanted = request.person.prefers.get("language", "")
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and wanted in dict(settings.LANGUAGES):
        translation.activate(wanted)
        request.LANGUAGE_CODE = translation.get_language()
