"""What somebody who means harm sends to the pages of the way in."""

import threading

import pytest
from django.db import connections
from django.test import Client

from beenthere.foundation.place import the_place
from beenthere.foundation.refs import new_ref
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
