"""Every address with a ref, and what each of seven gets there: the table `tests.house.seen`.

Ana owns what the refs name. Ben is her peer in a conversation that is open, Dev is blocked by her, Eli's
conversation with her has ended, Cleo is a stranger, Sol a steward.
"""

import json
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, resolve
from django.urls.resolvers import URLResolver

from beenthere.conversations.actions import (
    Draft,
    block_peer,
    end_conversation,
    open_conversation,
    send_messages,
)
from beenthere.conversations.actions.clearing import keep_alone
from beenthere.conversations.actions.feeling import say_felt
from beenthere.conversations.models import Conversation
from beenthere.foundation.refs import SITE, new_ref
from beenthere.matching.actions import propose
from beenthere.matching.models import Card
from beenthere.people.actions import make_access_token
from beenthere.people.actions.doors import passkey_row
from beenthere.people.actions.never import never_meet
from beenthere.people.models import AccessToken
from beenthere.safety.actions import decide, make_report, name_steward, open_report
from beenthere.safety.core import ENDED, Step
from beenthere.safety.models import Act
from beenthere.stories.actions import write_piece
from tests.cast import person, signed_in
from tests.house.seen import API, PAGES
from tests.matching.place_of import lived, member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WHO = ("visitor", "Ana", "Ben", "Cleo", "Dev", "Eli", "Sol")
GIVEN = {
    "answer": "not_now",
    "words": "A word.",
    "mark": "m9",
    "name": "Wren",
    "number": "1",
    "do": "keep",
    "audience": "members",
    "language": "en",
    "label": "Mine",
    "chosen": "1",
    "note": "This hurt.",
    "wish": "heard",
    "proposal": "of-nothing",
    "line": "of-nothing",
    "reason": "first",
    "done": "slow",
    "rule": 5,
    "days": 3,
    "agrees": True,
    "act": "of-nothing",
    "review": "stands",
}
MASKED = re.compile(r'(name="csrfmiddlewaretoken" value=)"[^"]*"')


def talk_of(ana, other, name: str) -> Conversation:
    """An open conversation in which each wrote one message."""
    row = open_conversation(people=[(ana, "Ana"), (other, name)], by=SITE)
    send_messages([Draft(ana.ref, row.ref, "m1", "Mine."), Draft(other.ref, row.ref, "m2", "Theirs.")])
    return row


