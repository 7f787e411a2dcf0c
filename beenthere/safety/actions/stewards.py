"""Who looks after this place."""

from django.db import transaction

from beenthere.foundation import clock, wire
from beenthere.foundation.ledger import record
from beenthere.foundation.writing import writing
from beenthere.people.actions import admit
from beenthere.people.models import ASKING, Person

from ..events import STEWARDS
from ..models import Steward


def name_steward(*, person: Person, by) -> Steward:
    """Afterwards `person` looks after this place. Twice is the same as once."""
    with writing():
        steward, made = Steward.objects.get_or_create(person=person)
        if not made and steward.until_at is not None:
            steward.since_at, steward.until_at, made = clock.now(), None, True
            steward.save(update_fields=["since_at", "until_at"])
        if made:
            record(act="named steward", by=by, kind="person", ref=person.ref)
            transaction.on_commit(lambda: wire.publish(STEWARDS))
    return steward


def end_term(*, person: Person, by) -> None:
    """Afterwards `person` looks after this place no more. Twice is the same as once."""
    with writing():
        if Steward.objects.filter(person=person, until_at=None).update(until_at=clock.now()):
            record(act="term ended", by=by, kind="person", ref=person.ref)
            transaction.on_commit(lambda: wire.publish(STEWARDS))


def admit_asker(*, ref: str, by: Person) -> None:
    """Afterwards who asked to join is a member; nothing where they are gone or a member already."""
    person = Person.objects.filter(ref=ref, standing=ASKING).first()
    if person is not None:
        admit(person=person, by=by)
