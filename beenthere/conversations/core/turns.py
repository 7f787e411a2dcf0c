"""Meeting in the middle: whose turn it is; and who has been speaking. Nobody is cut off, nobody counted."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MINUTES = (3, 5, 10)
MINE, THEIRS, ALIKE, TOO_LITTLE = "mine", "theirs", "alike", "too_little"
PAUSE = timedelta(hours=6)  # after so long without words a new talk begins
LEAST = 400  # characters of both together, below which nothing is said of them
MOSTLY = 3  # of five parts: who wrote more than so many wrote most


@dataclass(frozen=True, slots=True)
class Middle:
    """How two people stand to it: who wants it, and whose turn of how many minutes it is since when ("" and
    None: nobody's). People are named by the refs of their memberships."""

    wants: frozenset[str] = frozenset()
    turn_of: str = ""
    since: datetime | None = None
    minutes: int = 5

    @property
    def is_on(self) -> bool:
        return len(self.wants) == 2


def asked(middle: Middle, *, by: str, other: str, minutes: int, now: datetime) -> Middle:
    """`by` would like turns. Who asks first chooses how long they are; who joins takes the first one, so
    whoever asked begins by reading."""
    if middle.is_on or minutes not in MINUTES:
        return middle
    if other not in middle.wants:
        return replace(middle, wants=middle.wants | {by}, minutes=minutes)
    return replace(middle, wants=middle.wants | {by}, turn_of=by, since=now)


def handed_over(middle: Middle, *, by: str, other: str, now: datetime) -> Middle:
    """The turn is the other's, if it was that of `by`."""
    if not middle.is_on or middle.turn_of != by:
        return middle
    return replace(middle, turn_of=other, since=now)


def left(middle: Middle, *, by: str) -> Middle:
    """It ended as soon as one wants no more, for both; a question that stood alone is taken back by who
    asked it."""
    if middle.is_on:
        return replace(middle, wants=frozenset(), turn_of="", since=None)
    return replace(middle, wants=middle.wants - {by})


def turn_ends(middle: Middle) -> datetime | None:
    """When the time of this turn has passed; None when it is nobody's."""
    if not middle.is_on or not middle.turn_of or middle.since is None:
        return None
    return middle.since + timedelta(minutes=middle.minutes)


def has_passed(middle: Middle, now: datetime) -> bool:
    """Whether the gentle signal is due."""
    ends = turn_ends(middle)
    return ends is not None and now >= ends


def this_talk(times: Iterable[datetime]) -> int:
    """How many of the `times`, newest first, belong to the talk of the newest."""
    count, later = 0, None
    for time in times:
        if later is not None and later - time > PAUSE:
            break
        count, later = count + 1, time
    return count


def balance(mine: int, theirs: int) -> str:
    """Who wrote most, by characters: MINE, THEIRS, ALIKE or TOO_LITTLE. What is MINE to one is THEIRS to
    the other."""
    whole = mine + theirs
    if whole < LEAST:
        return TOO_LITTLE
    if 5 * max(mine, theirs) <= MOSTLY * whole:
        return ALIKE
    return MINE if mine > theirs else THEIRS
