"""The way out: it ends the sign-in of this browser and leads to the neutral place, whatever comes of it."""

from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from beenthere.people.actions import sign_out

OURS = ("same-origin", "none")  # a link of our own, or an address that somebody typed


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """A link, because it has to work without scripts, where a form could lead to no other place. So it ends
    something although it is a GET, and looks first where it was followed from: another site signs nobody out,
    and no browser does that looks ahead. It leads away in any case."""
    answer = HttpResponseRedirect(settings.PLACE.leave_to)
    answer.status_code = 303
    answer.headers["Referrer-Policy"] = "no-referrer"
    if not _is_meant(request):
        return answer
    if request.sign_in is not None:
        with suppress(DatabaseError):  # the browser forgets it all the same
            sign_out(sign_in=request.sign_in, by=request.person)
    for name in _our_cookies(request):
        answer.delete_cookie(name, samesite="Lax")
    if request.headers.get("Sec-Fetch-Dest") != "empty":  # else leave.js cleared, and its mark has to stay
        answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


def _is_meant(request: HttpRequest) -> bool:
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    site = request.headers.get("Sec-Fetch-Site")
    if site is None:  # an older browser
        return request.headers.get("Referer", "").startswith(f"{request.scheme}://{request.get_host()}/")
    return site in OURS


def _our_cookies(request: HttpRequest) -> list[str]:
    """Those of this place: on one host others may have theirs."""
    before, after = settings.SIGN_IN_COOKIE.split("sign_in")
    return sorted(name for name in request.COOKIES if name.startswith(before) and name.endswith(after))
