"""Help now. It does not ask who is reading."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from beenthere.foundation.sentences import Sentence

from .. import queries
from ..core import said
from ..core.lines import Line


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """The country stands in the address alone: it is never looked up and never kept."""
    asked = request.GET.get("country", "").strip()
    country = queries.country_named(asked[:60]) if asked else None
    language = get_language() or "en"
    names = queries.countries(language)
    shown = {
        "asked": asked,
        "country": country,
        "country_name": names.get(country, ""),
        "countries": names.items(),
        "elsewhere": said.ELSEWHERE,
        "if_nobody_answers": said.IF_NOBODY_ANSWERS,
        "which_is_which": said.WHICH_IS_WHICH,
        "grounding": said.GROUNDING,
        "without_number": said.without_number(),
    }
    if country:
        shown |= _in_country(country, language, timezone.localdate())
    return render(request, "signposts/help_now.html", shown)


def _in_country(country: str, language: str, today: date) -> dict:
    found = queries.help_in(country, on=today)
    return {
        "lines": [_card(line, language) for line in found.lines],
        "emergency": said.numbers_of(found.emergency) if found.emergency else (),
        "checked": _checked(found, language),
    }


def _checked(found: queries.Help, language: str) -> Sentence | None:
    if found.oldest is None:
        return None
    return said.checked_on(queries.day_said(found.oldest, language), stale=found.stale)


def _card(line: Line, language: str) -> dict:
    return {
        "line": line,
        "kind": said.KINDS[line.kind],
        "hours": said.hours_of(line),
        "texting": said.texting(line),
        "languages": [queries.language_name(code, language) for code in line.languages],
        "note": line.note.get(language[:2], line.note.get("en", "")),
    }
