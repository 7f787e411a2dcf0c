"""The pages of conversations, without JavaScript."""

import pytest
from django.test import Client
from re2 import findall

from beenthere.conversations import sockets
from beenthere.conversations.actions import Draft, Outcome, open_conversation, send_messages
from beenthere.conversations.models import Membership, Message
from beenthere.conversations.queries import conversations_of, messages_for
from beenthere.foundation.keys.opening import drop_opened
from beenthere.foundation.refs import SITE
from beenthere.people.actions import delete_person
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def at(ana) -> Client:
    """Ana's browser."""
    return signed_in(Client(), ana)


def lines(client: Client) -> list[str]:
    return findall(r"<bdi>([^<]*)</bdi>", client.get("/talk/").content.decode())


def counted(client: Client, address: str, django_assert_max_num_queries) -> int:
    drop_opened()  # also what the key store is asked
    with django_assert_max_num_queries(60) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_nothing_yet(at):
    shown = at.get("/talk/").content.decode()
    assert "Your conversations will stand here" in shown
    assert 'href="/today/"' in shown


def test_a_word_by_form(ana, ben, talk, at):
    address = f"/talk/{talk.ref}/"
    answer = at.post(address, {"words": "Hello,\r\nRobin.", "mark": "m1"})
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?kept#m1")
    again = at.post(address, {"words": "Hello,\r\nRobin.", "mark": "m1"})
    assert again["Location"] == f"{address}?kept#m1"
    assert [said.words for said in messages_for(ben, talk)] == ["Hello,\nRobin."]
    shown = at.get(address).content.decode()
    assert "<h1>You and <bdi>Robin</bdi></h1>" in shown
    assert 'id="m1"' in shown


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("x" * 4001, "longer than 4,000 characters"),
        ("  \n", "There is nothing in the box yet."),
        ("a\0b", "a character in it that cannot be kept"),
    ],
)
def test_a_refused_word_stays_in_the_box(ana, talk, at, words, says):
    answer = at.post(f"/talk/{talk.ref}/", {"words": words, "mark": "m1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert says in shown
    assert words.strip() in shown
    assert 'value="m1"' in shown
    assert Message.objects.count() == 0


def test_a_place_that_cannot_keep_it_says_so(ana, talk, at, monkeypatch):
    monkeypatch.setattr("beenthere.conversations.views.talk._said", lambda draft: Outcome(refused="not_kept"))
    answer = at.post(f"/talk/{talk.ref}/", {"words": "A year.", "mark": "m1"})
    assert answer.status_code == 503
    assert "Your words are still here" in answer.content.decode()
    assert ">\nA year.</textarea>" in answer.content.decode()
    assert 'name="mark" value="m1"' in answer.content.decode()


def test_words_on_their_way_when_it_ended_are_given_back(ana, ben, talk, at):
    delete_person(person=ben, by=ben)
    answer = at.post(f"/talk/{talk.ref}/", {"words": "Are you there?", "mark": "m1"})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "A conversation that ended" in shown
    assert "Are you there?" in shown
    assert "You had written nothing here." in shown


def test_earlier_words(ana, ben, talk, at):
    send_messages([Draft(ben.ref, talk.ref, f"m{number}", f"Words {number}.") for number in range(1, 131)])
    numbers, address, pages = [], f"/talk/{talk.ref}/", []
    while address:
        shown = at.get(address).content.decode().split("<template")[0]
        pages.append([int(number) for number in findall(r'id="m(\d+)"', shown)])
        older = findall(r'href="(\?before=\d+)"', shown)
        address = f"/talk/{talk.ref}/{older[0]}" if older else ""
    assert [len(page) for page in pages] == [60, 60, 10]
    for page in pages[::-1]:
        numbers += page
    assert numbers == list(range(1, 131))


@pytest.mark.parametrize("before", ["x", "-1", "", "9" * 30, "²"])
def test_a_strange_address(talk, at, before):
    assert at.get(f"/talk/{talk.ref}/", {"before": before}).status_code == 200


def test_something_new_waits_until_it_is_read(ana, ben, talk, say, at):
    bens = signed_in(Client(), ben)
    waits = "Something new waits"
    assert waits not in at.get("/talk/").content.decode()
    say(ben, "Hello.")
    assert waits in at.get("/talk/").content.decode()
    assert waits not in bens.get("/talk/").content.decode(), "one's own words are no news"
    at.get(f"/talk/{talk.ref}/")
    assert waits not in at.get("/talk/").content.decode()
    say(ben, "Hello again.")
    assert at.post(f"/talk/{talk.ref}/seen/", {"number": 2}).status_code == 204
    assert waits not in at.get("/talk/").content.decode()
    at.post(f"/talk/{talk.ref}/seen/", {"number": 999})
    say(ben, "And again.")
    assert waits in at.get("/talk/").content.decode(), "nobody reads ahead"


def test_a_pause_is_ones_own(ana, ben, talk, say, at):
    at.post(f"/talk/{talk.ref}/pause/")
    say(ben, "Hello.")
    (line,) = conversations_of(ana)
    assert (line.waits, line.paused) == (False, True)
    assert "You have paused here" in at.get("/talk/").content.decode()
    at.post(f"/talk/{talk.ref}/resume/")
    assert "You have paused here" not in at.get("/talk/").content.decode()


def test_the_newest_first_and_the_ended_apart(ana, ben, talk, at):
    cleo, dev = person("Cleo"), person("Dev")
    with_cleo = open_conversation(people=[(ana, "Ana"), (cleo, "Cleo")], by=SITE)
    ended = open_conversation(people=[(ana, "Ana"), (dev, "Dev")], by=SITE)
    for who, where in ((cleo, with_cleo), (dev, ended), (ben, talk)):
        send_messages([Draft(who.ref, where.ref, "m", "Hello.")])
    assert lines(at) == ["Robin", "Dev", "Cleo"]
    at.post(f"/talk/{ended.ref}/leave/")
    assert lines(at) == ["Robin", "Cleo"]
    assert "A conversation that began on" in at.get("/talk/").content.decode()


def test_a_name_for_one_conversation(ana, ben, talk, at):
    address = f"/talk/{talk.ref}/"
    assert at.post(f"{address}name/", {"name": "  Kim \u202e "})["Location"] == address
    assert lines(signed_in(Client(), ben)) == ["Kim"]
    assert Membership.objects.get(person=ana).name == "Kim"
    answer = at.post(f"{address}name/", {"name": "Steward"})
    assert answer.status_code == 422
    assert "please choose another" in answer.content.decode()
    assert Membership.objects.get(person=ana).name == "Kim"


def test_one_step_each(ana, ben, talk, at):
    shown = at.get(f"/talk/{talk.ref}/").content.decode()
    steps = findall(rf'action="/talk/{talk.ref}/([a-z]+)/"', shown)
    boundaries = ["block", "leave", "name", "pause", "withdraw"]
    assert sorted(one for one in steps if one in boundaries) == boundaries
    assert at.post(f"/talk/{talk.ref}/leave/")["Location"] == f"/talk/{talk.ref}/"
    assert "A conversation that ended" in at.get(f"/talk/{talk.ref}/").content.decode()


def test_as_many_queries_for_three_as_for_one(ana, ben, talk, say, at, django_assert_max_num_queries):
    """Each with another person, so that each name and each word has a key of its own."""
    say(ben, "Hello.")
    at.get(f"/talk/{talk.ref}/")
    address = f"/talk/{talk.ref}/"
    one = [counted(at, where, django_assert_max_num_queries) for where in ("/talk/", address)]
    for number in range(2):
        other = person(f"Somebody {number}")
        where = open_conversation(people=[(ana, "Ana"), (other, "Somebody")], by=SITE)
        send_messages([Draft(other.ref, where.ref, "m", "Hello.")])
        say(ben, "Hello.")
        say(ana, "Hello.")
    at.get(address)
    three = [counted(at, where, django_assert_max_num_queries) for where in ("/talk/", address)]
    assert one == three


def test_fifty_conversations(ana, at, django_assert_max_num_queries):
    for number in range(50):
        other = person(f"Somebody {number}")
        where = open_conversation(people=[(ana, "Ana"), (other, f"Peer {number}")], by=SITE)
        if number == 0:
            few = counted(at, "/talk/", django_assert_max_num_queries)
        send_messages([Draft(other.ref, where.ref, "m", "Hello.")])
    assert len(lines(at)) == 50
    assert counted(at, "/talk/", django_assert_max_num_queries) == few


def test_the_form_and_the_socket_join_one_batch():
    from beenthere.live.hub import Door

    assert Door.batch == sockets.BATCH
