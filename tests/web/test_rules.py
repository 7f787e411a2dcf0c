"""The page one can read before joining says what is so."""

import re

import pytest

from beenthere.matching.core.meeting import APART_FOR
from beenthere.people.actions.mail import ADDRESS_LASTS
from beenthere.web.rules import default_rules

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("open_place"),
]


def rules_on(page: str) -> list[str]:
    return re.findall(r'<li><span dir="auto">(.*?)</span></li>', page)


def test_the_default_rules_stand_until_there_are_own_ones(client, open_place):
    assert rules_on(client.get("/rules/").content.decode()) == default_rules()
    open_place(rules="One.\n\nTwo\nlines.")
    assert rules_on(client.get("/rules/").content.decode()) == ["One.", "Two lines."]


def test_what_must_be_said_is_said(client, open_place):
    open_place(hours="every day, 18:00 to 22:00")
    page = client.get("/rules/").content.decode()
    assert re.findall(r'<h2 id="(\w+)">', page) == ["rules", "stewards", "kept", "machine"]
    for said in (
        "What two people write to each other, unless one of them reports it.",
        "until 90 days after the report is closed",
        "Whoever holds that machine, with its keys, could read what is on it.",
        "how many people and pairs there are, and when something happened",
        "Stewards are here: every day, 18:00 to 22:00.",
    ):
        assert said in page


def test_what_is_said_of_time_is_what_the_code_does():
    assert (ADDRESS_LASTS.days, APART_FOR.days) == (90, 90)


@pytest.mark.parametrize("address", ["/", "/about/", "/begin/join/"])
def test_the_rules_are_one_step_away(client, address):
    assert 'href="/rules/"' in client.get(address).content.decode()
