"""Pages that compose the apps. No rule of their own."""

from django.http import HttpRequest, HttpResponse


def home(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def form_went_stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    return HttpResponse(status=403)
