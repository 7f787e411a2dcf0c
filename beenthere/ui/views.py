"""The gallery: every component once, with what pages will put into it."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .gallery import GalleryForm, faults, meeting, tokens


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """`?theme=` light or dark and `?dir=` ltr or rtl set this page alone, without JavaScript. It is for who
    builds pages, and not there where a place is reached from outside."""
    if settings.TLS:
        raise Http404
    wrong = GalleryForm({"words": "", "country": "here"})
    shown = {
        "theme": _one_of(request.GET.get("theme"), ("light", "dark")),
        "direction": _one_of(request.GET.get("dir"), ("ltr", "rtl")),
        "form": GalleryForm(),
        "wrong": wrong,
        "faults": faults(),
        "meeting": meeting(),
        "chips": [
            (_("Loss of a parent"), _("finding my way")),
            (_("Caring for someone"), _("behind me for now")),
            (_("Feeling alone with it"), ""),
        ],
        "places": [
            {"address": request.path, "name": _("Today")},
            {"address": "/#talk", "name": _("Talk")},
            {"address": "/#circles", "name": _("Circles")},
            {"address": "/#stories", "name": _("Stories")},
            {"address": "/#journey", "name": _("Journey")},
        ],
        "tokens": tokens(),
    }
    return render(request, "ui/gallery.html", shown)


def _one_of(value: str | None, known: tuple[str, ...]) -> str:
    return value if value in known else ""
