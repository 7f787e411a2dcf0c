"""What somebody is called with one person stands in that pair alone."""

import pytest
from django.test import Client

from beenthere.conversations.models import Membership
from beenthere.matching.actions import answer_card, introductions, propose, show_cards
from beenthere.matching.models import Card, Introduction
from beenthere.people.actions import make_access_token
from tests.cast import signed_in

from .community import ArithmeticPool, member

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Three:
    """Ana, introduced to Ben and to Cleo; Ben and Cleo are introduced too."""

    def __init__(self) -> None:
        self.ana, self.ben, self.cleo = self.all = [member(name)[0] for name in ("Ana", "Ben", "Cleo")]
        assert propose(pool=ArithmeticPool(self.all)) == 3
        for one in self.all:
            show_cards(by=one)

    def card(self, one, other) -> Card:
        a, b = sorted((one.ref, other.ref))
        row = Introduction.objects.get(a=a, b=b)
        return Card.objects.select_related("introduction").get(introduction=row, person=one)

    def yes(self, one, other, called: str | None = None) -> str:
        card = answer_card(card=self.card(one, other), answer="yes", called=called, by=one)
        return card.introduction.pair


def names(pair: str) -> dict[str, str]:
    rows = Membership.objects.select_related("person").filter(conversation__ref=pair)
    return {one.person.name: one.name for one in rows}


def test_two_pairs_two_names_and_neither_shows_in_the_other():
    three = Three()
    ana, ben, cleo = three.all
    three.yes(ana, ben, "River")
    three.yes(ana, cleo, "  Sto\u200bne ")
    with_ben, with_cleo = three.yes(ben, ana), three.yes(cleo, ana, "Fern")
    assert names(with_ben) == {"Ana": "River", "Ben": "Ben"}
    assert names(with_cleo) == {"Ana": "Stone", "Cleo": "Fern"}
    for one, pair, sees, never in (
        (ben, with_ben, "River", ("Stone", "Fern", "Ana")),
        (cleo, with_cleo, "Stone", ("River", "Ana")),
    ):
        browser = signed_in(Client(), one)
        for address in ("/today/", f"/talk/{pair}/"):
            page = browser.get(address).content.decode()
            assert sees in page
            assert [name for name in never if name in page] == [], address


def test_what_was_chosen_stays_until_it_is_chosen_anew_and_goes_with_the_card():
    three = Three()
    ana, ben, cleo = three.all
    three.yes(ana, ben, "River")
    three.yes(ana, ben)
    assert three.card(ana, ben).called == "River"
    assert names(three.yes(ben, ana)) == {"Ana": "River", "Ben": "Ben"}
    assert three.card(ana, ben).called is None
    three.yes(ana, cleo, "Stone")
    three.yes(ana, cleo, "")
    assert names(three.yes(cleo, ana)) == {"Ana": "Ana", "Cleo": "Cleo"}


def test_a_name_that_the_other_chose_meanwhile_holds(monkeypatch):
    three = Three()
    ana, ben = three.ana, three.ben
    prepared = introductions._prepared

    def and_meanwhile(*given):
        monkeypatch.setattr(introductions, "_prepared", prepared)
        ready = prepared(*given)
        three.yes(ana, ben, "River")
        return ready

    monkeypatch.setattr(introductions, "_prepared", and_meanwhile)
    assert names(three.yes(ben, ana, "Otter")) == {"Ana": "River", "Ben": "Otter"}


def test_the_page_takes_a_name_with_the_yes():
    three = Three()
    address = f"/introductions/{three.card(three.ana, three.ben).ref}/"
    browser = signed_in(Client(), three.ana)
    assert 'name="called"' in browser.get(address).content.decode()
    refused = browser.post(address, {"answer": "yes", "called": "Moderator"})
    assert refused.status_code == 422
    assert '<div class="wrong"' in refused.content.decode()
    assert three.card(three.ana, three.ben).answer == ""
    assert browser.post(address, {"answer": "yes", "called": "River"}).status_code == 302
    assert three.card(three.ana, three.ben).called == "River"
    assert browser.post(address, {"answer": "not_now", "called": "Moderator"}).status_code == 302
    assert names(three.yes(three.ben, three.ana)) == {}


def test_the_api_takes_one_too(client):
    three = Three()
    _, token = make_access_token(label="A program", by=three.ana)
    address = f"/api/v1/introductions/{three.card(three.ana, three.ben).ref}/answer"
    given = {"content_type": "application/json", "headers": {"Authorization": f"Bearer {token}"}}
    assert client.post(address, {"answer": "yes", "called": "Moderator"}, **given).status_code == 422
    assert client.post(address, {"answer": "yes", "called": "River"}, **given).json() == {"pair": None}
    assert names(three.yes(three.ben, three.ana)) == {"Ana": "River", "Ben": "Ben"}


def test_a_name_that_cannot_be_is_refused():
    three = Three()
    with pytest.raises(ValueError, match="Others could take this name"):
        three.yes(three.ana, three.ben, "Moderator")
