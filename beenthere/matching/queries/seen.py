"""A card as its page draws it, in the reader's language and time."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language_info, gettext

from beenthere.foundation import clock
from beenthere.matching.core.proposing import unplain
from beenthere.matching.queries.cards import CardSeen
from beenthere.matching.queries.introductions import LONGEST_LIT, MOST_LIT
from beenthere.matching.queries.speaking import speaking_here
from beenthere.matching.queries.tables import said

NIGHT, MORNING, AFTERNOON, EVENING = range(4)


def drawn(card: CardSeen) -> dict:
    """Everything that the page of `card` says. What is not there any more is an empty text or list."""
    translate, why = speaking_here(), card.why or {}

    def each(part: str) -> list[str]:
        return [said(unplain(one), translate) for one in why.get(part, ())]

    shared = each("shared")
    return {
        "ref": card.ref,
        "headline": said(unplain(why["headline"]), translate) if why.get("headline") else "",
        "shared": shared,
        "below": len(shared) > MOST_LIT or any(_is_long(name) for name in shared),
        "now": " ".join(each("now")),
        "adds": each("adds"),
        "hopes": ", ".join(each("hopes")),
        "languages": ", ".join(language_name(tag) for tag in why.get("languages", ())),
        "mine": card.mine,
        "theirs": card.theirs,
        "gone": card.gone,
        "answer": card.answer,
        "until": until(card.ends_at) if card.ends_at else "",
    }


def _is_long(name: str) -> bool:
    return len(name) > 2 * LONGEST_LIT or any(len(word) > LONGEST_LIT for word in name.split())


def language_name(tag: str) -> str:
    """A language in the reader's words; a rare one by its tag."""
    try:
        return str(get_language_info(tag)["name_translated"])
    except KeyError:
        return tag


def until(at: datetime) -> str:
    """When something ends, in words, in the reader's time zone: a day of the week and a part of the day.
    The hours after midnight belong to the night before."""
    day, part = _part(at)
    today, _ = _part(clock.now())
    away = (day - today).days
    if away <= 0:
        return (
            gettext("tonight"),
            gettext("this morning"),
            gettext("this afternoon"),
            gettext("this evening"),
        )[part]
    if away == 1:
        return (
            gettext("tomorrow night"),
            gettext("tomorrow morning"),
            gettext("tomorrow afternoon"),
            gettext("tomorrow evening"),
        )[part]
    return (
        gettext("%(day)s night"),
        gettext("%(day)s morning"),
        gettext("%(day)s afternoon"),
        gettext("%(day)s evening"),
    )[part] % {"day": WEEKDAYS[day.weekday()]}


def _part(at: datetime) -> tuple:
    local = timezone.localtime(at)
    if local.hour < 5:
        return (local - timedelta(days=1)).date(), NIGHT
    part = MORNING if local.hour < 12 else AFTERNOON if local.hour < 17 else EVENING
    return local.date(), part if local.hour < 22 else NIGHT
