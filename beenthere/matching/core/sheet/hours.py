"""Weekly hours and the time zone they are in."""

from difflib import get_close_matches
from functools import cache
from importlib.resources import files

import re2

from beenthere.foundation.sentences import Sentence, sentence

from ..people import Window, folded
from .spoken import WEEKDAY_OF, plain

DAY = 24 * 60
WINDOW = re2.compile(r"([a-z]+)\.? +([0-9]{1,2}):([0-9]{2}) ?- ?([0-9]{1,2}):([0-9]{2})")

WINDOW_WANTED = sentence("A day and two times, such as mon 18:00-21:00; more of them after semicolons.")
ZONE_WANTED = sentence("A time zone such as Europe/Madrid or America/Bogota.")


def window_of(text: str) -> Window | tuple[Sentence, Sentence]:
    """The weekly window, or why it is none and what would be."""
    said = WINDOW.fullmatch(plain(text))
    if not said:
        return sentence("This is not a window of hours."), WINDOW_WANTED
    if said[1] not in WEEKDAY_OF:
        return sentence("{day} is not a day of the week.", day=said[1]), WINDOW_WANTED
    start, until = _minutes(said[2], said[3]), _minutes(said[4], said[5])
    if start is None or until is None or start == DAY:
        return sentence("This is not a time of day."), sentence("Times from 00:00 to 24:00.")
    if start == until:
        return sentence("The window ends when it begins."), sentence("An end that is not its beginning.")
    return Window(WEEKDAY_OF[said[1]], start, until if until > start else until + DAY)


def _minutes(hours: str, minutes: str) -> int | None:
    at = int(hours) * 60 + int(minutes)
    return at if int(minutes) < 60 and at <= DAY else None


def zone_trouble(name: str, *, suggest: bool = True) -> tuple[Sentence, Sentence] | None:
    """Why `name` is no IANA time zone, with the one that was perhaps meant; nothing where it is.
    `suggest` looks through all names, which takes some milliseconds."""
    if name in _zones():
        return None
    near = _near_zone(folded(name).replace(" ", "_")) if suggest and len(name) < 60 else None
    if near:
        return sentence("This is not the name of a time zone."), sentence("Perhaps {zone}.", zone=near)
    return sentence("This is not the name of a time zone."), ZONE_WANTED


@cache
def _zones() -> frozenset[str]:
    """The names that tzdata ships, the same on every machine, whatever its own folder holds."""
    return frozenset(files("tzdata").joinpath("zones").read_text("utf-8").split())


def _near_zone(name: str) -> str | None:
    """By its name in another case, by its city alone, then by spelling."""
    by_name = {zone.casefold(): zone for zone in sorted(_zones())}
    by_city = {
        zone.casefold().rpartition("/")[2]: zone for zone in sorted(_zones(), reverse=True) if "/" in zone
    }
    found = by_name.get(name) or by_city.get(name)
    if found:
        return found
    spelled = get_close_matches(name, by_name, n=1, cutoff=0.75)
    return by_name[spelled[0]] if spelled else None
