"""Stewards look after themselves too: they rest, and they write down what was heavy."""

from datetime import timedelta

from django.db import transaction

from beenthere.foundation import clock, wire
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.sentences import sentence
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..events import STEWARDS
from ..models import Debrief, Steward
from .reporting import Refused, _fits

MOST_REST = 60  # days
DEBRIEF_KEPT = timedelta(days=365)


def rest(*, days: int, by: Person) -> None:
    """Afterwards nothing of the desk reaches `by` for so many days (1 to 60), and nobody asks why. 0: they
    are back. ValueError beyond."""
    if not 0 <= days <= MOST_REST:
        raise ValueError(days)
    until = clock.now() + timedelta(days=days) if days else None
    with writing():
        Steward.objects.filter(person=by).update(resting_until=until)
        transaction.on_commit(lambda: wire.publish(STEWARDS))


def keep_debrief(*, words: str, by: Person) -> Debrief:
    """Afterwards the words stand on `by`'s page, for nobody but them. Refused for none, or too many."""
    _fits(words)
    if not words.strip():
        raise Refused(sentence("The box is empty. Nothing was kept."))
    row = Debrief(person=by, words=words.strip())
    seal(row)
    with writing():
        row.save(force_insert=True)
    return row


def forget_debrief(*, ref: str, by: Person) -> None:
    """Afterwards it is gone. Twice is the same as once."""
    with writing():
        Debrief.objects.filter(person=by, ref=ref).delete()


def forget_old_debriefs(*, by) -> int:
    """Afterwards none is older than a year. How many went."""
    with writing():
        return Debrief.objects.filter(made_at__lte=clock.now() - DEBRIEF_KEPT).delete()[0]


def forget_old_grants(*, by) -> int:
    """Afterwards no grant is there that ended 90 days ago. The ledger keeps that it was."""
    from ..models import Grant

    with writing():
        return Grant.objects.filter(ends_at__lte=clock.now() - timedelta(days=90)).delete()[0]
