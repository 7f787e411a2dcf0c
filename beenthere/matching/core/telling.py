"""What a member may tell matching, within bounds. Pure: no table, no clock."""

from collections.abc import Callable, Mapping
from zoneinfo import available_timezones

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.people import HOPES, STANDS, folded
from beenthere.matching.core.reading import CLOSER, SOON
from beenthere.matching.core.sheet.languages import language_trouble

MOST = 20
MOST_LANGUAGES = 8
LONGEST = 60  # characters of one's own words for an experience
PARTS = ("experiences", "languages", "timezone", "hopes", "leave_out", "wish")
Find = Callable[[str], str | None]


class Untellable(ValueError):
    """It cannot be kept so; `why` is a sentence for the one who told it."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.text)
        self.why = why


def told(held: Mapping, *, is_known: Callable[[str], bool], find: Find) -> dict:
    """`held` tidied, all of its parts there. Own words that name a known experience become it (`find`).
    Raises Untellable for what is beyond the bounds."""
    if set(held) - set(PARTS):
        raise Untellable(sentence("There is something in it that we do not keep."))
    experiences = _experiences(held.get("experiences") or [], is_known, find)
    leave_out = _experiences(held.get("leave_out") or [], is_known, find)
    lived = {_key(one) for one in experiences}
    if any(_key(one) in lived for one in leave_out):
        raise Untellable(sentence("The same experience stands in what you lived and in what you leave out."))
    return {
        "experiences": experiences,
        "languages": _languages(held.get("languages") or []),
        "timezone": _timezone(held.get("timezone") or ""),
        "hopes": _chosen(held.get("hopes") or [], HOPES),
        "leave_out": [{**one, "stand": None} for one in leave_out],
        "wish": _chosen([held.get("wish") or CLOSER], (SOON, CLOSER))[0],
    }


def _experiences(named: object, is_known: Callable[[str], bool], find: Find) -> list[dict]:
    if not isinstance(named, list | tuple) or len(named) > MOST:
        raise Untellable(sentence("Name {most} experiences at most.", most=MOST))
    found: dict[tuple, dict] = {}
    for one in named:
        tidy = _experience(one, is_known, find)
        found.setdefault(_key(tidy), tidy)
    return list(found.values())


def _experience(one: object, is_known: Callable[[str], bool], find: Find) -> dict:
    if not isinstance(one, Mapping) or not isinstance(one.get("experience"), str):
        raise Untellable(sentence("One of the experiences is none that we can keep."))
    name, known, stand = one["experience"], one.get("known", True) is True, one.get("stand") or None
    name = name if known else " ".join(name.split())
    if not known and find(name):
        name, known = find(name), True
    if not name or (known and not is_known(name)) or not name.isprintable():
        raise Untellable(sentence("One of the experiences is none that we can keep."))
    if not known and len(name) > LONGEST:
        raise Untellable(sentence("Your own words for an experience can have {most} letters.", most=LONGEST))
    if stand is not None and stand not in STANDS:
        raise Untellable(sentence("How it is now is one of five, or left open."))
    return {"experience": name, "known": known, "stand": stand}


def _key(one: Mapping) -> tuple:
    return one["known"], folded(one["experience"])


def _languages(tags: object) -> list[str]:
    if not isinstance(tags, list | tuple) or not all(isinstance(one, str) for one in tags):
        raise Untellable(sentence("Languages are a list."))
    tags = list(dict.fromkeys(one.strip() for one in tags))
    if len(tags) > MOST_LANGUAGES:
        raise Untellable(sentence("Name {most} languages at most.", most=MOST_LANGUAGES))
    for tag in tags:
        if len(tag) > 35 or language_trouble(tag):
            raise Untellable(sentence("“{tag}” is no language that we know.", tag=tag[:35]))
    return tags


def _timezone(name: object) -> str:
    if not isinstance(name, str) or (name and name not in available_timezones()):
        raise Untellable(sentence("This is no time zone that we know."))
    return name


def _chosen(given: object, among: tuple[str, ...]) -> list[str]:
    if not isinstance(given, list | tuple) or not all(one in among for one in given):
        raise Untellable(sentence("There is something in it that we do not keep."))
    return [one for one in among if one in given]
