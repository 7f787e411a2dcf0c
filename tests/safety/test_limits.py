"""What stewards limit holds where it must, ends by itself, and is told to whom it concerns alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.conversations.models import Message
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.matching.actions import answer_card, propose, settle, show_cards
from beenthere.matching.models import Card, Introduction
from beenthere.matching.queries.places import rooms
from beenthere.people.actions import make_access_token
from beenthere.people.actions.limiting import end_limits, lift_limit, limit_person
from beenthere.people.models import AWAY, CIRCLE_ONLY, LIMITS, NO_INTRODUCTIONS, SLOW, Limit, Person
from beenthere.people.queries.limits import is_limited, limits_on
from beenthere.safety.access import held_now
from beenthere.safety.models import Act
from beenthere.safety.tasks import end_limits as end_limits_job
from tests.cast import person, signed_in
from tests.matching.place_of import ana_and_ben, lived, member

from .conftest import decided

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY, HOUR = 86400, 3600


@pytest.fixture
def hands():
    with clock.stopped_at(NOW) as hands:
        yield hands


def limited(one: Person, what: str, days: float = 3, act: str = "") -> None:
    limit_person(person=one, what=what, until=clock.now() + timedelta(days=days), act=act, by=SITE)


def says(one: Person, talk, mark: str) -> str | None:
    """Why it was refused, None when it was kept."""
    return send_messages([Draft(one.ref, talk.ref, mark, "Hello.")])[0].refused


def test_every_limit_has_an_end_and_goes_then(hands, ana):
    for what in LIMITS:
        limited(ana, what)
    assert limits_on(ana) == set(LIMITS)
    assert Person.objects.get().standing == "suspended"
    with pytest.raises(ValueError):
        limit_person(person=ana, what=SLOW, until=clock.now(), act="", by=SITE)
    with pytest.raises(ValueError):
        limited(ana, "silence")
    hands.move(3 * DAY - 1)
    assert (end_limits(by=SITE), limits_on(ana)) == ([], set(LIMITS))
    hands.move(1)
    assert limits_on(ana) == set(), "also before the worker comes by"
    assert end_limits(by=SITE) == [ana.ref] * 4
    assert (Limit.objects.count(), Person.objects.get().standing) == (0, "member")


def test_two_who_limit_the_same_do_not_undo_each_other(hands, ana):
    limited(ana, AWAY, 7, act="a" * 16)
    limited(ana, AWAY, 9, act="b" * 16)
    assert lift_limit(person=ana, what=AWAY, act="a" * 16, by=SITE)
    assert (is_limited(ana, AWAY), Person.objects.get().standing) == (True, "suspended")
    assert not lift_limit(person=ana, what=AWAY, act="a" * 16, by=SITE)
    assert lift_limit(person=ana, what=AWAY, by=SITE)
    assert (is_limited(ana, AWAY), Person.objects.get().standing) == (False, "member")


def test_slow_is_twenty_messages_an_hour_in_all_conversations(hands, ana, ben, conversation):
    hands.move(2 * HOUR)
    other = open_conversation(people=[(ana, "Anita"), (person("Kim"), "Kim")], by=SITE)
    limited(ana, SLOW)
    until = (clock.now() + timedelta(days=3)).isoformat()
    batch = [Draft(ana.ref, (conversation, other)[at % 2].ref, f"s{at}", "Hello.") for at in range(22)]
    assert [one.refused for one in send_messages(batch)] == [None] * 20 + [f"slowed:{until}"] * 2
    assert says(ana, conversation, "later") == f"slowed:{until}"
    assert send_messages([Draft(ana.ref, conversation.ref, "s0", "Hello.")])[0].repeat, "kept is kept"
    assert [says(ben, conversation, f"b{at}") for at in range(25)] == [None] * 25
    hands.move(HOUR + 1)
    assert says(ana, conversation, "again") is None


def test_circle_only_reads_and_does_not_write_in_pairs(hands, ana, ben, conversation):
    limited(ana, CIRCLE_ONLY)
    kept = Message.objects.count()
    browser = signed_in(Client(), ana)
    page = browser.post(f"/talk/{conversation.ref}/", {"words": "Are you there?", "mark": "m9"})
    text = page.content.decode()
    assert (page.status_code, "Are you there?" in text, "You write in circles only until" in text) == (
        422,
        True,
        True,
    )
    _, token = make_access_token(label="mine", by=ana)
    answer = Client().post(
        f"/api/v1/conversations/{conversation.ref}/messages",
        {"words": "Are you there?", "mark": "m8"},
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("You write in circles only until March 5, 2026")
    assert "canary-2-words" in browser.get(f"/talk/{conversation.ref}/").content.decode()
    assert says(ben, conversation, "his") is None
    hands.move(3 * DAY)
    assert (says(ana, conversation, "m9"), Message.objects.count()) == (None, kept + 2)


@pytest.mark.parametrize("what", [NO_INTRODUCTIONS, CIRCLE_ONLY, AWAY])
def test_who_is_limited_is_introduced_to_nobody(hands, what):
    ana, ben = ana_and_ben()
    limited(ana, what)
    assert (sorted(rooms()), propose()) == ([ben.ref], 0)
    hands.move(3 * DAY)
    end_limits(by=SITE)
    assert propose() == 1


@pytest.mark.parametrize("what", [NO_INTRODUCTIONS, CIRCLE_ONLY])
def test_no_pair_begins_and_the_other_sees_what_a_silence_shows(hands, what):
    ana, ben = ana_and_ben()
    assert propose() == 1
    (mine,), (his,) = show_cards(by=ana), show_cards(by=ben)
    limited(ana, what, 10)
    answer_card(card=his, answer="yes", by=ben)
    answer_card(card=mine, answer="yes", by=ana)
    settle()
    assert Introduction.objects.get().pair == ""
    shown = signed_in(Client(), ben).get("/introductions/").content.decode()
    assert ("limit" in shown.lower(), "steward" in shown.lower()) == (False, False)


def test_slow_has_one_introduction_open(hands):
    experiences = lived("loss-of-a-parent")
    said = "I lost my mum two years ago."
    ana = member("Ana", said, experiences=experiences)
    for name in ("Ben", "Cleo", "Dev"):
        member(name, "I still set two cups out.", experiences=experiences)
    assert rooms([ana.ref])[ana.ref].free == 3
    limited(ana, SLOW)
    assert rooms([ana.ref])[ana.ref].free == 1
    propose(person_refs=[ana.ref])
    assert (Card.objects.filter(person=ana).count(), rooms([ana.ref])) == (1, {})


def test_whom_it_concerns_is_told_and_the_peer_is_not(hands, client, ana, ben, sol, reported):
    peer_before = _pages_of(ana)
    report = reported()
    decided(report, sol, limit=SLOW, days=5, rule=5)
    access_of_hint()
    act = Act.objects.get()
    assert (act.person, act.limit, act.until_at) == (ben, SLOW, NOW + timedelta(days=5))
    browser = signed_in(client, ben)
    for address in ("/today/", "/safety/"):
        text = browser.get(address).content.decode()
        assert "You can send 20 messages an hour" in text, address
        assert "It ends by itself on March 7, 2026, 12:00." in text, address
        assert f"/safety/decision/{act.ref}/" in text, address
    page = browser.get(f"/safety/decision/{act.ref}/").content.decode()
    assert "It rests on rule 5, as it stood then" in page
    assert "You can do this until May 1, 2026." in page
    assert (act.ref in "".join(_pages_of(ana).values()), _pages_of(ana)["/today/"]) == (
        False,
        peer_before["/today/"],
    )
    hands.move(5 * DAY)
    end_limits_job()
    assert limits_on(ben) == set()


def access_of_hint() -> None:
    """What a process remembers for a minute is heard of at the commit; here there is none."""
    held_now.__globals__["_held"].clear()


def _pages_of(one: Person) -> dict[str, str]:
    browser = signed_in(Client(), one)
    return {at: _main(browser.get(at).content.decode()) for at in ("/today/", "/talk/", "/me/")}


def _main(text: str) -> str:
    """Without what differs each time."""
    return re.sub(r'value="[^"]*"', "", text.split("<main")[1])
