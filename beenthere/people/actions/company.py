"""Who is with whom: written by the apps above, so that those below them know."""

from beenthere.foundation import clock
from beenthere.foundation.writing import writing

from ..models import Company, Person

INTRODUCTION, PAIR, CIRCLE = "introduction", "pair", "circle"


def begin_company(*, people: list[Person], kind: str, subject: str, by) -> None:
    """Afterwards `people` are in the introduction, pair or circle `subject`."""
    with writing():
        rows = [Company(person=person, kind=kind, subject=subject) for person in people]
        Company.objects.bulk_create(rows, ignore_conflicts=True)


def end_company(*, kind: str, subject: str, by) -> None:
    """Afterwards nobody is in it any more."""
    with writing():
        Company.objects.filter(kind=kind, subject=subject, ended_at=None).update(ended_at=clock.now())
