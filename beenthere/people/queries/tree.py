"""Who was let in by whom: a number alone."""

from ..models import Person


def let_in_beside(person: Person) -> int:
    """How many others were let in by the one who let this person in; 0 where nobody did, or they left."""
    if not person.let_in_by:
        return 0
    return Person.objects.filter(let_in_by=person.let_in_by).exclude(pk=person.pk).count()
