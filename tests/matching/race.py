"""Many threads answer, take back, block, withdraw and leave on the same introductions at once."""

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace

from django.db import connection, connections

from beenthere.conversations.models import Conversation, Membership
from beenthere.foundation import clock
from beenthere.foundation.models import FailedReaction, LedgerRow
from beenthere.matching.actions import answer_card, propose, settle, show_cards
from beenthere.matching.models import Card, Introduction
from beenthere.matching.queries.cards import cards_of
from beenthere.people.actions import block, choose_capacity, delete_person
from beenthere.people.models import Block, Company, Person
from beenthere.stories.actions import withdraw_piece
from beenthere.stories.models import Piece

from .community import member

THREADS, COUPLES = 64, 16
ANSWERS = ("yes", "yes", "yes", "yes", "not_now", "never")
OTHERS = ("answer", "answer", "answer", "answer", "look", "settle", "withdraw", "block", "leave")


@dataclass
class Couple:
    """Two people of one round; `quick`: their cards run out in the middle of it."""

    people: list[Person]
    pieces: list[Piece]
    row: Introduction | None = None
    quick: bool = False
    acts: list[tuple[str, int]] = field(default_factory=list)


class OnlyCouples:
    """A pool in which each fits one other alone."""

    def __init__(self, couples: list[Couple]) -> None:
        self.other, self.pieces = {}, {}
        for couple in couples:
            a, b = (one.ref for one in couple.people)
            self.other |= {a: b, b: a}
            self.pieces |= {one.ref: piece for one, piece in zip(couple.people, couple.pieces, strict=True)}
        self.people = sorted(self.other)

    def turn(self) -> "OnlyCouples":
        return self

    def best_for(self, ref, *, without, most):
        return [] if self.other[ref] in without else [(self.other[ref], 1)]

    def candidate(self, a, b):
        lent = [(one, self.pieces[one].ref, "I have been there") for one in sorted((a, b))]
        return SimpleNamespace(why={"mine": {}, "theirs": {}}, excerpts=lent)

    def are_as_read(self, refs):
        return True


