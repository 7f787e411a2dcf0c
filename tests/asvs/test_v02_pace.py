"""V2: nobody goes on faster than anybody could by hand: by pages, by programs, as a visitor."""

import pytest
from django.test import Client

from beenthere.api import tokens
from beenthere.foundation.pace import Pace
from beenthere.people.actions import make_access_token
from beenthere.web import middleware
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Hands:
    """A clock that is moved by hand."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def hands() -> Hands:
    return Hands()


def test_so_many_at_once_and_then_little_by_little(hands):
    pace = Pace(most=3, each_second=0.5, clock=hands)
    assert [pace.takes("ana") for _ in range(5)] == [True] * 3 + [False] * 2
    assert pace.takes("ben")
    hands.now = 1.9
    assert not pace.takes("ana")
    hands.now = 2.0
    assert [pace.takes("ana"), pace.takes("ana")] == [True, False]
    hands.now = 10**6
    assert [pace.takes("ana") for _ in range(4)] == [True] * 3 + [False]


def test_what_is_counted_does_not_grow_for_ever(hands, monkeypatch):
    monkeypatch.setattr("beenthere.foundation.pace.MOST_KNOWN", 10)
    pace = Pace(most=1, each_second=1, clock=hands)
    assert all(pace.takes(f"somebody {number}") for number in range(1000))
    assert len(pace._left) == 10


def test_a_member_sends_no_faster_than_by_hand(hands, monkeypatch):
    """2.4.1: what is sent waits; looking goes on; others are not held up."""
    paces = {known: Pace(most=3, each_second=0.1, clock=hands) for known in (True, False)}
    monkeypatch.setattr(middleware, "SENDING", paces)
    ana, ben = signed_in(Client(), person("Ana")), signed_in(Client(), person("Ben"))
    given = {"name": "Ana", "language": "en", "timezone": "UTC"}
    found = [ana.post("/me/", given).status_code for _ in range(5)]
    assert found == [302] * 3 + [429] * 2
    assert (ana.get("/me/").status_code, ben.post("/me/", given).status_code) == (200, 302)
    waits = ana.post("/me/", given)
    assert (waits.headers["Retry-After"], "Please wait" in waits.content.decode()) == ("60", True)
    hands.now = 10.0
    assert ana.post("/me/", given).status_code == 302


def test_visitors_of_one_network_share_one(hands, monkeypatch):
    paces = {known: Pace(most=2, each_second=0.1, clock=hands) for known in (True, False)}
    monkeypatch.setattr(middleware, "SENDING", paces)
    here, elsewhere = Client(REMOTE_ADDR="203.0.113.1"), Client(REMOTE_ADDR="203.0.113.2")
    found = [
        here.post("/sign-in/code/", {"code": "x"}, headers={"X-Forwarded-For": "1.1.1.1"}) for _ in range(3)
    ]
    assert [one.status_code for one in found] == [422, 422, 429]
    assert elsewhere.post("/sign-in/code/", {"code": "x"}).status_code == 422


def test_a_program_asks_no_faster_than_that(hands, monkeypatch):
    monkeypatch.setattr(tokens, "ASKING", Pace(most=3, each_second=0.1, clock=hands))
    ana, ben = person("Ana"), person("Ben")
    hers = [make_access_token(label="x", by=ana)[1] for _ in range(2)]
    his = make_access_token(label="x", by=ben)[1]

    def asks(token: str) -> int:
        return Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {token}"}).status_code

    assert [asks(hers[number % 2]) for number in range(5)] == [200] * 3 + [429] * 2
    assert asks(his) == 200


def test_the_paces_are_for_programs_and_not_for_people():
    """Generous enough that nobody who writes by hand meets them, and finite."""
    told = {True: (600, 2), False: (1200, 10)}
    assert {known: (pace.most, pace.each_second) for known, pace in middleware.SENDING.items()} == told
    assert (tokens.ASKING.most, tokens.ASKING.each_second) == (300, 5)
