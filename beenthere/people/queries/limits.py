"""What somebody cannot do here for a while, as a steward decided. Past its end a limit is none, whether or
not its row is still there."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef

from beenthere.foundation import clock
from beenthere.foundation.asking import Question

from ..models import CIRCLE_ONLY, NO_INTRODUCTIONS, SLOW, Limit, Person

# Whoever has one of these is not introduced to anybody new, and begins no pair.
NOT_INTRODUCED = (NO_INTRODUCTIONS, CIRCLE_ONLY)
# What reaches those who write in pairs.
ON_WRITING = (SLOW, CIRCLE_ONLY)


def limits_on(person: Person) -> set[str]:
    """Of `people.models.LIMITS`, those that hold for the person now."""
    return set(Limit.objects.filter(person=person, until_at__gt=clock.now()).values_list("what", flat=True))


def is_limited(person: Person, what: str) -> bool:
    """Whether the limit `what` holds for the person now."""
    return what in limits_on(person)


def limits_of(person: Person) -> list[Limit]:
    """Their limits that hold now, the one that ends first on top."""
    return list(Limit.objects.filter(person=person, until_at__gt=clock.now()).order_by("until_at", "pk"))


_writing = Question(
    lambda refs, now, what: Limit.objects.filter(
        person__ref__in=refs, what__in=what, until_at__gt=now
    ).values_list("person__ref", "what", "until_at")
)


def limits_on_writing(refs: Collection[str]) -> dict[str, dict[str, datetime]]:
    """By ref of the person, until when which of ON_WRITING holds. One query; without `refs` none."""
    found: dict[str, dict[str, datetime]] = {}
    rows = _writing(refs=sorted(refs), now=clock.now(), what=list(ON_WRITING))
    for ref, what, until in rows:
        there = found.setdefault(ref, {})
        there[what] = max(until, there.get(what, until))
    return found


def limited_here(what: Collection[str]) -> Exists:
    """For a query of people: whether one of `what` holds for each of them now."""
    return Exists(Limit.objects.filter(person=OuterRef("pk"), what__in=what, until_at__gt=clock.now()))
