"""Introductions that were made before somebody said whom they never want to meet."""

from django.db.models import Q

from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.writing import writing
from beenthere.people.queries import people_by_ref
from beenthere.people.queries.never import digests_of, is_never_between

from ..models import Introduction
from .introductions import _lock, part


def part_by_never(*, person_ref: str, by) -> None:
    """Of those whom `person_ref` is introduced to now, no pair begins with whom they never want to meet. To
    both it looks like waiting: else a card that goes would tell that the other is of that name."""
    rows = Introduction.objects.filter(Q(a=person_ref) | Q(b=person_ref), ended_at=None, parted_at=None)
    for row in rows:
        people = people_by_ref((row.a, row.b))
        try:
            called = {ref: digests_of(person.name) for ref, person in people.items()}
        except KeyGone:
            continue
        with writing():
            if is_never_between(row.a, row.b, called):
                part(held=_lock(row.pk), by=by)
