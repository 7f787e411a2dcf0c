"""Other help as plain facts, in the language of whoever asks: the API and the command answer with them."""

from collections.abc import Callable
from datetime import date

from ..core import said
from ..core.lines import Line, is_stale
from .countries import countries, country_named, day_said, language_name
from .lines import Help, help_in

Translate = Callable[[str], str]


def facts_of(country: str, *, language: str, on: date, translate: Translate = str) -> dict:
    """What the page of `country` says, as plain values. `country` is its code or its name; where it is none
    we know, the answer holds what works nearly everywhere, and no line."""
    code = country_named(country) if country else None
    found = help_in(code, on=on) if code else None
    return {
        "country": code,
        "name": countries(language)[code] if code else "",
        **_there(found, language, on, translate),
        "elsewhere": said.ELSEWHERE,
        "if_nobody_answers": [step.said(translate) for step in said.IF_NOBODY_ANSWERS],
        "grounding": [step.said(translate) for step in said.GROUNDING],
        "which_is_which": [
            {"help": help_.said(translate), "when": when.said(translate)}
            for help_, when in said.WHICH_IS_WHICH
        ],
    }


def _there(found: Help | None, language: str, on: date, translate: Translate) -> dict:
    numbers = said.numbers_of(found.emergency) if found and found.emergency else ()
    checked = found.oldest if found else None
    return {
        "emergency": [{"said": label.said(translate), "number": number} for label, number in numbers],
        "without_number": "" if numbers else said.without_number().said(translate),
        "lines": [_line(one, language, on, translate) for one in found.lines] if found else [],
        "checked_on": checked.isoformat() if checked else None,
        "checked": said.checked_on(day_said(checked, language), stale=found.stale).said(translate)
        if checked
        else "",
        "stale": bool(found and found.stale),
    }


def _line(line: Line, language: str, on: date, translate: Translate) -> dict:
    return {
        "id": line.id,
        "name": line.name,
        "kind": line.kind,
        "kind_said": said.KINDS[line.kind].said(translate),
        "phones": list(line.phones),
        "sms": line.sms,
        "sms_word": line.sms_word,
        "url": line.url,
        "hours": line.hours,
        "hours_said": said.hours_of(line).said(translate),
        "languages": list(line.languages),
        "languages_said": [language_name(one, language) for one in line.languages],
        "note": line.note.get(language[:2], line.note.get("en", "")),
        "source": line.source,
        "verified_on": line.verified_on.isoformat(),
        "stale": is_stale(line, on=on),
    }
