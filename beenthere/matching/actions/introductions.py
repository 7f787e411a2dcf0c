"""What becomes of an introduction: its cards are shown, answered and end, and two who both say yes meet.

Whoever changes one holds its locks in one order: the two people, the introduction, its cards, the ledger.
"""

from dataclasses import dataclass

from beenthere.conversations.actions import Prepared, open_prepared, prepared_conversation
from beenthere.conversations.models import PAIR
from beenthere.foundation import clock
from beenthere.foundation.asking import Question
from beenthere.foundation.events import announce
from beenthere.foundation.keys.fields import Sealed
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.ledger import record
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing
from beenthere.people.actions import begin_company, block, end_company, note_waiting
from beenthere.people.core.names import name_fault, tidy_name
from beenthere.people.models import MEMBER, Person
from beenthere.people.queries import is_blocked_between
from beenthere.people.queries.limits import NOT_INTRODUCED, limits_on
from beenthere.people.queries.never import digests_of, is_never_between

from ..core import meeting as rules
from ..events import CardEnded, PairMet
from ..models import Card, Excerpt, Introduction
from ..queries import places

INTRODUCTION = "introduction"


class _Blocked(Exception):
    """A block came before the pair."""


class _Never(Exception):
    """One of them never wants to meet somebody of that name or address."""


@dataclass
class _Held:
    """An introduction under its locks. `cards` by ref of their person; one who left has none."""

    row: Introduction
    people: list[Person]
    cards: dict[str, Card]

    def other_of(self, card: Card) -> Card | None:
        return next((one for one in self.cards.values() if one.pk != card.pk), None)


def show_cards(*, by: Person) -> list[Card]:
    """The living cards of `by`, oldest first. From now on all of them were seen: their 72 hours run."""
    found = _living(by)
    now = clock.now()
    due = {one.introduction_id for one in found if one.shown_at is None or one.ends_at <= now}
    if not due:
        return found
    for introduction in sorted(due):
        with writing():
            held = _lock(introduction)
            _end_what_is_over(held, tell=True)
            card = held.cards.get(by.ref)
            if card is not None and card.ended_at is None and card.shown_at is None:
                card.shown_at, card.ends_at = clock.now(), rules.end_when_shown(clock.now())
                card.save(update_fields=["shown_at", "ends_at"])
    return _living(by)


def answer_card(*, card: Card, answer: str, called: str | None = None, by: Person) -> Card:
    """Afterwards the answer stands, if the card had not ended; a never stays for good and is a block. Who
    says yes second begins the pair: `introduction.pair` of the card given back is then its conversation.
    There `by` is called `called` (None: as they chose before, or by their name; "": by their name).
    ValueError for a name that cannot be."""
    if card.person_id != by.pk:
        raise ValueError("Nobody answers for another.")
    rules.changed_answer("", answer)
    chosen = _sealed_name(card, called)
    prepared = _prepared(card.introduction, {by.ref: chosen}) if answer == rules.YES else None
    with writing():
        held = _lock(card.introduction_id)
        _end_what_is_over(held, tell=True)
        mine = held.cards.get(by.ref)
        if mine is None or mine.ended_at is not None:
            return _refreshed(card, mine, held)
        mine.answer = rules.changed_answer(mine.answer, answer)
        mine.answered_at = clock.now()
        if chosen is not None:
            mine.called = chosen or None
        mine.save(update_fields=["answer", "answered_at", "called"])
        other = held.other_of(mine)
        if mine.answer == rules.NEVER and other is not None:
            block(other=other.person, by=mine.person)
        stale = prepared is not None and not prepared.is_for(held)
        _begin_pair(held, prepared)
    if stale:  # the other chose a name meanwhile
        held = _meet(card.introduction)
    return _refreshed(card, held.cards.get(by.ref), held)


