"""Whom somebody never wants to be introduced to. The place keeps keyed digests alone: it finds out only where
somebody of that name or address is here, and tells it to nobody, not even to who asked for it."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef
from django.http import Http404

from beenthere.foundation.digests import digest
from beenthere.foundation.keys.fields import open_together

from ..core.names import folded_name, names_known_by
from ..models import MailAddress, NeverMeet, Person

NAME, ADDRESS = "name", "address"
PURPOSE = "never meet name"


def digest_of_name(name: str) -> str:
    return digest(PURPOSE, folded_name(name))


def digests_of(*names: str) -> frozenset[str]:
    """By which digests somebody who is called so is found."""
    return frozenset(digest(PURPOSE, one) for name in names if name for one in names_known_by(name))


def nevers_of(person: Person) -> list[NeverMeet]:
    """One's own, the newest first, what one called them ready to be read."""
    rows = list(NeverMeet.objects.select_related("person").filter(person=person).order_by("-pk"))
    open_together(*rows)
    return rows


def get_never_for(person: Person, ref: str) -> NeverMeet:
    """One of one's own, else 404."""
    row = NeverMeet.objects.filter(person=person, ref=ref).first()
    if row is None:
        raise Http404
    return row


def apart_by_never(called: Mapping[str, Collection[str]]) -> dict[str, set[str]]:
    """By ref, whom each of `called` (digests of names by ref) is never proposed to, both ways. Never kept: it
    is read whenever somebody chooses. Two queries."""
    found: dict[str, set[str]] = {}

    def part(a: str, b: str) -> None:
        if a != b:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)

    named = list(NeverMeet.objects.filter(kind=NAME).values_list("person__ref", "digest"))
    wanted = {one for _, one in named}
    known: dict[str, set[str]] = {}
    if wanted:
        for ref, digests in called.items():
            for one in wanted.intersection(digests):
                known.setdefault(one, set()).add(ref)
    for ref, one in named:
        for other in known.get(one, ()):
            part(ref, other)
    theirs = NeverMeet.objects.filter(kind=ADDRESS, digest=OuterRef("address_digest"))
    for other, one in MailAddress.objects.filter(Exists(theirs)).values_list("person__ref", "address_digest"):
        for ref in NeverMeet.objects.filter(kind=ADDRESS, digest=one).values_list("person__ref", flat=True):
            part(ref, other)
    return found


def is_never_between(a: str, b: str, called: Mapping[str, Collection[str]]) -> bool:
    """Whether either of two people (refs) never wants to meet the other, who is called so."""
    for one, other in ((a, b), (b, a)):
        rows = NeverMeet.objects.filter(person__ref=one)
        if rows.filter(kind=NAME, digest__in=list(called.get(other, ()))).exists():
            return True
        theirs = MailAddress.objects.filter(person__ref=other).values("address_digest")
        if rows.filter(kind=ADDRESS, digest__in=theirs).exists():
            return True
    return False
