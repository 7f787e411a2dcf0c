"""Who is here, who is writing, how far somebody has read: only where both want it, and nowhere else."""

from itertools import product

import pytest
from django.test import Client
from re2 import findall

from beenthere.conversations import sockets
from beenthere.conversations.actions import block_peer, end_conversation
from beenthere.conversations.actions.wanting import want, want_no_more
from beenthere.conversations.models import Membership
from beenthere.foundation.refs import new_ref
from tests.cast import person, signed_in

from .browsing import READY, until, wait_for, write

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
SIGNS = ("here", "typing", "read")
LINE = "document.querySelector('[data-signs]').textContent"
READ_AFTER = "document.querySelector('.words [data-read]')?.previousElementSibling?.dataset.number ?? null"


def both(ana, ben, talk, *whats):
    for who, what in product((ana, ben), whats):
        want(conversation=talk, what=what, by=who)


@pytest.mark.parametrize("what", SIGNS)
def test_it_takes_both(ana, ben, talk, what):
    refs = {who: Membership.objects.get(person=who).ref for who in (ana, ben)}

    def shown():
        told = {who: sockets.signs(who.ref, talk.ref) for who in (ana, ben)}
        assert {who: one.membership for who, one in told.items()} == refs
        assert told[ana].shown == told[ben].shown
        return told[ana].shown

    assert shown() == set()
    want(conversation=talk, what=what, by=ana)
    assert shown() == set()
    want(conversation=talk, what=what, by=ben)
    assert shown() == {what}
    want_no_more(conversation=talk, what=what, by=ana)
    assert shown() == set()


@pytest.mark.parametrize("ends", [end_conversation, block_peer])
def test_nobody_else_and_nothing_after_the_end(ana, ben, talk, ends):
    both(ana, ben, talk, *SIGNS)
    nothing = ("", frozenset())
    cleo = person("Cleo")
    for who, where in ((cleo.ref, talk.ref), (ana.ref, new_ref()), ("", "")):
        told = sockets.signs(who, where)
        assert (told.membership, told.shown) == nothing
    ends(conversation=talk, by=ben)
    told = sockets.signs(ana.ref, talk.ref)
    assert (told.membership, told.shown) == nothing


def test_how_far_the_other_has_read_stands_on_the_page(ana, ben, talk, say):
    anas, bens = (signed_in(Client(), one) for one in (ana, ben))
    address = f"/talk/{talk.ref}/"

    def read_after() -> list[str]:
        shown = anas.get(address).content.decode().split("<template")[0]
        return findall(r'data-number="(\d+)">(?:[^<]|<[^l]|<l[^i])*<li class="read"', shown)

    say(ana, "One.")
    say(ben, "Two.")
    bens.get(address)
    say(ana, "Three.")
    assert read_after() == [], "nobody asked for it"
    both(ana, ben, talk, "read")
    assert read_after() == ["1"]
    bens.get(address)
    assert read_after() == ["3"]
    want_no_more(conversation=talk, what="read", by=ben)
    assert read_after() == []


def test_live(ana, ben, talk, opened):
    both(ana, ben, talk, *SIGNS)
    anas, bens = (opened(one, f"/talk/{talk.ref}/") for one in (ana, ben))
    for page in (anas, bens):
        until(page, READY, True)
    until(anas, LINE, "Robin is here")
    until(bens, LINE, "Ana is here")
    bens.get_by_label("Write to").press_sequentially("Hel")
    until(anas, LINE, "Robin is writing")
    assert bens.evaluate(LINE) == "Ana is here"
    write(anas, "I kept her chair.")
    wait_for(bens, "I kept her chair.")
    until(anas, READ_AFTER, "1")
    write(bens, "Hello.")
    wait_for(anas, "I kept her chair.", "Hello.")
    until(anas, LINE, "Robin is here")
    want_no_more(conversation=talk, what="here", by=ben)
    want_no_more(conversation=talk, what="read", by=ben)
    for page in (anas, bens):
        until(page, LINE, "")
        until(page, READ_AFTER, None)


def test_nothing_is_sent_where_only_one_wants_it(ana, ben, talk, opened):
    for what in SIGNS:
        want(conversation=talk, what=what, by=ana)
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    page.evaluate("""() => {
      window.put = [];
      const line = document.querySelector('live-talk').line;
      line.put = (frame) => window.put.push(frame);
    }""")
    page.get_by_label("Write to").press_sequentially("Hello")
    page.wait_for_timeout(500)
    assert page.evaluate("window.put") == []
