"""Terms of stewards: one's own, and that of another who asked for one more."""

from django.http import Http404

from beenthere.people.access import name_digest
from beenthere.people.models import MEMBER, Passphrase, Person

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


def person_by_sign_in_name(name: str) -> Person | None:
    """Whose private sign-in name it is, as whoever runs the place was told by them; None for nobody's."""
    row = Passphrase.objects.select_related("person").filter(name_digest=name_digest(name)).first()
    return row.person if row and row.person.standing == MEMBER else None
