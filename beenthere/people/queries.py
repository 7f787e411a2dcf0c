"""Numbers and lists of people."""

from collections.abc import Iterator

from .models import Person


def count_people() -> int:
    return Person.objects.count()


def living(refs: set[str]) -> set[str]:
    """Those of `refs` who are here."""
    return set(Person.objects.filter(ref__in=refs).values_list("ref", flat=True))


def everyone() -> Iterator[str]:
    """The refs of all, in the order in which they came."""
    return Person.objects.order_by("pk").values_list("ref", flat=True).iterator(500)