class World:
    """The seven, and the refs of what is Ana's."""

    def __init__(self) -> None:
        ana = member("Ana", "I lost my mum two years ago.", experiences=lived("loss-of-a-parent"))
        fay = member("Fay", "I still set two cups out.", experiences=lived("loss-of-a-parent"))
        people = {name: person(name) for name in WHO[2:]}
        self.people = {"Ana": ana, **people}
        name_steward(person=people["Sol"], by=SITE)
        assert propose() == 1
        talk, over, blocked = (talk_of(ana, people[name], name) for name in ("Ben", "Eli", "Dev"))
        judged = talk_of(ana, fay, "Fay")
        end_conversation(conversation=over, by=people["Eli"])
        block_peer(conversation=blocked, by=ana)
        about = make_report(conversation=judged, numbers={1}, note="", by=fay)
        open_report(report=about, reason="first", by=people["Sol"])
        decide(report=about, step=Step(ENDED), rule=5, by=people["Sol"])
        passkey = passkey_row(credential={"id": "x", "called": "Mine", "key": "", "count": 0}, by=ana)
        passkey.save()
        make_access_token(label="Mine", by=ana)
        about = {"experiences": [], "language": "en"}
        self.refs = {
            "TALK": talk.ref,
            "OVER": over.ref,
            "BLOCKED": blocked.ref,
            "CARD": Card.objects.get(person=ana).ref,
            "OWN": write_piece(words="Mine alone.", about=about, audience="me", by=ana).ref,
            "MET": write_piece(words="For those I met.", about=about, audience="introduced", by=ana).ref,
            "ALL": write_piece(words="For members.", about=about, audience="members", by=ana).ref,
            "ANYONE": write_piece(words="For anyone.", about=about, audience="anyone", by=ana).ref,
            "PASSKEY": passkey.ref,
            "TOKEN": AccessToken.objects.get().ref,
            "REPORT": make_report(conversation=talk, numbers={1}, note="", by=ana).ref,
            "DECISION": Act.objects.get(person=ana).ref,
            "KEPT": keep_alone(conversation=talk, words="I may rest.", by=ana).ref,
            "FELT": say_felt(conversation=talk, answers={"voice": "yes"}, by=ana).ref,
            "NEVER": never_meet(whom="Zebedee", by=ana).ref,
            "NONE": new_ref(),
        }
        self.browsers = {name: signed_in(Client(), one) for name, one in self.people.items()}
        self.browsers["visitor"] = Client()
        self.tokens = {name: make_access_token(label="", by=one)[1] for name, one in self.people.items()}

    def masked(self, answer) -> str:
        """What it says, without tokens and without the ref that was asked for."""
        text = MASKED.sub(r"\1", answer.content.decode())
        for ref in self.refs.values():
            text = text.replace(ref, "REF")
        return text

    def ask(self, who: str, method: str, address: str, *, api: bool = False):
        """What `who` gets there; afterwards all is as it was."""
        address = ("/api/v1/" if api else "/") + re.sub("[A-Z]+", lambda name: self.refs[name[0]], address)
        given = {"data": GIVEN} if method == "POST" else {}
        if api:
            token = {"Authorization": f"Bearer {self.tokens[who]}"} if who != "visitor" else {}
            told = {"data": json.dumps(GIVEN), "content_type": "application/json"}
            given = {"headers": token, **(told if method in ("POST", "PUT", "PATCH") else {})}
        saved = [(using, transaction.savepoint(using=using)) for using in ("default", "keys")]
        try:
            return getattr(self.browsers[who], method.lower())(address, **given)
        finally:
            for using, one in saved:
                transaction.savepoint_rollback(one, using=using)


def addresses_with_refs(resolver=None, before: str = "") -> set[str]:
    """Every address that carries something, as its pattern."""
    found = set()
    for one in (resolver or get_resolver()).url_patterns:
        whole = before + str(one.pattern)
        found |= addresses_with_refs(one, whole) if isinstance(one, URLResolver) else {whole}
    return {address for address in found if "<" in address}


def methods_of_api() -> set[str]:
    """Every operation of the API whose address carries something."""
    told = Client().get("/api/v1/openapi.json").json()["paths"]
    return {f"{method.upper()} {path}" for path, methods in told.items() for method in methods if "{" in path}


def test_every_address_with_a_ref_is_in_the_table():
    asked = {method: set() for method in ("GET", "POST")}
    for row in PAGES:
        method, address = row.split()
        asked[method].add(resolve(f"/{address}").route)
    wanted = {address for address in addresses_with_refs() if not address.startswith("api/")}
    assert asked == {"GET": wanted, "POST": wanted}
    called = {re.sub("/[A-Z]+", "/{ref}", row.replace(" ", " /api/v1/")) for row in API}
    named = {"/messages/1": "/messages/{number}", "/papers/{ref}": "/papers/{name}"}
    for asked_as, named_as in named.items():
        called = {row.replace(asked_as, named_as) for row in called}
    assert called == methods_of_api()


@pytest.mark.parametrize("api", [False, True], ids=["pages", "API"])
def test_each_gets_what_stands_in_the_table(api):
    """And where it is 404, "not yours" says what "not there" says, byte for byte."""
    world, found, told_apart = World(), {}, []
    for row in API if api else PAGES:
        method, address = row.split()
        nobodys = re.sub("[A-Z]+", "NONE", address)
        got = []
        for who in WHO:
            answer = world.ask(who, method, address, api=api)
            got.append(str(answer.status_code))
            if answer.status_code == 404 and address != nobodys:
                other = world.ask(who, method, nobodys, api=api)
                if (other.status_code, world.masked(other)) != (404, world.masked(answer)):
                    told_apart.append((row, who))
        found[row] = got[0] if len(set(got)) == 1 else " ".join(got)
    assert [found, told_apart] == [API if api else PAGES, []]
