"""How many here have lived through something: true, and never telling of so few that one could be found."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext

from beenthere.experiences.queries import vocabulary_at_hand

from .pool import the_pool

MANY, FEW, NONE = "many", "few", "none"
STEPS = (1, 2, 3, 5)  # times K, then times ten: a number that is exact could be compared with another


@dataclass(frozen=True, slots=True)
class Counted:
    """How many: `how_many` is MANY (`at_least` people, a multiple of K), FEW (1 to K-1) or NONE."""

    how_many: str
    at_least: int = 0

    @property
    def said(self) -> str:
        """In words, in the reader's language."""
        if self.how_many == MANY:
            return gettext("at least %(count)s people") % {"count": self.at_least}
        return gettext("a few people") if self.how_many == FEW else gettext("nobody yet")


@dataclass(frozen=True)
class Honest:
    """Of each experience that was asked for, of any of them, and, where nobody has lived one of them, of
    those that are broader or close (`next_best`, those with most people first)."""

    each: dict[str, Counted]
    anyone: Counted
    next_best: dict[str, Counted] = field(default_factory=dict)

    def of(self, experience: str) -> str:
        """MANY, FEW or NONE."""
        return self.each[experience].how_many if experience in self.each else NONE


def how_many_here(experience_ids: Collection[str], *, without: str | None = None) -> Honest:
    """Of the members who may be introduced, `without` one (a ref), from memory. Who lived something
    narrower counts."""
    vocabulary = vocabulary_at_hand()
    held = [keys for ref, keys in _held() if ref != without]
    within = {one: {one} | vocabulary.narrower_of(one) for one in experience_ids}
    each = {one: counted(_holders(held, keys)) for one, keys in within.items()}
    anyone = counted(_holders(held, set().union(*within.values())))
    alone = [one for one in experience_ids if each[one].how_many == NONE]
    near = {other for one in alone for other in _near(vocabulary, one)} - set(each)
    found = {one: counted(_holders(held, {one} | vocabulary.narrower_of(one))) for one in sorted(near)}
    best = sorted((one for one in found if found[one].how_many != NONE), key=lambda one: -found[one].at_least)
    return Honest(each, anyone, {one: found[one] for one in best})


def counted(people: int) -> Counted:
    """What may be said of a number of people: below K no number, from K on the step below it."""
    k = settings.PLACE.k
    if people < k:
        return Counted(FEW if people else NONE)
    ten = 1
    while people >= k * ten * 10:
        ten *= 10
    return Counted(MANY, k * ten * max(step for step in STEPS if people >= k * ten * step))


def _held() -> list[tuple[str, frozenset[str]]]:
    """What each member of the pool holds, by ref: what they told, and what their quotable pieces say."""
    found = []
    for ref, one in the_pool().read.items():
        named = {thing.experience for thing in one.member.person.experiences if thing.known}
        found.append((ref, frozenset(named | {thing.experience for thing in one.member.understood})))
    return found


def _holders(held: list[frozenset[str]], keys: set[str]) -> int:
    return sum(not keys.isdisjoint(one) for one in held)


def _near(vocabulary, one: str) -> set[str]:
    if one not in vocabulary.experiences:
        return set()
    touching = {other for other in vocabulary.experiences[one].related if other in vocabulary.experiences}
    return touching | set(vocabulary.broader_of(one))
