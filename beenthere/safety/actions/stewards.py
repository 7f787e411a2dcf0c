"""Who looks after this place, and for how long."""

from datetime import timedelta

from django.db import transaction

from beenthere.foundation import clock, wire
from beenthere.foundation.ledger import record
from beenthere.foundation.sentences import sentence
from beenthere.foundation.writing import writing
from beenthere.people.actions import admit
from beenthere.people.actions.vouching import vouch
from beenthere.people.models import ASKING, Person

from ..access import stewards_in_term
from ..access.powers import power
from ..events import STEWARDS
from ..models import Steward
from .reporting import Refused
from .telling import note_people

TERM = timedelta(days=180)
TELL_BEFORE = timedelta(days=30)  # so long before its end another term can be asked for


def name_steward(*, person: Person, term: timedelta = TERM, by) -> Steward:
    """Afterwards `person` looks after this place, for `term` from now; it ends by itself. Who is in a term
    stays in it: twice is the same as once."""
    now = clock.now()
    with writing():
        steward, made = Steward.objects.get_or_create(person=person, defaults={"until_at": now + term})
        if not made and steward.until_at is not None and steward.until_at <= now:
            _new_term(steward, term)
            made = True
        if made:
            vouch(person=person, by=by)
            record(act="named steward", by=by, kind="person", ref=person.ref)
            transaction.on_commit(lambda: wire.publish(STEWARDS))
    return steward


def end_term(*, person: Person, by) -> None:
    """Afterwards `person` looks after this place no more. Twice is the same as once."""
    with writing():
        rows = Steward.objects.filter(person=person).exclude(until_at__lte=clock.now())
        if rows.update(until_at=clock.now(), again_at=None, again_by=""):
            record(act="term ended", by=by, kind="person", ref=person.ref)
            transaction.on_commit(lambda: wire.publish(STEWARDS))


@power("admit who asks to join", opened=False)
def admit_asker(*, ref: str, by: Person):
    """Afterwards who asked to join is a member; nothing where they are gone or a member already."""
    person = Person.objects.filter(ref=ref, standing=ASKING).first()
    if person is None:
        return
    yield
    admit(person=person, by=by)


@power("ask for another term", opened=False)
def ask_for_another_term(*, by: Person):
    """Afterwards the others see that `by` would go on. Refused earlier than 30 days before the end."""
    row = Steward.objects.get(person=by)
    if row.until_at is not None and row.until_at > clock.now() + TELL_BEFORE:
        raise Refused(sentence("Your term is not near its end yet. Nothing was changed."))
    yield
    Steward.objects.filter(pk=row.pk).update(again_at=clock.now(), again_by="")
    record(act="asked for another term", by=by, kind="person", ref=by.ref)
    yield
    note_people([one.person for one in stewards_in_term() if one.person_id != by.pk], by=by)


@power("agree to another's term", opened=False)
def agree_to_term(*, steward: Steward, by: Person):
    """Afterwards `by` agreed; with the second who does (the first, where there is no other) a new term began.
    PermissionError for one's own, Refused where nobody asked."""
    if steward.person_id == by.pk:
        raise PermissionError("Others agree to one's term.")
    others = [one for one in stewards_in_term() if one.person_id not in (by.pk, steward.person_id)]
    yield
    row = Steward.objects.select_for_update().get(pk=steward.pk)
    if row.again_at is None:
        raise Refused(sentence("Nobody asks for that any more. Nothing was changed."))
    if row.again_by == by.ref:
        raise Refused(sentence("You agreed to this before. It waits for one more steward."))
    if others and not row.again_by:
        row.again_by = by.ref
        row.save(update_fields=["again_by"])
        record(act="agreed to a term", by=by, kind="person", ref=row.person.ref)
        return
    _new_term(row, TERM)
    record(act="named steward", by=by, kind="person", ref=row.person.ref)
    transaction.on_commit(lambda: wire.publish(STEWARDS))
    yield
    note_people([steward.person], by=by)


def _new_term(row: Steward, term: timedelta) -> None:
    row.since_at, row.until_at = clock.now(), clock.now() + term
    row.again_at, row.again_by, row.resting_until = None, "", None
    row.save()
