"""One parser for each column: the trimmed text of a cell that is not empty, to a value.

A parser calls `tell(value, why, wants)` for every part that is wrong, and goes on.
"""

import unicodedata
from collections.abc import Callable
from datetime import date

import re2

from beenthere.foundation.sentences import Sentence, sentence

from ..people import AGE_BANDS, HOPES, Named, Window, folded
from ..said import HOPE_SAID, STAND_SAID, counted
from .hours import window_of, zone_trouble
from .languages import language_trouble
from .spoken import BAND_OF, HOPE_OF, STAND_OF, plain

Tell = Callable[[str, Sentence, Sentence], None]
Parser = Callable[[str, Tell], object]

OLDEST = 120
MOST_CAPACITY = 1000
WHOLE = re2.compile(r"([0-9]{1,9})(?:\.0+)?")
ISO_DAY = re2.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T][0-9]{2}:[0-9]{2}[0-9:.]*(?:Z|[+-][0-9:]{4,6})?)?")
# Written into a ref, these make one ref look like another: overrides of direction, and what has no width.
# The joiners U+200C and U+200D stay, since names need them.
UNSEEN = frozenset(
    map(chr, (0xAD, 0x61C, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF))
)
SUGGESTIONS = 100  # wrong time zones in a sheet for which the near name is looked up


def ref(text: str, tell: Tell) -> str:
    hidden = any(unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in text)
    if hidden or not UNSEEN.isdisjoint(text):
        tell(
            text,
            sentence("The ref holds a character that can't be seen."),
            sentence("Letters, digits and signs that can be seen, in one line."),
        )
    return text


def words(text: str, tell: Tell) -> str:
    return text


def hopes(text: str, tell: Tell) -> frozenset[str]:
    return _chosen(text, HOPE_OF, HOPES, sentence("This is not one of the hopes."), tell)


def languages(text: str, tell: Tell) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for item in items(text):
        trouble = language_trouble(item)
        if trouble:
            tell(item, *trouble)
        else:
            found.setdefault(folded(item), item)
    return tuple(found.values()) or ("en",)


def free(text: str, tell: Tell) -> tuple[Window, ...]:
    windows = set()
    for item in items(text):
        window = window_of(item)
        if isinstance(window, Window):
            windows.add(window)
        else:
            tell(item, *window)
    return tuple(sorted(windows, key=lambda window: (window.weekday, window.start, window.until)))


