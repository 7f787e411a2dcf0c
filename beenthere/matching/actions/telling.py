"""What a member tells matching."""

from collections.abc import Mapping
from datetime import timedelta

from beenthere.experiences.queries import find_experience, is_experience
from beenthere.foundation import clock
from beenthere.foundation.events import announce
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.writing import writing
from beenthere.matching.core.telling import told
from beenthere.matching.events import TellingChanged
from beenthere.matching.models import Telling
from beenthere.people.models import Person

A_MOMENT = timedelta(microseconds=1)


def tell(*, held: Mapping, by: Person) -> Telling:
    """Afterwards matching reads `held` of `by` (see `models.Telling`) and nothing that was told before:
    every part that is left out is empty. Raises `core.telling.Untellable`."""
    held = told(held, is_known=is_experience, find=find_experience)
    row = Telling.objects.filter(person=by).first() or Telling()
    row.person, row.held = by, held
    seal(row)
    with writing():
        before = (
            Telling.objects.select_for_update().filter(person=by).values("pk", "ref", "changed_at").first()
        )
        # Later than what was read before, whatever the clock says: that is how readers see a change.
        row.changed_at = max(clock.now(), before["changed_at"] + A_MOMENT) if before else clock.now()
        row.save()
        announce(TellingChanged(by.ref))
    return row
