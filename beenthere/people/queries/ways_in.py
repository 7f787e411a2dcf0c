"""Which second step somebody has beside their passphrase."""

from beenthere.foundation.asking import Question

from ..models import OneTimeCodes, Person

_confirmed = Question(
    lambda person: (
        OneTimeCodes.objects.filter(person=person)
        .exclude(confirmed_at=None)
        .values_list("confirmed_at", flat=True)
    )
)


def has_second_step(person: Person) -> bool:
    """Whether their passphrase alone opens nothing."""
    return bool(_confirmed(person=person.pk))


def second_step_since(person: Person):
    """Since when; None for who has none."""
    return next(iter(_confirmed(person=person.pk)), None)