def void_answers(*, blocker: str, blocked: str, by) -> None:
    """A block is a never: the living card of `blocker` with `blocked` (refs) says so from now on."""
    a, b = sorted((blocker, blocked))
    row = Introduction.objects.filter(a=a, b=b).first()
    if row is None:
        return
    with writing():
        card = _lock(row.pk).cards.get(blocker)
        if card is not None and card.ended_at is None:
            card.answer, card.answered_at = rules.NEVER, clock.now()
            card.save(update_fields=["answer", "answered_at"])


def settle(*, by=SITE) -> int:
    """Ends the cards whose time is over, begins the pairs that something stood in the way of, and forgets
    what ended 90 days ago. Returns how many introductions were looked at."""
    due = places.introductions_due()
    for introduction in due:
        with writing():
            _end_what_is_over(_lock(introduction))
    for card in places.introductions_said_yes():
        _meet(card.introduction)
    with writing():
        Introduction.objects.filter(pk__in=places.introductions_to_forget()).delete()
    return len(due)


def forget_excerpts(*, piece: str, by) -> None:
    """What the piece (a ref) lent to introductions goes."""
    with writing():
        _drop_excerpts(piece=piece)


_living_cards = Question(
    lambda person: (
        Card.objects.select_related("introduction").filter(person=person, ended_at=None).order_by("pk")
    )
)


def _living(person: Person) -> list[Card]:
    return _living_cards(person=person.pk)


def _lock(introduction: int) -> _Held:
    """The introduction, its people and cards, locked in the order that everybody keeps."""
    row = Introduction.objects.get(pk=introduction)
    locked = Person.objects.select_for_update(no_key=True).filter(ref__in=(row.a, row.b))
    people = list(locked.order_by("ref"))
    row = Introduction.objects.select_for_update().get(pk=introduction)
    cards = list(Card.objects.select_for_update().filter(introduction=row).order_by("ref"))
    by_pk = {person.pk: person for person in people}
    for card in cards:
        card.person, card.introduction = by_pk[card.person_id], row
    return _Held(row, people, {card.person.ref: card for card in cards})


def _side(card: Card | None) -> rules.Side | None:
    return card.as_side() if card is not None else None


def _drop_excerpts(**which) -> None:
    """Without waiting for whoever deletes one just now: two who wait for each other would both fail."""
    rows = Excerpt.objects.select_for_update(skip_locked=True).filter(**which)
    Excerpt.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


def _end_what_is_over(held: _Held, *, tell: bool = False) -> None:
    """Writes down what the clock says has ended, once and for good. With `tell`, places that are free now
    are filled soon; without, whoever calls does it."""
    now, cards = clock.now(), held.cards.values()
    over = [one for one in cards if rules.is_over(one.as_side(), _side(held.other_of(one)), now)]
    ended = [card for card in over if card.ended_at is None]
    _end(held, ended)
    if tell:
        for card in ended:
            announce(CardEnded(card.ref, card.person.ref))


def _end(held: _Held, cards: list[Card]) -> None:
    for card in cards:
        card.ended_at, card.why, card.called = clock.now(), None, None
        Card.objects.filter(pk=card.pk).update(ended_at=card.ended_at, why=None, called=None)
    if held.row.ended_at is None and all(card.ended_at for card in held.cards.values()):
        held.row.ended_at = clock.now()
        held.row.save(update_fields=["ended_at"])
        _drop_excerpts(introduction=held.row)
        end_company(kind=INTRODUCTION, subject=held.row.ref, by=SITE)


@dataclass(frozen=True)
class _Prepared:
    """A conversation sealed before the transaction, and the sealed names (None: their own) it was made of."""

    conversation: Prepared
    called: dict[str, Sealed | None]
    known_by: dict[str, frozenset[str]]  # digests of all their names, by ref

    def is_for(self, held: _Held) -> bool:
        """Whether both are still called so."""
        now = {ref: _stored(card.__dict__["called"]) for ref, card in held.cards.items()}
        return now == {ref: _stored(one) for ref, one in self.called.items()}


