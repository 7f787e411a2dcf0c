"""Worlds that are the same but for one answer, and what everybody in them receives."""

import random
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.core import mail
from django.db import transaction
from django.test import Client
from django_tasks_db.models import DBTaskResult

from beenthere.foundation import clock, refs
from beenthere.foundation.keys.opening import drop_opened
from beenthere.matching.actions import answer_card, propose, show_cards
from beenthere.matching.models import Card, Introduction
from beenthere.matching.queries import pool as pools
from beenthere.matching.queries.cards import cards_of, places_free
from beenthere.people.actions import block, make_access_token
from beenthere.people.models import MailAddress, Person
from tests.cast import signed_in

from .place_of import lived, member

NAMES = ("Ana", "Bo", "Cleo", "Dev", "Eli", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim", "Lou")
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
LIVED = ("loss-of-a-parent", "migration", "cancer", "chronic-pain")
WORDS = "My mum died in spring, says {}. I left my country. I had cancer. The pain never stops."
HOURS = (0, 4, 12, 24, 72, 76, 144, 192)  # of the eight days
WATCHED = ("Ana", "Dev", "Gus", "Jon")  # every third: all that reaches them is compared, and Ben's
PAGES = ("/today/", "/introductions/", "/safety/my-data/file/", "/api/v1/introductions/")
CARD = "/introductions/{ref}/"
TOKEN = re.compile(rb'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": |nonce=)"[^"]*"')
REF = re.compile(f"(?<![a-z0-9])[{refs.ALPHABET}]{{{refs.LENGTH}}}(?![a-z0-9])")


class World:
    """Twelve people over eight days. `answers`: at which hour who ("ana" or "ben") does what."""

    def __init__(self, monkeypatch, answers: list[tuple[int, str, str]], *, bens_too: bool = True) -> None:
        self.monkeypatch, self.answers, self.bens_too = monkeypatch, answers, bens_too
        self.received: dict[str, list[str]] = {name: [] for name in NAMES}

    def lived(self) -> "World":
        """The eight days have passed; nothing of them stays in the tables."""
        drop_opened()  # keys of the world before, under the same refs
        chance = random.Random(3)  # noqa: S311
        self.monkeypatch.setattr(refs, "secrets", SimpleNamespace(token_bytes=chance.randbytes))
        mail.outbox.clear()
        with clock.stopped_at(START) as hands, transaction.atomic(), transaction.atomic(using="keys"):
            self.begin()
            for hour in HOURS:
                hands.at = START + timedelta(hours=hour)
                self.step(hour)
            for alias in ("default", "keys"):
                transaction.set_rollback(True, using=alias)
        return self

    def begin(self) -> None:
        self.monkeypatch.setattr(pools, "_moment", pools._Moment())  # nobody of the world before
        self.people = {
            name: member(name, WORDS.format(name), experiences=lived(LIVED[at % 4], LIVED[(at + 1) % 4]))
            for at, name in enumerate(NAMES)
        }
        self.clients = {name: signed_in(Client(), one) for name, one in self.people.items()}
        self.tokens = {name: make_access_token(label="", by=one)[1] for name, one in self.people.items()}
        for name, one in self.people.items():
            address = f"{name.lower()}@example.org"
            row = MailAddress(person=one, address=address, confirmed_at=clock.now(), address_digest=name)
            row.save(force_insert=True)
        self.seen_refs: dict[str, dict[str, str]] = {name: {} for name in NAMES}
        propose()
        row = Introduction.objects.filter(a=self.people["Ana"].ref) | Introduction.objects.filter(
            b=self.people["Ana"].ref
        )
        self.between = row.order_by("pk").first()
        other = {self.between.a, self.between.b} - {self.people["Ana"].ref}
        self.ben = next(name for name, one in self.people.items() if {one.ref} == other)

    def step(self, hour: int) -> None:
        propose()
        self.run_tasks()  # mails go out before anybody looks
        for number, name in enumerate(NAMES):
            if name in ("Ana", self.ben) or (number < 10 and (HOURS.index(hour) + number) % 3 == 0):
                self.look(name, hour)
        for at, who, what in self.answers:
            if at == hour:
                self.act(who, what)
        self.run_tasks()

    def act(self, who: str, what: str) -> None:
        by, other = self.people["Ana"], self.people[self.ben]
        if who == "ben":
            by, other = other, by
        if what == "block":
            block(other=other, by=by)
        else:
            card = Card.objects.select_related("introduction").get(introduction=self.between, person=by)
            answer_card(card=card, answer=what, called="Otter" if what == "yes" else None, by=by)

    def run_tasks(self) -> None:
        for row in DBTaskResult.objects.filter(status="READY").order_by("enqueued_at"):
            DBTaskResult.objects.filter(pk=row.pk).update(status="SUCCESSFUL")
            row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])

    def look(self, name: str, hour: int) -> None:
        """Everything that reaches the person now is written down; a third person answers."""
        person = Person.objects.get(pk=self.people[name].pk)
        show_cards(by=person)
        seen = cards_of(person)
        mails = [(one.subject, one.body) for one in mail.outbox if one.to == [f"{name.lower()}@example.org"]]
        facts = repr((hour, seen, places_free(person), mails)).encode()
        if name in WATCHED or (name == self.ben and self.bens_too):
            cards = seen if name in ("Ana", self.ben) else seen[:1]
            for address in (*PAGES, *(CARD.format(ref=one.ref) for one in cards)):
                facts += self.page(name, address)
        self.received[name].append(self.plain(name, facts))
        if name not in ("Ana", self.ben):
            for one in seen:
                if not one.answer:
                    says = ("yes", "yes", "not_now")[(hour // 4 + len(name)) % 3]
                    card = Card.objects.select_related("introduction").get(ref=one.ref)
                    answer_card(card=card, answer=says, by=person)

    def page(self, name: str, address: str) -> bytes:
        # Not `client.get`: it copies every template's context for assertions that nobody makes here.
        environ = self.clients[name]._base_environ(PATH_INFO=address)
        if address.startswith("/api/"):
            environ["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[name]}"
        answer = self.clients[name].handler(environ)
        assert answer.status_code == 200, (name, address, answer.status_code)
        return TOKEN.sub(b"", answer.content)

    def plain(self, name: str, facts: bytes) -> str:
        """With each ref called by when this person first met with it: refs are drawn anew in each world."""
        known = self.seen_refs[name]
        return REF.sub(lambda found: known.setdefault(found[0], f"#{len(known)}"), facts.decode())


def unlike(one: World, other: World, without: str, masked: Callable[[str], str] = str) -> list[tuple]:
    """Where what somebody but `without` received in one world differs from the other: name, both texts."""
    return [
        (name, at, masked(a), masked(b))
        for name in NAMES
        if name != without
        for at, (a, b) in enumerate(zip(one.received[name], other.received[name], strict=True))
        if masked(a) != masked(b)
    ]
