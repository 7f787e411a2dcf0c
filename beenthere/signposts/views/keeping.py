"""What a browser keeps of Help now, if its owner wants it to: pages that are the same for everybody."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language_info, override
from django.views.decorators.http import require_safe

from .. import queries
from ..queries.keeping import kept_address, no_network_address, styles
from .help import what_it_says

WORKER = Path(__file__).resolve().parents[1] / "static" / "signposts" / "worker.js"


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Help in one country in one language, both named by the address."""
    country = queries.country_named(request.GET.get("country", "")[:60])
    if country is None:
        raise Http404
    language = _language(request)
    with override(language):
        shown = what_it_says(country, language)
        shown |= {"kept": True, "day": queries.day_said(timezone.localdate(), language)}
        others = [(one, kept_address(country, one)) for one in _others(language)]
        return _for_anybody(request, "signposts/help_now.html", shown, language, others)


@require_safe
def no_network(request: HttpRequest) -> HttpResponse:
    """What stands in the place of a page that is not kept, while there is no network."""
    language = _language(request)
    others = [(one, no_network_address(one)) for one in _others(language)]
    with override(language):
        return _for_anybody(request, "signposts/no_network.html", {}, language, others)


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that answers while there is no network. It is asked for by those alone who keep the page."""
    answer = HttpResponse(_worker(), content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = "/"
    return answer


def _for_anybody(
    request: HttpRequest, template: str, shown: dict, language: str, others: list
) -> HttpResponse:
    request.person = request.sign_in = None
    named = [(one, get_language_info(one)["name_local"].capitalize(), address) for one, address in others]
    shown = {**shown, "base_page": "signposts/kept_base.html", "styles": styles(), "others": named}
    answer = render(request, template, {**shown, "help_is_here": "country" in shown})
    answer.headers["Content-Language"] = language
    return answer


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _others(language: str) -> list[str]:
    return [one for one in dict(settings.LANGUAGES) if one != language]


@cache
def _worker() -> str:
    return WORKER.read_text(encoding="utf-8")