class Race:
    """`wrong` holds a line for each state that must not be; `errors` one for each error that came out."""

    def __init__(self, seed: int = 0) -> None:
        for alias in connections:
            if connections[alias].vendor == "postgresql":
                connections[alias].pool.resize(1, THREADS + 1)  # as settings.CONNECTIONS: one for each thread
        self.chance = random.Random(seed)
        self.wrong: list[str] = []
        self.errors: list[str] = []
        self.rounds = self.pairs = 0
        self.couples = [self.new_couple() for _ in range(COUPLES)]

    def run(self, rounds: int, tell: Callable[[int], None] = lambda rounds: None) -> "Race":
        """Runs `rounds` introductions (a multiple of 16), 16 at once under 64 threads. Stops at the first
        thing that is wrong."""
        with ThreadPoolExecutor(THREADS) as self.threads:
            while self.rounds < rounds and not (self.wrong or self.errors):
                self.prepare()
                self.compete()
                for couple in self.couples:
                    self.judge(couple)
                self.tidy()
                self.rounds += COUPLES
                tell(self.rounds)
            self.in_every_thread(lambda number: connections.close_all())
        return self

    def new_couple(self) -> Couple:
        two = [member(name) for name in ("Ana", "Ben")]
        for one, _ in two:
            choose_capacity(people=1, by=one)
        return Couple([one for one, _ in two], [piece for _, piece in two])

    def prepare(self) -> None:
        made = propose(pool=OnlyCouples(self.couples))
        if made != COUPLES:
            self.wrong.append(f"{made} introductions of {COUPLES}")
        for couple in self.couples:
            a, b = sorted(one.ref for one in couple.people)
            couple.row = Introduction.objects.get(a=a, b=b)
            couple.quick = self.chance.random() < 0.1
            for one in couple.people:
                if self.chance.random() < 0.8:
                    show_cards(by=one)
            if couple.quick:
                soon = clock.now() + timedelta(seconds=self.chance.random())
                Card.objects.filter(introduction=couple.row).update(ends_at=soon)
            extra = [(self.chance.choice(OTHERS), self.chance.randrange(2)) for _ in range(2)]
            couple.acts = [("answer", 0), ("answer", 1), *extra]
            self.chance.shuffle(couple.acts)

    def compete(self) -> None:
        work = [
            (couple, who, self.chance.choice(ANSWERS) if what == "answer" else what)
            for couple in self.couples
            for what, who in couple.acts
        ]
        self.chance.shuffle(work)
        self.in_every_thread(lambda number: self.act(*work[number]))

    def in_every_thread(self, work: Callable[[int], object]) -> None:
        together = threading.Barrier(THREADS)

        def do(number: int) -> None:
            together.wait(120)
            work(number)

        for done in [self.threads.submit(do, number) for number in range(THREADS)]:
            done.result()

    def act(self, couple: Couple, who: int, what: str) -> None:
        by, other = couple.people[who], couple.people[1 - who]
        try:
            if what == "look":
                show_cards(by=by)
                cards_of(by)
            elif what == "settle":
                settle()
            elif what == "withdraw":
                withdraw_piece(piece=couple.pieces[who], by=by)
            elif what == "block":
                block(other=other, by=by)
            elif what == "leave":
                delete_person(person=by, by=by)
            else:
                card = Card.objects.select_related("introduction").filter(introduction=couple.row, person=by)
                if found := card.first():
                    answer_card(card=found, answer=what, by=by)
        except Exception as error:
            self.errors.append(f"{what}: {type(error).__name__} {error}")
        finally:
            if connection.vendor == "postgresql":
                connections.close_all()  # back to the pool, as at the end of a request

    def judge(self, couple: Couple) -> None:
        row = Introduction.objects.get(pk=couple.row.pk)
        cards = list(Card.objects.filter(introduction=row))
        refs = [one.ref for one in couple.people]
        here = Person.objects.filter(ref__in=refs).count()
        ledger = {}
        for act, ref, number in LedgerRow.objects.filter(
            ref__in=[*refs, row.ref], act__in=("met", "blocked", "left")
        ).values_list("act", "ref", "number"):
            ledger.setdefault((act, ref), []).append(number)
        met = ledger.get(("met", row.ref), [])
        blocks = [number for ref in refs for number in ledger.get(("blocked", ref), [])]
        blocks = [number for number in blocks if number > self.before]
        talks = Conversation.objects.filter(memberships__person_ref__in=refs).distinct()
        all_yes = len(cards) == 2 and all(card.answer == "yes" for card in cards)
        found = []
        if bool(row.pair) != bool(met) or len(met) > 1:
            found.append("the ledger and the introduction differ")
        if row.pair:
            self.pairs += 1
            if any(card.answer != "yes" for card in cards):
                found.append("a pair without two yeses")
            if blocks and min(blocks) < met[0]:
                found.append("a pair after a block")
            if here and [talk.ref for talk in talks] != [row.pair]:
                found.append(f"{talks.count()} conversations of one pair")
            if blocks and talks.filter(ended_at=None).exists():
                found.append("a pair that goes on after a block")
            if here == 2 and Membership.objects.filter(conversation__ref=row.pair).count() != 2:
                found.append("not two in a pair")
        elif talks.exists():
            found.append("a conversation without a pair")
        elif all_yes and not blocks and here == 2 and not couple.quick:
            found.append("two yeses and no pair")
        for one in Person.objects.filter(ref__in=refs):
            living = Card.objects.filter(person=one, ended_at=None).count()
            paired = Company.objects.filter(person=one, kind="pair", ended_at=None).count()
            if living + paired > one.capacity:
                found.append(f"{living} cards and {paired} pairs where there is room for {one.capacity}")
        self.wrong += [f"{one} ({couple.acts})" for one in found]

    @property
    def before(self) -> int:
        return getattr(self, "_before", 0)

    def tidy(self) -> None:
        """Everything is as at first for the next rounds."""
        self.errors += [f"{row.reaction}: {row.error}" for row in FailedReaction.objects.all()]
        for model in (FailedReaction, Introduction, Conversation, Company, Block):
            model.objects.all().delete()
        last = LedgerRow.objects.order_by("number").last()
        self._before = last.number if last else 0
        for number, couple in enumerate(self.couples):
            all_here = Person.objects.filter(pk__in=[one.pk for one in couple.people]).count() == 2
            pieces = Piece.objects.filter(pk__in=[one.pk for one in couple.pieces]).count() == 2
            if not (all_here and pieces):
                for one in Person.objects.filter(pk__in=[one.pk for one in couple.people]):
                    delete_person(person=one, by=one)
                self.couples[number] = self.new_couple()
