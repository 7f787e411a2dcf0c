"""What somebody sees of the decisions that concern them."""

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import open_together
from beenthere.people.models import Person

from ..access import are_enough, held_now
from ..core import APPEAL_FOR
from ..models import Act


def limits_told(person: Person) -> list[Act]:
    """What holds for the person now, the one that ends first on top. Asks nobody where nothing does."""
    if person.ref not in held_now():
        return []
    rows = Act.objects.filter(person=person, lifted_at=None, until_at__gt=clock.now())
    found = list(rows.select_related("person").order_by("until_at", "pk"))
    open_together(*found)
    return found


def ways_to_appeal(act: Act) -> dict:
    """`appeal_until`: until when it can be seen otherwise, None when that is over; `few`: what is asked waits
    for another steward, for there are too few now."""
    until = act.made_at + APPEAL_FOR
    return {"appeal_until": until if clock.now() <= until else None, "few": not are_enough()}
