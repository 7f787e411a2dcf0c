"""The same rounds on the database, by the actions themselves: who said what is written down beside them."""

import random
from datetime import UTC, datetime

from beenthere.conversations.actions import Draft, send_messages
from beenthere.conversations.models import Conversation, Membership, Message
from beenthere.foundation import clock
from beenthere.matching.actions import answer_card, propose, show_cards
from beenthere.matching.models import Card
from beenthere.people.actions import block, choose_capacity, delete_person, pause, resume

from .community import ArithmeticPool, member

PEOPLE = 6
WEIGHTS = {"propose": 4, "answer": 9, "look": 3, "block": 1, "leave": 1, "pause": 1, "send": 4, "time": 2}
ACTS, SHARES = tuple(WEIGHTS), tuple(WEIGHTS.values())


class RowRounds:
    """`wrong`: what must never be, one line each."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.wrong: list[str] = []
        self.rounds = self.sent = self.tried = self.names = 0
        self.pairs: set[str] = set()  # refs of those that began
        self.said: dict[tuple[str, str], str] = {}  # by the introduction's ref and the person's
        self.people = []
        for _ in range(PEOPLE):
            self.come()

    def come(self) -> None:
        self.names += 1
        one, _ = member(f"P{self.names}")
        choose_capacity(people=self.chance.choice((1, 2, 3, 12)), by=one)
        self.people.append(one)

    def run(self, rounds: int) -> "RowRounds":
        with clock.stopped_at(datetime(2026, 3, 1, 9, tzinfo=UTC)) as self.hands:
            for _ in range(rounds):
                getattr(self, self.chance.choices(ACTS, SHARES)[0])()
                self.rounds += 1
                self.judge()
        return self

    def propose(self) -> None:
        propose(pool=ArithmeticPool(self.people))

    def answer(self) -> None:
        card = self.some_card()
        if card is None:
            return
        answer, pair = self.chance.choice(("yes", "yes", "yes", "not_now", "never")), card.introduction.pair
        answer_card(card=card, answer=answer, by=card.person)
        who = (card.introduction.ref, card.person.ref)
        if not pair and self.said.get(who) != "never":
            self.said[who] = answer

    def some_card(self) -> Card | None:
        """Mostly one whose other answered yes, for else few would ever meet."""
        cards = list(Card.objects.select_related("introduction", "person").order_by("pk"))
        yes = {card.introduction_id for card in cards if card.answer == "yes" and card.ended_at is None}
        waiting = [card for card in cards if card.introduction_id in yes and card.answer != "yes"]
        among = waiting if waiting and self.chance.random() < 0.6 else cards
        return self.chance.choice(among) if among else None

    def look(self) -> None:
        show_cards(by=self.chance.choice(self.people))

    def block(self) -> None:
        a, b = self.chance.sample(self.people, 2)
        block(other=a, by=b)

    def leave(self) -> None:
        one = self.people.pop(self.chance.randrange(PEOPLE))
        delete_person(person=one, by=one)
        self.come()

    def pause(self) -> None:
        self.chance.choice((pause, resume))(by=self.chance.choice(self.people))

    def send(self) -> None:
        """To everything that has a ref and might be taken for a conversation."""
        refs = [other.ref for other in self.people]
        refs += [ref for pair in Card.objects.values_list("ref", "introduction__ref") for ref in pair]
        by, ref = self.chance.choice(self.people).ref, self.chance.choice(refs)
        talks = list(Membership.objects.order_by("pk").values_list("person_ref", "conversation__ref"))
        if talks and self.chance.random() < 0.6:
            mine, ref = self.chance.choice(talks)
            by = mine if self.chance.random() < 0.7 else by
        (outcome,) = send_messages([Draft(by, ref, f"m{self.rounds}", "Are you there?")])
        self.sent += outcome.number is not None
        self.tried += outcome.number is None

    def time(self) -> None:
        self.hands.move(self.chance.choice((1, 12, 80)) * 3600)

    def judge(self) -> None:
        allowed = set()
        for card in Card.objects.select_related("introduction").exclude(introduction__pair=""):
            row = card.introduction
            answers = [self.said.get((row.ref, ref)) for ref in (row.a, row.b)]
            if answers != ["yes", "yes"]:
                self.wrong.append(f"round {self.rounds}: a pair by {answers}")
            allowed.add(row.pair)
        self.pairs |= allowed
        talks = set(Conversation.objects.values_list("ref", flat=True))
        if talks - self.pairs:
            self.wrong.append(f"round {self.rounds}: {len(talks - self.pairs)} conversations of nobody's")
        if Message.objects.exclude(conversation__ref__in=self.pairs).exists():
            self.wrong.append(f"round {self.rounds}: a message outside a pair")
        members = set(Membership.objects.values_list("person_ref", "conversation__ref"))
        for ref, talk in Message.objects.values_list("author_ref", "conversation__ref").distinct():
            if ref and (ref, talk) not in members:
                self.wrong.append(f"round {self.rounds}: a message of somebody who is not in it")
        for one in self.people:
            living = Card.objects.filter(person=one, ended_at=None).count()
            if living > 3:
                self.wrong.append(f"round {self.rounds}: {living} open introductions at a time")
