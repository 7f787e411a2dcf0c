"""Taking one's data along, and leaving for good."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from beenthere.foundation.leaving import StillHere
from beenthere.foundation.taking import everything_of
from beenthere.people.access import one_signed_in, proved

from .. import actions


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    one_signed_in(request)
    return render(request, "safety/my_data.html")


@require_safe
def my_file(request: HttpRequest) -> HttpResponse:
    """Everything that is kept of the one who asks, as a file of JSON."""
    told = everything_of(proved(request).ref)
    body = json.dumps(told, ensure_ascii=False, indent=2)
    answer = HttpResponse(body, content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def delete_me(request: HttpRequest) -> HttpResponse:
    """What goes and what stays; one button, at once."""
    person = proved(request)
    if request.method != "POST":
        return render(request, "safety/delete_me.html")
    try:
        actions.delete_me(by=person)
    except StillHere:
        return render(request, "safety/delete_me.html", {"still_here": True}, status=503)
    answer = redirect("safety:goodbye")
    answer.delete_cookie(settings.SIGN_IN_COOKIE, samesite="Lax")
    return answer


@require_safe
def goodbye(request: HttpRequest) -> HttpResponse:
    return render(request, "safety/goodbye.html")
