"""What two people settled, want and show beside their words."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext

from beenthere.foundation import clock
from beenthere.people.models import Person

from ..access import Room, get_room_for
from ..core.lamp import LIT_FOR, about, is_lit, wish_ends
from ..core.turns import MINUTES, Middle, balance, has_passed, this_talk, turn_ends
from ..models import Membership
from ..models.between import DOOR, EXPORT, HERE, MIDDLE, READ, TYPING
from . import page_of, seen_by
from .agreeing import agreements_in
from .wanting import all_want, middle_in, wants_in

LINE = 70  # characters of one part of the agreement in the quiet line
MOST_SHARED = 400  # messages of one talk that are looked at
BOTH, ONLY_MINE, ONLY_THEIRS, NEITHER = "both", "mine", "theirs", "neither"


@dataclass(frozen=True, slots=True)
class Shown:
    """What one of the two shows the other: a lamp that is on until `here`, and a wish since `wish_at`."""

    here: datetime | None
    wish: str
    wish_at: datetime | None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, until about when, and whether its time has passed."""

    mine: bool
    until: datetime
    has_passed: bool


def beside_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the templates, under `beside`. Three queries."""
    now, wants = clock.now(), wants_in(room)
    other = Membership.objects.filter(conversation=room.row).exclude(pk=mine.pk).order_by("pk").first()
    agreements = agreements_in(room, person, most=2)
    middle = middle_in(room, wants.get(MIDDLE, ()))
    told = {
        "agreed": in_one_line(agreements.in_force.told) if agreements.in_force else None,
        "proposal": agreements.proposal,
        "me": _shown(mine, now),
        "them": _shown(other, now),
        "both_here": _both_here(mine, other, now),
        "turn": _turn(middle, mine, now),
        "middle": _asked(room, wants, MIDDLE, person),
        "minutes": middle.minutes,
        "door": BOTH if room.row.door_open_at else _asked(room, wants, DOOR, person),
        "quiet": {what: _quietly(room, wants, what, person) for what in (HERE, TYPING, READ)},
        "gives": person.ref in wants.get(EXPORT, ()),
        "turns": MINUTES,
        "lamps": LIT_FOR,
        "again": _again(_changes(mine, other, middle, now), now),
    }
    return {"beside": told}


def open_room(person: Person, ref: str) -> tuple[Room, Membership, str]:
    """The conversation that `person` is in, their membership and what the other is called there, while it
    is open; else the same 404 as for one that is not there."""
    room, mine, name = seen_by(person, get_room_for(person, ref))
    if name is None:
        raise Http404
    return room, mine, name


def balance_for(person: Person, room: Room) -> str:
    """Who wrote most since this talk began, for `person` (of core.turns). Asked for, told, and not kept."""
    said, _ = page_of(room, person, most=MOST_SHARED)
    said = said[::-1]
    said = said[: this_talk(one.at for one in said)]
    mine, theirs = (sum(len(one.words or "") for one in said if one.mine is me) for me in (True, False))
    return balance(mine, theirs)


def in_one_line(told: dict) -> list[str]:
    """The first words of each part that fits beside the talk, those that say nothing left out."""
    first = {
        part: (told.get(part) or "").partition("\n")[0].strip() for part in ("pace", "leave_out", "ending")
    }
    short = {part: one if len(one) <= LINE else f"{one[: LINE - 1].rstrip()}…" for part, one in first.items()}
    if short["leave_out"]:
        short["leave_out"] = gettext("left out: %(topics)s") % {"topics": short["leave_out"]}
    return [one for one in short.values() if one]


def _shown(membership: Membership | None, now: datetime) -> Shown:
    if membership is None:
        return Shown(None, "", None)
    here = about(membership.here_until) if is_lit(membership.here_until, now) else None
    shown = wish_ends(membership.wish, membership.wish_at, now) is not None
    return Shown(here, membership.wish if shown else "", membership.wish_at if shown else None)


def _both_here(mine: Membership, other: Membership | None, now: datetime) -> datetime | None:
    """Until about when both lamps are on."""
    if other is None or not (is_lit(mine.here_until, now) and is_lit(other.here_until, now)):
        return None
    return about(min(mine.here_until, other.here_until))


def _turn(middle: Middle, mine: Membership, now: datetime) -> Turn | None:
    ends = turn_ends(middle)
    return None if ends is None else Turn(middle.turn_of == mine.ref, ends, has_passed(middle, now))


def _asked(room: Room, wants: dict[str, set[str]], what: str, person: Person) -> str:
    """Who wants what is asked for openly."""
    if all_want(room, wants, what):
        return BOTH
    wanting = wants.get(what, set())
    return ONLY_MINE if person.ref in wanting else ONLY_THEIRS if wanting else NEITHER


def _quietly(room: Room, wants: dict[str, set[str]], what: str, person: Person) -> str:
    """The same for what works quietly: what the other wants alone is not told."""
    found = _asked(room, wants, what, person)
    return NEITHER if found == ONLY_THEIRS else found


def _changes(
    mine: Membership, other: Membership | None, middle: Middle, now: datetime
) -> list[datetime | None]:
    """When what is shown changes by itself."""
    both = [one for one in (mine, other) if one is not None]
    fading = [wish_ends(one.wish, one.wish_at, now) for one in both]
    return [turn_ends(middle), *(one.here_until for one in both), *fading]


def _again(changes: list[datetime | None], now: datetime) -> int | None:
    """Seconds until the next of `changes`; None when there is none."""
    ahead = [(one - now).total_seconds() for one in changes if one is not None and one > now]
    return int(min(ahead)) + 1 if ahead else None
