"""How many newcomers each person may still meet: one person behind a hundred names reaches nobody more often
than three times in thirty days.

Who the others are, what they wrote and what anybody answered is not read here. A card stays counted when the
newcomer leaves; one who comes again under another name is a newcomer again.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count

from beenthere.foundation import clock
from beenthere.people.queries.vouching import newcomers

from ..core.meeting import NEWCOMERS_IN, meets_newcomer
from ..models import Card


@dataclass
class Newcomers:
    """`new`: refs of newcomers, `first` those of them who were never introduced to anybody; `met`: how many
    newcomers each person was introduced to lately, where it was any."""

    new: set[str]
    first: set[str]
    met: dict[str, int]

    def allow(self, a: str, b: str) -> bool:
        """Whether these two may be introduced, as far as this goes."""
        return self._may_meet(a, b) and self._may_meet(b, a)

    def _may_meet(self, one: str, other: str) -> bool:
        if other not in self.new:
            return True
        return meets_newcomer(met=self.met.get(one, 0), is_first=other in self.first)

    def closed_to(self, ref: str) -> set[str]:
        """All whom `ref` is not introduced to because of it: `allow` says no to them, and to nobody else."""
        closed: set[str] = set()
        met = self.met.get(ref, 0)
        if not meets_newcomer(met=met, is_first=True):
            closed |= self.new
        elif not meets_newcomer(met=met, is_first=False):
            closed |= self.new - self.first
        if ref in self.new:
            is_first = ref in self.first
            closed |= {one for one, met in self.met.items() if not meets_newcomer(met=met, is_first=is_first)}
        return closed - {ref}

    def take(self, a: str, b: str) -> None:
        """Counts that the two are introduced."""
        for one, other in ((a, b), (b, a)):
            if other in self.new:
                self.met[one] = self.met.get(one, 0) + 1
        self.first -= {a, b}


def newcomers_now(refs: Collection[str] | None = None) -> Newcomers:
    """As the tables stand; with `refs` of these people alone. Three queries."""
    new = newcomers(refs)
    cards = Card.objects.all() if refs is None else Card.objects.filter(person__ref__in=refs)
    introduced = set(cards.values_list("person__ref", flat=True).distinct())
    lately = cards.filter(of_newcomer=True, made_at__gt=clock.now() - NEWCOMERS_IN)
    met = dict(lately.values_list("person__ref").annotate(count=Count("pk")))
    return Newcomers(new, new - introduced, met)
