"""Never introduce me to: kept so that nobody can read it, held both ways, and seen by nobody."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from beenthere.conversations.models import Conversation
from beenthere.foundation import clock
from beenthere.matching.actions import answer_card, part_by_never, propose, show_cards
from beenthere.matching.models import Card, Introduction
from beenthere.matching.queries.cards import cards_of
from beenthere.matching.queries.pool import the_pool
from beenthere.matching.queries.widening import widening_for
from beenthere.people.actions import change_oneself, delete_person, give_mail_address, make_access_token
from beenthere.people.actions.never import MOST, Refused, never_meet, take_never_back
from beenthere.people.core.names import folded_name, names_known_by
from beenthere.people.models import NeverMeet
from beenthere.people.queries.never import nevers_of
from tests.cast import person, signed_in
from tests.matching.place_of import ana_and_ben

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def hands():
    with clock.stopped_at(NOON) as hands:
        yield hands


@pytest.mark.parametrize(
    "written",
    [
        "Ben Oxtoby",
        "BEN  OXTOBY",
        "Bén Öxtoby",
        "Вen Охtoby",
        "Oxtoby, Ben",
        "ben-oxtoby",
        "Ben\u200b Oxtoby",
    ],
)
@pytest.mark.parametrize("who", ["ana", "ben"])
def test_neither_is_proposed_to_the_other(written, who):
    ana, ben = ana_and_ben()
    if who == "ana":
        never_meet(whom=written, by=ana)
    else:
        never_meet(whom="Ana Quillfeather", by=ben)
    assert the_pool().best_for(ana.ref) == the_pool().best_for(ben.ref) == []
    assert (propose(), propose(person_refs=[ana.ref]), propose(person_refs=[ben.ref])) == (0, 0, 0)


@pytest.mark.parametrize("written", ["Ben", "Benjamin Oxtoby", "Bem Oxtoby"])
def test_another_name_is_another_person(written):
    ana, _ = ana_and_ben()
    never_meet(whom=written, by=ana)
    assert propose() == 1


def test_it_holds_for_who_comes_or_gives_an_address_later():
    ana, ben = ana_and_ben()
    never_meet(whom=" Ben.Oxtoby@EXAMPLE.org ", by=ana)
    give_mail_address(address="ben.oxtoby@example.org", by=ben)
    assert propose() == 0
    (never,) = nevers_of(ana)
    take_never_back(never=never, by=ana)
    assert propose() == 1


def test_it_holds_for_a_name_that_is_taken_later():
    ana, ben = ana_and_ben()
    change_oneself(name="Otter", by=ben)
    never_meet(whom="Ben Oxtoby", by=ana)
    change_oneself(name="ben oxtoby", by=ben)
    assert propose() == 0


def test_the_writing_asks_again(monkeypatch):
    from beenthere.matching.queries import pool

    monkeypatch.setattr(pool, "apart_by_never", lambda called: {})
    ana, _ = ana_and_ben()
    never_meet(whom="Ben Oxtoby", by=ana)
    assert propose() == 0


@pytest.mark.parametrize("heard", [True, False])
@pytest.mark.parametrize("later", [True, False])
def test_a_card_that_was_there_before_ends_as_any_other_and_no_pair_begins(hands, heard, later):
    """`later`: it is said between the two yeses. `heard`: the worker was told of it."""
    ana, ben = ana_and_ben()
    assert propose() == 1
    mine, theirs = (show_cards(by=one)[0] for one in (ana, ben))
    if later:
        answer_card(card=mine, answer="yes", by=ana)
    before = [cards_of(one) for one in (ana, ben)]
    never = never_meet(whom="Ben Oxtoby", by=ana)
    if heard:
        part_by_never(person_ref=ana.ref, by=ana)
    assert [cards_of(one) for one in (ana, ben)] == before, "a card that goes would tell who it is"
    answer_card(card=Card.objects.get(pk=theirs.pk), answer="yes", by=ben)
    answer_card(card=Card.objects.get(pk=mine.pk), answer="yes", by=ana)
    take_never_back(never=never, by=ana)
    propose()
    assert (Conversation.objects.count(), Introduction.objects.get().pair) == (0, "")
    assert [one.answer for who in (ana, ben) for one in cards_of(who)] == ["yes", "yes"]
    hands.move(72 * 3600)
    assert [cards_of(one) for one in (ana, ben)] == [[], []]


def test_where_nobody_fits_the_page_says_the_same_with_and_without():
    ana, _ = ana_and_ben()
    before = widening_for(ana)
    never_meet(whom="Ben Oxtoby", by=ana)
    assert widening_for(ana) == before


def test_the_place_cannot_read_whom():
    ana = person("Ana")
    never_meet(whom="Zebedee Marchbanks", hint="plantedhint", by=ana)
    never_meet(whom="zebedee@marchbanks.example", by=ana)
    for alias in connections:
        connections[alias].cursor().execute("SELECT 1")
    told = repr(list(NeverMeet.objects.values_list())).casefold()
    for planted in ("zebedee", "marchbanks", "plantedhint"):
        assert planted not in told
    for path in Path(settings.DATA).rglob("*"):
        if path.is_file():
            assert b"zebedee" not in path.read_bytes().lower(), path.name
    assert [one.hint for one in nevers_of(ana)] == [None, "plantedhint"]
    delete_person(person=ana, by=ana)
    assert NeverMeet.objects.count() == 0


def test_twice_is_once_and_there_is_an_end(hands):
    ana = person("Ana")
    assert never_meet(whom="Ben", by=ana) == never_meet(whom="BÉN", by=ana)
    for number in range(MOST - 1):
        never_meet(whom=f"b{number}@example.org", by=ana)
    with pytest.raises(Refused, match="the most there can be"):
        never_meet(whom="One more", by=ana)
    for nothing in ("", " \u200b ", "no @ address", "@"):
        with pytest.raises(Refused):
            never_meet(whom=nothing, by=person("Ben"))


@given(st.text(max_size=40))
def test_folding_a_name_twice_is_once(name):
    assert folded_name(folded_name(name)) == folded_name(name)
    assert not name.strip() or folded_name(name) in names_known_by(name)


def test_the_page(client):
    ana, ben = person("Ana"), person("Ben")
    signed_in(client, ana)
    assert client.get("/me/never/").status_code == 200
    assert client.post("/me/never/", {"whom": "Zebedee", "hint": "school"}).status_code == 302
    page = client.get("/me/never/").content.decode()
    assert ("school" in page, "Zebedee" in page) == (True, False)
    assert client.post("/me/never/", {"whom": "x @"}).status_code == 422
    (never,) = nevers_of(ana)
    signed_in(client, ben)
    assert client.post(f"/me/never/{never.ref}/").status_code == 404
    signed_in(client, ana)
    assert client.post(f"/me/never/{never.ref}/").status_code == 302
    assert nevers_of(ana) == []


def test_the_api(client):
    ana, ben = person("Ana"), person("Ben")
    (_, token), (_, bens) = (make_access_token(label="", by=one) for one in (ana, ben))
    mine = {"HTTP_AUTHORIZATION": f"Bearer {token}", "content_type": "application/json"}
    made = client.post("/api/v1/me/never/", {"whom": "Zebedee", "hint": "school"}, **mine)
    assert (made.status_code, made.json()["kind"], made.json()["hint"]) == (201, "name", "school")
    assert "ebedee" not in client.get("/api/v1/me/never/", **mine).content.decode()
    address = f"/api/v1/me/never/{made.json()['ref']}"
    assert client.delete(address, HTTP_AUTHORIZATION=f"Bearer {bens}").status_code == 404
    assert client.delete(address, **mine).status_code == 200
    assert client.get("/api/v1/me/never/", **mine).json() == []
    assert client.post("/api/v1/me/never/", {"whom": " "}, **mine).status_code == 422
