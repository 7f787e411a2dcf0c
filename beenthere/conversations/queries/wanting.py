"""Who wants what of a conversation."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from ..access import Room
from ..core.turns import Middle
from ..models import Wanted


def wants_in(room: Room) -> dict[str, set[str]]:
    """What -> the refs of the people who want it. One query."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = Wanted.objects.filter(membership__conversation=room.row)
    for what, person_ref in rows.values_list("what", "membership__person_ref"):
        found[what].add(person_ref)
    return dict(found)


def both_want(room: Room, what: str) -> bool:
    """Whether all who are in it want it. One query."""
    return all_want(room, wants_in(room), what)


def all_want(room: Room, wants: Mapping[str, set[str]], what: str) -> bool:
    """As `both_want`, of what was read before."""
    return len(room.members) > 1 and wants.get(what, set()) == set(room.members)


def middle_in(room: Room, wanting: Collection[str]) -> Middle:
    """How a room stands to meeting in the middle; `wanting` are the refs of the people who want it."""
    wants = frozenset(room.members[one].ref for one in wanting if one in room.members)
    return Middle(wants, room.row.turn_of, room.row.turn_at, room.row.turn_minutes)
