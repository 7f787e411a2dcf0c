"""Supporting someone in crisis, for both sides of a talk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from beenthere.foundation.place import the_place

from ..core.supporting import PARTS


@require_safe
def supporting(request: HttpRequest) -> HttpResponse:
    """The same for everybody, whoever reads it."""
    return render(request, "signposts/supporting.html", {"parts": PARTS, "hours": the_place().hours})