def age(text: str, tell: Tell) -> str | None:
    """The band of an age, or a band as such."""
    said = plain(text).replace(" ", "")
    if said in BAND_OF:
        return BAND_OF[said]
    wants = sentence(
        "An age in years from 18 to {oldest}, or one of {bands}.", oldest=OLDEST, bands=AGE_BANDS
    )
    years = WHOLE.fullmatch(said)
    if not years:
        tell(text, sentence("This is not an age."), wants)
        return None
    if int(years[1]) < 18:
        tell(
            text,
            sentence("Beenthere pairs adults only; this person is under 18."),
            sentence("Leave this person out, and look for other help made for the young."),
        )
        return None
    if int(years[1]) > OLDEST:
        tell(text, sentence("Nobody is as old as this."), wants)
        return None
    return AGE_BANDS[min(5, max(0, (int(years[1]) - 15) // 10))]


def meet_age(text: str, tell: Tell) -> frozenset[str]:
    why = sentence("This is not one of the bands of age.")
    return _chosen(text, BAND_OF, AGE_BANDS, why, tell, tidy=lambda item: plain(item).replace(" ", ""))


def meet_gender(text: str, tell: Tell) -> frozenset[str]:
    return frozenset(map(folded, items(text)))


def never(text: str, tell: Tell) -> tuple[str, ...]:
    """Refs as written: whom they name is known only when all are read."""
    return tuple(items(text))


def capacity(text: str, tell: Tell) -> int:
    number = WHOLE.fullmatch(text)
    if number and int(number[1]) <= MOST_CAPACITY:
        return int(number[1])
    tell(
        text,
        sentence("This is not a number of people somebody can have room for."),
        sentence("A whole number from 0 to {most}.", most=counted(MOST_CAPACITY)),
    )
    return 1


def since(text: str, tell: Tell) -> date | None:
    day = ISO_DAY.fullmatch(text)
    try:
        return date.fromisoformat(day[1] if day else "")
    except ValueError:
        tell(
            text,
            sentence("This is not a date."),
            sentence("A date as year, month and day, such as 2025-01-31."),
        )
        return None


def parsers(find: Callable[[str], str | None]) -> dict[str, Parser]:
    """A parser for each column; `find` looks folded text up in the vocabulary."""
    known: dict[str, str | None] = {}
    zones_told = 0

    def named(text: str, stand: str | None = None) -> Named:
        key = folded(text)
        if key not in known:
            known[key] = find(key)
        return Named(known[key] or " ".join(text.split()), stand, known[key] is not None)

    def experiences(text: str, tell: Tell) -> tuple[Named, ...]:
        return _experiences(text, tell, named)

    def leave_out(text: str, tell: Tell) -> tuple[Named, ...]:
        return _left_out(text, tell, named)

    def timezone(text: str, tell: Tell) -> str:
        nonlocal zones_told
        trouble = zone_trouble(text, suggest=zones_told < SUGGESTIONS)
        if trouble:
            zones_told += 1
            tell(text, *trouble)
        return text

    return {
        "ref": ref,
        "words": words,
        "experiences": experiences,
        "hopes": hopes,
        "languages": languages,
        "place": words,
        "timezone": timezone,
        "free": free,
        "age": age,
        "gender": words,
        "meet_age": meet_age,
        "meet_gender": meet_gender,
        "leave_out": leave_out,
        "never": never,
        "capacity": capacity,
        "since": since,
    }


def items(text: str) -> list[str]:
    """The parts of a list, trimmed; a new line in the cell separates as a semicolon does."""
    return [item for item in map(str.strip, text.replace("\r", ";").replace("\n", ";").split(";")) if item]


def _chosen(
    text: str, table: dict[str, str], choices: tuple, why: Sentence, tell: Tell, tidy: Callable = plain
) -> frozenset[str]:
    chosen = set()
    for item in items(text):
        if tidy(item) in table:
            chosen.add(table[tidy(item)])
        else:
            tell(
                item,
                why,
                sentence(
                    "One of: {choices}. Several are separated by semicolons.",
                    choices=[HOPE_SAID.get(one, one) for one in choices],
                ),
            )
    return frozenset(chosen)


def _experiences(text: str, tell: Tell, named: Callable[..., Named]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for item in items(text):
        name, equals, how = map(str.strip, item.partition("="))
        stand = STAND_OF.get(plain(how)) if how else None
        wants = sentence(
            "One of: {choices}, after an equals sign, or nothing.", choices=list(STAND_SAID.values())
        )
        if not name:
            tell(
                item,
                sentence("No experience stands before the equals sign."),
                sentence("An experience, such as loneliness=it comes and goes."),
            )
            continue
        if how and stand is None:
            tell(item, sentence("{stand} is not one of the ways it can be now.", stand=how), wants)
        one = named(name, stand)
        key = folded(one.experience)
        before = found.get(key)
        if before and before.stand and stand and before.stand != stand:
            tell(
                item, sentence("The same experience stands here twice, with different ways it is now."), wants
            )
        if before is None or before.stand is None:
            found[key] = one
    return tuple(found.values())


def _left_out(text: str, tell: Tell, named: Callable[..., Named]) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for item in items(text):
        if "=" in item:
            tell(
                item,
                sentence("What a person leaves out is an experience, however it is now."),
                sentence("The experience alone, without an equals sign."),
            )
        one = named(item)
        found.setdefault(folded(one.experience), one)
    return tuple(found.values())
