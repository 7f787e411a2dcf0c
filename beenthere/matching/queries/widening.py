"""Where nobody fits: what would widen it, worked out from what really stands between.

Nothing here tells what somebody else asked for: that others leave out what one has lived is never said.
"""

from dataclasses import dataclass, field

from beenthere.matching.queries.pool import Pool, the_pool
from beenthere.people.models import Person

PAUSE, ROOM = "pause", "room"  # nothing reaches them, and that is their own choice
SAY, QUOTABLE, LANGUAGE, LEAVE_OUT, SOON, MORE = "say", "quotable", "language", "leave_out", "soon", "more"


@dataclass(frozen=True)
class Widening:
    """`alone`: nobody else is here yet. `all_met`: there are people who fit, and each was introduced lately
    or has no place free. `ways`: what would widen it, the surest first."""

    alone: bool = False
    all_met: bool = False
    ways: list[str] = field(default_factory=list)


def widening_for(person: Person) -> Widening:
    """What is true for `person`, for whom there is no introduction now."""
    closed = [PAUSE] if person.paused_at else [] if person.capacity else [ROOM]
    pool = the_pool()
    if closed or person.ref not in pool.read:
        return Widening(ways=closed or [SAY])
    alone = len(pool.people) < 2
    all_met = not alone and bool(pool.around(person.ref).open.any())
    return Widening(alone, all_met, list(_ways(pool, person.ref)))


def _ways(pool: Pool, ref: str):
    one, seen = pool.read[ref].member, pool.around(ref)
    if not one.person.experiences and not one.person.words:
        yield SAY
    elif not one.person.words:
        yield QUOTABLE
    near = seen.shares & ~seen.apart & ~seen.theirs_left_out
    if (near & ~seen.speaks & ~seen.mine_left_out).any():
        yield LANGUAGE
    if (near & seen.speaks & seen.mine_left_out).any():
        yield LEAVE_OUT
    if int(pool.around(ref, soon=True).open.sum()) > int(seen.open.sum()):
        yield SOON
    if one.person.words:
        yield MORE
