"""What stewards set holds where words enter: looked at under the lock, for a whole batch with one query."""

from collections.abc import Collection

from beenthere.foundation import clock
from beenthere.people.models import CIRCLE_ONLY, SLOW
from beenthere.people.queries.limits import limits_on_writing

from ..access import Room
from ..core import AN_HOUR, CIRCLES, LOOKED_AT, MOST_AN_HOUR, SLOWED, stopped_code
from ..models import PAIR, Message


class Limits:
    """What holds now for those who write in one batch (refs of people)."""

    def __init__(self, refs: Collection[str], *, by) -> None:
        self.on = limits_on_writing(refs)
        self.counts: dict[str, int] = {}

    def stops(self, draft, room: Room) -> str | None:
        """The code of what stands in the way of this draft, None where nothing does."""
        now, mine = clock.now(), self.on.get(draft.by, {})
        if room.row.held_until is not None and room.row.held_until > now:
            return stopped_code(LOOKED_AT, room.row.held_until)
        if CIRCLE_ONLY in mine and room.row.kind == PAIR:
            return stopped_code(CIRCLES, mine[CIRCLE_ONLY])
        if SLOW in mine and self._count(draft.by) >= MOST_AN_HOUR:
            return stopped_code(SLOWED, mine[SLOW])
        return None

    def said(self, draft) -> None:
        """One more of them was kept."""
        if draft.by in self.counts:
            self.counts[draft.by] += 1

    def _count(self, ref: str) -> int:
        if ref not in self.counts:
            rows = Message.objects.filter(author_ref=ref, made_at__gt=clock.now() - AN_HOUR)
            self.counts[ref] = rows.count()
        return self.counts[ref]
