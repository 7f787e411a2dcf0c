"""The strip of other help beside a box, for the one who writes in it alone."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from beenthere.foundation.place import the_place

from ..core import said
from ..core.strip import COUNTRY, is_on
from ..queries import countries, help_in

TWO = 2


def strip_of(request: HttpRequest | None) -> dict:
    """For the slot `strip`: what it shows to who writes there; nothing (`on`) to who turned it off."""
    person = getattr(request, "person", None)
    prefers = person.prefers if person is not None else {}
    if not is_on(prefers):
        return {"on": False}
    language = get_language() or "en"
    country = prefers.get(COUNTRY) or ""
    found = help_in(country, on=timezone.localdate()) if country else None
    return {
        "on": True,
        "signed_in": person is not None,
        "country": country,
        "country_name": countries(language).get(country, ""),
        "ways": two_ways(found.lines) if found else [],
        "emergency": said.numbers_of(found.emergency) if found and found.emergency else (),
        "hours": the_place().hours,
    }


def two_ways(lines) -> list[dict]:
    """Two ways to somebody, of two lines where there are two: each its line, and how to call or write."""
    found: list[list[dict]] = []
    for line in lines:
        calls = [{"line": line, "call": phone, "dial": dialled} for phone, dialled in line.calls]
        texts = [{"line": line, "text": said.texting(line), "sms": line.texts_to}] if line.sms else []
        chats = [{"line": line, "chat": line.url}] if line.url else []
        found.append((calls + texts + chats)[:TWO])
    each = [ways[0] for ways in found if ways]
    more = [way for ways in found for way in ways[1:]]
    return [{**way, "hours": said.hours_of(way["line"])} for way in (each + more)[:TWO]]
