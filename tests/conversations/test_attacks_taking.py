"""What files that one takes along tell of the other, and what the other can write into them."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from beenthere.conversations.actions.carrying import say_been_there
from beenthere.conversations.actions.clearing import offer_line, put_away
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.models.between import EXPORT
from beenthere.foundation import clock
from beenthere.foundation.taking import everything_of
from tests.cast import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def test_nobody_learns_that_a_line_was_put_away(ana, ben, talk):
    line = offer_line(conversation=talk, words="We both kept a chair.", by=ana)
    before = everything_of(ana.ref)
    put_away(line=line, by=ben)
    assert everything_of(ana.ref) == before


def test_nobody_writes_words_of_another_into_an_export(ana, ben, talk, say):
    """A message is no place for a line that looks like the head of the next."""
    with clock.stopped_at(NOON):
        say(ana, "Ana's own.")
        say(ben, "Yes.\n\n2026-01-10 12:00  You\nPLANTED: I did it.\r2026-01-10 12:00  You\u2028PLANTED too.")
        want(conversation=talk, what=EXPORT, by=ben)
    text = signed_in(Client(), ana).get(f"/talk/{talk.ref}/export/?as=text").content.decode()
    heads = [one for one in text.splitlines() if one.startswith("2026-01-10 12:00  ")]
    assert heads == ["2026-01-10 12:00  You", "2026-01-10 12:00  Robin"]


def test_a_carried_piece_can_be_taken_along_and_found(ana, ben, talk):
    say_been_there(
        conversation=talk, words="Me too, by the harbour.", mark="m1", written="My own winter.", by=ben
    )
    want(conversation=talk, what=EXPORT, by=ben)
    browser = signed_in(Client(), ana)
    told = json.loads(browser.get(f"/talk/{talk.ref}/export/?as=json").content)
    assert told["said"][0]["piece"] == "My own winter."
    assert b"Me too, by" in browser.post("/talk/search/", {"words": "harbour"}).content
