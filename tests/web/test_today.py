"""Today: what waits, seven things at most, and few questions to the database however much there is."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.foundation.keys.opening import drop_opened
from beenthere.foundation.refs import SITE
from beenthere.matching.actions import propose, tell
from beenthere.people.actions import make_recovery_codes, pause
from beenthere.safety.access import stewards_now
from beenthere.safety.actions import make_report, name_steward
from beenthere.stories.actions import write_piece
from tests.cast import person, signed_in

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_place")]
ABOUT = {"experiences": [{"experience": "loss-of-a-parent", "known": True, "stand": None}], "language": "en"}


@pytest.fixture
def ana():
    return speaking("Ana", "My mum died two years ago.")


def speaking(name: str, words: str):
    one = person(name)
    write_piece(words=words, about=ABOUT, audience="introduced", quotable=True, by=one)
    tell(held={"experiences": ABOUT["experiences"], "languages": ["en"]}, by=one)
    return one


def talking(ana, count: int, *, words: bool = True) -> list:
    """`count` conversations of Ana's, in each of which the other wrote, the last one last."""
    found = []
    for number in range(count):
        other = person(f"Peer {number}")
        row = open_conversation(people=[(ana, "Ana"), (other, f"Peer {number}")], by=SITE)
        if words:
            send_messages([Draft(other.ref, row.ref, "m", "Are you there?")])
        found.append(row)
    return found


def introduced(ana, count: int) -> None:
    for number in range(count):
        speaking(f"Ben {number}", "My mother died in spring.")
    assert propose(person_refs=[ana.ref], by=SITE) == count


def asked(client, alias: str) -> int:
    with CaptureQueriesContext(connections[alias]) as captured:
        assert client.get("/today/").status_code == 200
    return len(captured)


def test_fifty_conversations_ask_the_database_eight_times_at_most(client, ana):
    introduced(ana, 3)
    talking(ana, 50)
    signed_in(client, ana)
    client.get("/today/")  # the cards are seen from now on
    make_recovery_codes(by=ana)
    asked_warm = asked(client, "default"), asked(client, "keys")
    drop_opened()
    assert (asked_warm, asked(client, "keys")) == ((8, 0), 3)


def test_one_costs_as_much_as_three(client, ana):
    introduced(ana, 1)
    talking(ana, 1)
    signed_in(client, ana)
    client.get("/today/")
    one = asked(client, "default")
    introduced_again = speaking("Ben more", "My father died, and I cared for him.")
    propose(person_refs=[introduced_again.ref, ana.ref], by=SITE)
    talking(ana, 2)
    client.get("/today/")
    assert asked(client, "default") == one


def test_seven_things_at_most_and_one_main(client, ana):
    introduced(ana, 3)
    talking(ana, 9)
    signed_in(client, ana)
    page = client.get("/today/")
    assert (len(page.context["cards"]), len(page.context["talks"]), page.context["more"]) == (3, 4, True)
    assert page.content.decode().count('class="act main"') == 1


def test_who_wrote_stands_before_who_did_not(client, ana):
    quiet, wrote = talking(ana, 1, words=False) + talking(ana, 1)
    signed_in(client, ana)
    told = client.get("/today/").context
    assert [(talk.ref, talk.waits) for talk in told["talks"]] == [(wrote.ref, True), (quiet.ref, False)]
    client.get(f"/talk/{wrote.ref}/")
    assert [talk.waits for talk in client.get("/today/").context["talks"]] == [False, False]


def test_nobody_meets_an_empty_page(client, ana):
    signed_in(client, ana)
    page = client.get("/today/").content.decode()
    assert "Nobody to introduce right now" in page and 'href="/introductions/"' in page
    pause(by=ana)
    assert "You are taking a pause" in client.get("/today/").content.decode()


def test_a_way_back_is_offered_after_the_first_hello_until_there_is_one(client, ana):
    signed_in(client, ana)
    assert client.get("/today/").context["codes"] is False
    talking(ana, 1)
    assert client.get("/today/").context["codes"] is True
    make_recovery_codes(by=ana)
    assert client.get("/today/").context["codes"] is False


def test_only_a_steward_is_told_that_the_desk_waits(client, ana):
    sol, row = person("Sol"), talking(ana, 1)[0]
    name_steward(person=sol, by=SITE)
    stewards_now.__globals__["_remembered"].clear()
    said = "Something waits at"
    signed_in(client, sol)
    assert said not in client.get("/today/").content.decode()
    make_report(conversation=row, numbers={1}, note="", by=ana)
    assert said in client.get("/today/").content.decode()
    signed_in(client, ana)
    assert said not in client.get("/today/").content.decode()


def test_capacity_and_pauses_are_kept(client, ana):
    signed_in(client, ana)
    for sent in ({"capacity": "5"}, {"capacity": "99"}, {"capacity": "x"}, {"act": "pause"}):
        assert client.post("/today/room/", sent).status_code == 302
    ana.refresh_from_db()
    assert (ana.capacity, ana.paused_at is not None) == (5, True)
    client.post("/today/room/", {"act": "resume"})
    ana.refresh_from_db()
    assert ana.paused_at is None