def _stored(sealed: Sealed | None) -> bytes | None:
    return sealed.stored if sealed is not None else None


def _sealed_name(card: Card, called: str | None) -> Sealed | str | None:
    """The name sealed for the card; "" and None stay as they are."""
    name = tidy_name(called or "")
    if not name:
        return called and ""
    fault = name_fault(name)
    if fault is not None:
        raise ValueError(fault)
    try:
        return Card._meta.get_field("called").sealed(card, name)
    except KeyGone:  # they are leaving at this moment
        return None


def _prepared(introduction: Introduction, chosen: dict[str, Sealed | str | None] | None = None):
    """What the two meet with, each called as they chose (`chosen`: only now, by ref); None where one of
    them left."""
    rows = Card.objects.select_related("person").filter(introduction=introduction)
    cards = sorted(rows, key=lambda card: card.person.ref)
    if len(cards) < 2:
        return None
    for card in cards:
        new = (chosen or {}).get(card.person.ref)
        if new is not None:
            card.called = new or None
    called = {card.person.ref: card.__dict__["called"] for card in cards}
    try:
        named = [(card.person, card.called or card.person.name) for card in cards]
        known_by = {person.ref: digests_of(person.name, name) for person, name in named}
        return _Prepared(prepared_conversation(named), called, known_by)
    except KeyGone:
        return None


def _meet(introduction: Introduction) -> _Held:
    """Begins the pair, if the two may meet now."""
    prepared = _prepared(introduction)
    with writing():
        held = _lock(introduction.pk)
        _end_what_is_over(held)
        _begin_pair(held, prepared)
    return held


def _begin_pair(held: _Held, prepared: _Prepared | None) -> None:
    """The two meet, if both said yes and nothing stands between them. If not, nothing tells so."""
    cards = list(held.cards.values())
    if prepared is None or len(cards) < 2 or held.row.pair or not prepared.is_for(held):
        return
    if held.row.parted_at is not None:
        return
    if not rules.both_said_yes(cards[0].as_side(), cards[1].as_side(), clock.now()):
        return
    if not all(_can_meet(person) for person in held.people):
        return
    try:
        with writing():
            # First the lock of the ledger. A block takes it too: it comes wholly before the pair, or after.
            record(act="met", by=SITE, kind=INTRODUCTION, ref=held.row.ref)
            if is_blocked_between(held.row.a, held.row.b):
                raise _Blocked
            if is_never_between(held.row.a, held.row.b, prepared.known_by):
                raise _Never
            _open(held, prepared.conversation)
    except _Blocked:
        return
    except _Never:  # for good: one that is taken back must not tell whom it was about
        part(held=held, by=SITE)


def _open(held: _Held, prepared) -> None:
    conversation = open_prepared(prepared, by=SITE)
    begin_company(people=held.people, kind=PAIR, subject=conversation.ref, by=SITE)
    held.row.pair = conversation.ref
    held.row.save(update_fields=["pair"])
    _end(held, list(held.cards.values()))
    announce(PairMet(conversation.ref, held.row.ref))
    for person in held.people:
        note_waiting(person_ref=person.ref, by=SITE)


def part(*, held: _Held, by) -> None:
    """Afterwards no pair begins of this introduction; nothing that anybody sees of it changes. Under its
    locks."""
    held.row.parted_at = clock.now()
    held.row.save(update_fields=["parted_at"])


def _can_meet(person: Person) -> bool:
    here = person.standing == MEMBER and person.paused_at is None
    here = here and limits_on(person).isdisjoint(NOT_INTRODUCED)
    pairs = places.count_pairs_of(person)
    return here and rules.has_room_for_a_pair(capacity=person.capacity, pairs=pairs)


def _refreshed(card: Card, mine: Card | None, held: _Held) -> Card:
    """The card as it stands now; one whose person left meanwhile as it was given."""
    if mine is None:
        card.introduction = held.row
    return mine or card
