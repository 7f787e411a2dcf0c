"""Which words call the strip, by which rules, and how often these err."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..core.crisis import NOTHING
from ..queries.crisis_rules import chat_rate, rates, the_file


@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """The same for everybody, whoever reads it."""
    shown = {
        "version": the_file().version,
        "lists": _lists(get_language()),
        "rates": [_row(rate) for rate in rates()],
        "chat": _said(chat_rate()),
    }
    return render(request, "signposts/words.html", shown)


@cache
def _lists(language: str) -> str:
    """The lists, which are long and the same for everybody: laid out once in each language."""
    told, named = the_file(), _names()
    shown = {
        "lanes": [(lane, named[lane], told.rules[lane]) for lane in (*told.lanes, NOTHING)],
        "spelled": told.spelled,
        "near": told.near,
    }
    return render_to_string("signposts/words_lists.html", shown)


def _row(rate) -> dict:
    language = {"en": _("English"), "es": _("Spanish")}[rate.language]
    half = {
        "seen": _("read while the rules were made"),
        "unseen": _("never read by who made them"),
        "fresh": _("written later by somebody else, and never read"),
    }[rate.half]
    about = {
        "disclosure": _("somebody says it of themselves: recognised"),
        "urging": _("urging: recognised as such"),
        "method": _("ways: recognised as such"),
        "other": _("worry about somebody else: recognised as such"),
        "none": _("none of it: shown by mistake"),
    }[rate.lane]
    return {
        "language": language,
        "half": half,
        "about": about,
        "first": _said(rate.first),
        "last": _said(rate.last),
    }


def _said(count: tuple[int, int]) -> str:
    some, every = count
    percent = round(100 * some / max(every, 1), 1)
    return _("%(some)s of %(every)s (%(percent)s %%)") % {"some": some, "every": every, "percent": percent}


def _names() -> dict[str, str]:
    return {
        "disclosure": _("Somebody says that they may not be safe"),
        "urging": _("Somebody is urged to come to harm"),
        "method": _("Ways are told or asked for"),
        "other": _("Somebody worries about another"),
        NOTHING: _("None of it: what is left out"),
    }
