"""Terms of stewards: one's own, and that of another who asked for one more."""

from django.http import Http404

from beenthere.people.models import Person

from ..models import Steward
from . import get_steward, in_term


def get_stewardship(person: Person) -> Steward:
    """One's own term, while it lasts; else 404."""
    row = Steward.objects.filter(in_term(), person=get_steward(person)).first()
    if row is None:
        raise Http404
    return row


def get_term_for(person: Person, ref: str) -> Steward:
    """The term `ref` of another steward who asked for one more; else 404."""
    rows = Steward.objects.filter(ref=ref, again_at__isnull=False).exclude(person=get_steward(person))
    row = rows.select_related("person").first()
    if row is None:
        raise Http404
    return row
