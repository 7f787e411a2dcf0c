"""Whether one felt heard, said to nobody; and the totals of a quarter, counted once."""

from django.conf import settings
from django.db import IntegrityError

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..core.felt import last_quarter, shares_of, tidied
from ..models import Conversation, Felt, HeardTotal
from ..queries.feeling import told_in


def say_felt(*, conversation: Conversation, answers: dict, by: Person) -> Felt:
    """Afterwards `by` has said this of the talk that was last, in place of what they had said of it. All may
    be skipped: then it is not asked again for this talk. Nobody is told."""
    row = Felt(person=by, person_ref=by.ref, conversation=conversation.ref, answers=tidied(answers))
    row.made_at = clock.now()
    seal(row)
    with writing():
        if conversation.last_at is not None:
            own = Felt.objects.filter(person=by, conversation=conversation.ref)
            own.filter(made_at__gte=conversation.last_at).delete()
        row.save(force_insert=True)
    return row


def forget_felt(*, felt: Felt, by: Person) -> None:
    """Afterwards what `by` said there is gone. A quarter that was counted stays as it was counted."""
    with writing():
        Felt.objects.filter(pk=felt.pk, person_ref=by.ref).delete()


def count_last_quarter(*, by) -> HeardTotal:
    """The totals of the quarter that is over, counted now if nobody asked before. From then on they stay:
    whoever takes an answer back or leaves changes nothing that could be seen."""
    quarter = last_quarter(clock.now())
    kept = HeardTotal.objects.filter(quarter=quarter).first()
    if kept is not None:
        return kept
    shares = shares_of(told_in(quarter), k=settings.PLACE.k)
    try:
        with writing():
            return HeardTotal.objects.create(quarter=quarter, shares=shares)
    except IntegrityError:  # another process counted it just now
        return HeardTotal.objects.get(quarter=quarter)
