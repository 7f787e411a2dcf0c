"""The way out: what it does, in words. It does not ask who is reading."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def leaving(request: HttpRequest) -> HttpResponse:
    return render(request, "signposts/leaving.html", {"host": urlsplit(settings.PLACE.leave_to).hostname})
