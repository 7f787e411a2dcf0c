"""Our picture."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..queries.picture import picture_of
from ..queries.prompts import ENGLISH
from .offering import open_room


@require_safe
def picture(request: HttpRequest, ref: str) -> HttpResponse:
    """The pieces that both opened, side by side. Each sees the other's page in a mirror."""
    person, room, _mine, name = open_room(request, ref)
    ours = picture_of(person, room, get_language() or ENGLISH)
    return render(request, "conversations/picture.html", {"room": room, "name": name, "ours": ours})
