"""What the other lent to a card, for whoever looks at more than the card shows."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from beenthere.matching.access import get_card_for
from beenthere.matching.models import Excerpt
from beenthere.people.models import Person

from .cards import card_seen


@dataclass(frozen=True, slots=True)
class Lent:
    """Words of the other as they stand on a card, the ref of the piece they are from, and since when."""

    words: str
    piece: str
    at: datetime


def lent_on(person: Person, ref: str) -> list[Lent]:
    """The words of the other as the living card `ref` of `person` shows them, in order. 404 for a card of
    somebody else, and for one that ended."""
    card = get_card_for(person, ref)
    seen = card_seen(person, ref)
    if seen is None:
        raise Http404
    rows = Excerpt.objects.filter(introduction=card.introduction).exclude(author=person).order_by("pk")
    shown, found = list(seen.theirs), []
    for row in rows.select_related("author"):
        if shown and row.words == shown[0]:
            found.append(Lent(shown.pop(0), row.piece, row.made_at))
    return found


def author_on(person: Person, ref: str) -> Person | None:
    """The other of a card of `person`, None once they left; 404 as in `lent_on`."""
    card = get_card_for(person, ref)
    if card_seen(person, ref) is None:
        raise Http404
    other = {card.introduction.a, card.introduction.b} - {person.ref}
    return Person.objects.filter(ref__in=other).first()
