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
from ..core.lines import Line, for_adults, for_the_young, ways_of
from ..queries.keeping import keeping


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """The country stands in the address alone: it is never looked up and never kept."""
    asked = request.GET.get("country", "").strip()
    country = queries.country_named(asked[:60]) if asked else None
    language = get_language() or "en"
    shown = what_it_says(country, language)
    shown |= {"base_page": "ui/base.html", "asked": asked, "countries": queries.countries(language).items()}
    return render(request, "signposts/help_now.html", shown)


def what_it_says(country: str | None, language: str) -> dict:
    """All that the page says of `country`, whoever reads it."""
    shown = {
        "country": country,
        "elsewhere": said.ELSEWHERE,
        "if_nobody_answers": said.IF_NOBODY_ANSWERS,
        "which_is_which": said.WHICH_IS_WHICH,
        "grounding": said.GROUNDING,
        "without_number": said.without_number(),
    }
    if country:
        shown |= {"country_name": queries.countries(language)[country], "keeping": keeping(country, language)}
        shown |= _in_country(country, language, timezone.localdate())
    return shown


def _in_country(country: str, language: str, today: date) -> dict:
    found = queries.help_in(country, on=today)
    adults = for_adults(found.lines)
    return {
        "lines": [_card(line, language) for line in adults],
        "young": [_card(line, language) for line in for_the_young(found.lines)],
        "one_way": len(ways_of(adults)) == 1,
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
