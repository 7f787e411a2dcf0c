"""What somebody who means harm sends to the pages of the way in."""

import threading

import pytest
from django.db import connections
from django.test import Client

from beenthere.foundation.place import the_place
from beenthere.foundation.refs import new_ref
from beenthere.people.actions import trying
from beenthere.people.models import Person
from beenthere.safety.models import Steward
from beenthere.web.actions import open_place
from beenthere.web.told import first_told

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
PASSPHRASE = "seven quiet lanterns by the river"
HUGE = "9" * 5000  # more digits than Python reads as a number


@pytest.mark.parametrize("sent", [{"take": HUGE}, {"take": "٣" * 5000}, {"take": "-1"}])
def test_a_number_that_nobody_can_read_is_no_number(open_place, sent):
    told = first_told("My mum died two years ago").sealed()
    answer = Client().post("/begin/", {"told": told, "words": "My mum died", **sent})
    assert answer.status_code == 200


def opened(name: str) -> list:
    place = {"name": name, "rules": "", "joining": "open", "languages": ("en",), "hours": ""}
    answers = {"name": "Sol", "prefers": {"language": "en", "timezone": "UTC"}, "passphrase": PASSPHRASE}
    answers |= {"passkey": None, "invitation": "", "languages": ["en"], "mail": "", "quotable": False}
    return [open_place(nonce=new_ref(), place=place, answers=answers)]


def test_two_first_runs_at_once_open_one_place_with_one_steward():
    """Whoever saw the link may be faster by a moment; the second is told so, and stewards nothing."""
    gate, joined = threading.Barrier(2), []

    def run(name: str) -> None:
        try:
            gate.wait(10)
            joined.extend(opened(name))
        finally:
            connections.close_all()

    both = [threading.Thread(target=run, args=(name,)) for name in ("One", "Two")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(one is None for one in joined) == [False, True]
    (first,) = [one for one in joined if one]
    assert [one.person for one in Steward.objects.select_related("person")] == [first.person]
    assert the_place().is_open


def test_one_program_does_not_fill_the_place_with_people_of_its_own(open_place, monkeypatch):
    """Neither by joining nor by leaving the addresses of others, whatever a header says of where it is."""
    monkeypatch.setattr(trying, "BY_COMING", ((3, 3600),))
    client, answers = Client(), []
    joining = {"adult": "yes", "passphrase": PASSPHRASE, "languages": ["en"], "timezone": "UTC"}
    for number in range(6):
        forged = {"X-Forwarded-For": f"10.0.0.{number}", "Forwarded": f"for=10.0.0.{number}"}
        told = first_told("My mum died").sealed()
        if number % 2:
            given = {"told": told, "adult": "yes", "mail": f"ana{number}@example.org"}
            answers.append(client.post("/begin/address/", given, headers=forged).status_code)
        else:
            given = {**joining, "told": told, "name": "Ana"}
            answers.append(Client().post("/begin/join/", given, headers=forged).status_code)
    assert answers == [302, 200, 302, 429, 429, 429]
    assert Person.objects.count() == 3
    elsewhere = {**joining, "told": first_told("My mum died").sealed(), "name": "Ben"}
    assert Client(REMOTE_ADDR="10.1.1.1").post("/begin/join/", elsewhere).status_code == 302
