"""What the log says of the doors: each try to come in, and each refusal. One line for each, with the ref of
who was signed in and the name of the address: no word, no name, no address of a device, nothing typed."""

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]
DOORS = {
    "people:sign_in": "sign in",
    "people:recover": "sign in by code",
    "people:second_step": "second step",
    "people:prove": "proof",
    "people:sign_out": "sign out",
    "join": "join",
}
REFUSED = {401: "no token", 403: "not from here", 404: "not theirs", 429: "too often"}


def notices(get_response: Answer) -> Answer:
    """Every answer that refuses, or that came of a door, leaves a line."""

    def answer(request: HttpRequest) -> HttpResponse:
        person = getattr(request, "person", None)
        response = get_response(request)
        match = request.resolver_match
        where = match.view_name if match else ""
        who = getattr(getattr(request, "person", None) or person, "ref", "")
        if request.method == "POST" and where in DOORS and response.status_code not in REFUSED:
            came = response.status_code in (301, 302, 303)
            _log().info("door", way=DOORS[where], outcome="open" if came else "shut", by=who)
        elif _is_a_refusal(response.status_code, match):
            _log().warning(
                "refused", why=REFUSED[response.status_code], at=where, method=request.method, by=who
            )
        return response

    return answer


def _is_a_refusal(status: int, match) -> bool:
    """A page that nobody has is no refusal; one that names something is."""
    return status in REFUSED and (status != 404 or (match is not None and bool(match.kwargs)))


def _log():
    """Asked for each time: one that is kept would not hear where lines go now."""
    return structlog.get_logger("beenthere.doors")
