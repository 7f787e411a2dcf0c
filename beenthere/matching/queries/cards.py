"""What a person sees of their introductions. Nothing of it depends on what the other answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from beenthere.foundation import clock
from beenthere.foundation.asking import Question
from beenthere.foundation.keys.fields import open_together
from beenthere.foundation.keys.opening import KeyGone
from beenthere.matching.core import meeting as rules
from beenthere.matching.models import Card, Excerpt
from beenthere.people.models import Person
from beenthere.stories.queries import quotable_pieces_of

from .places import rooms


@dataclass(frozen=True)
class CardSeen:
    """A card as its person sees it. `why` is what the pool said to them; `mine` and `theirs` are the quoted
    words of each. `gone`: words of the other stood here and do not any more, for whatever reason."""

    ref: str
    why: dict = field(default_factory=dict)
    mine: list[str] = field(default_factory=list)
    theirs: list[str] = field(default_factory=list)
    gone: bool = False
    answer: str = ""
    ends_at: datetime | None = None


_both_sides = Question(
    lambda person: Card.objects.select_related("introduction").filter(
        introduction__in=Card.objects.filter(person=person, ended_at=None).values("introduction")
    )
)


def cards_of(person: Person) -> list[CardSeen]:
    """The living cards of `person`, oldest first. Call `actions.show_cards` before: it writes down what has
    ended. At most four queries, however many cards."""
    both = _both_sides(person=person.pk)
    if not both:
        return []
    others = {one.introduction_id: one for one in both if one.person_id != person.pk}
    now = clock.now()
    mine = []
    for one in both:
        other = others.get(one.introduction_id)
        is_over = rules.is_over(one.as_side(), other and other.as_side(), now)
        if one.person_id == person.pk and not is_over:
            one.person = person
            mine.append(one)
    quotes = _quotes({one.introduction_id for one in mine})
    return [_seen(one, quotes) for one in sorted(mine, key=lambda one: one.pk)]


def card_seen(person: Person, ref: str) -> CardSeen | None:
    """One of the living cards of `person`, None for one that ended or never was."""
    return next((one for one in cards_of(person) if one.ref == ref), None)


def places_free(person: Person) -> int:
    """How many introductions more `person` can get now."""
    room = rooms([person.ref]).get(person.ref)
    return room.free if room else 0


def _seen(card: Card, quotes: dict[int, list[tuple[int, str]]]) -> CardSeen:
    stands = quotes.get(card.introduction_id, [])
    theirs = [words for author, words in stands if author != card.person_id]
    return CardSeen(
        ref=card.ref,
        why=_why(card),
        mine=[words for author, words in stands if author == card.person_id],
        theirs=theirs,
        gone=len(theirs) < card.quoted,
        answer=card.answer,
        ends_at=card.ends_at,
    )


def _why(card: Card) -> dict:
    try:
        return card.why or {}
    except KeyGone:  # its person is leaving at this moment
        return {}


def _quotes(introductions: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """By introduction: the author's key and the words of each excerpt whose piece still holds them and may
    still be quoted. It is looked up here, whatever a listener tidied."""

    rows = list(
        Excerpt.objects.select_related("author").filter(introduction__in=introductions).order_by("pk")
    )
    if not rows:
        return {}
    open_together(*rows)
    pieces = {
        piece.ref: _folded(piece.words)
        for theirs in quotable_pieces_of(sorted({row.author.ref for row in rows})).values()
        for piece in theirs
    }
    found: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        try:
            words = row.words
        except KeyGone:
            continue
        if _folded(words.strip("…")) in pieces.get(row.piece, ""):
            found.setdefault(row.introduction_id, []).append((row.author_id, words))
    return found


def _folded(words: str) -> str:
    return " ".join(words.split())
