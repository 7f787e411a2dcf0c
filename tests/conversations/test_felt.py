"""Did you feel heard? One's own answers, and totals over at least K people that no two looks can pry open."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import end_conversation, open_conversation
from beenthere.conversations.actions.feeling import count_last_quarter, forget_felt, say_felt
from beenthere.conversations.core.felt import PARTS, bounds_of, last_quarter, shares_of, tidied
from beenthere.conversations.events import CHANGED
from beenthere.conversations.models import Conversation, Felt, HeardTotal
from beenthere.conversations.queries import seen_by
from beenthere.conversations.queries.feeling import asks_if_heard, felt_of, totals
from beenthere.foundation import clock, wire
from beenthere.foundation.keys.opening import drop_opened
from beenthere.foundation.refs import SITE
from beenthere.people.actions import delete_person
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ASKS = "Did you feel heard?"
ALL_YES = dict.fromkeys(PARTS, "yes")
SUMMER, AUTUMN = datetime(2026, 8, 3, 12, tzinfo=UTC), datetime(2026, 10, 5, 12, tzinfo=UTC)


def at(who) -> Client:
    return signed_in(Client(), who)


def same(talk: Conversation) -> Conversation:
    return Conversation.objects.get(pk=talk.pk)


def is_asked(who, talk) -> bool:
    room, mine, _ = seen_by(who, get_room_for(who, talk.ref))
    return asks_if_heard(who, room, mine)


def answers_of(count: int, told: dict = ALL_YES, *, by=None) -> list:
    """So many people who say `told` about a conversation with `by`."""
    people = [person(f"Somebody {number}") for number in range(count)]
    for one in people:
        talk = open_conversation(people=[(one, "One"), (by or people[0], "Two")], by=SITE) if by else None
        say_felt(conversation=talk or Conversation(ref="none"), answers=told, by=one)
    return people


# Pure

moments = st.integers(0, 50).map(lambda hours: SUMMER + timedelta(hours=hours))
told = st.lists(
    st.tuples(
        st.sampled_from("abcdefghijkl"),
        moments,
        st.dictionaries(st.sampled_from(PARTS), st.sampled_from(["yes", "partly", "no"])),
    ),
    max_size=60,
)


@given(told)
def test_a_share_is_of_people_and_never_of_few(rows):
    shares = shares_of(rows, k=10)
    for part in PARTS:
        spoke = {who for who, _, answers in rows if part in answers}
        assert (part in shares) == (len(spoke) >= 10)
    assert all(0 <= share <= 5 for share in shares.values())
    assert shares == shares_of([*rows, *rows], k=10)


def test_shares_are_rounded_and_each_person_counts_once():
    rows = [(str(number), SUMMER, {"voice": "yes"}) for number in range(9)]
    often = [("9", SUMMER + timedelta(hours=hour), {"voice": "no"}) for hour in range(100)]
    assert shares_of([*rows, *often], k=10) == {"voice": 4}
    assert shares_of([*rows, *often, ("9", SUMMER + timedelta(days=9), {"voice": "yes"})], k=10) == {
        "voice": 5
    }
    assert shares_of([(str(number), SUMMER, {"voice": "partly"}) for number in range(10)], k=10) == {
        "voice": 3
    }
    assert shares_of(rows, k=10) == {}


def test_quarters():
    assert [last_quarter(datetime(2026, month, 1, tzinfo=UTC)) for month in (1, 3, 4, 12)] == [
        "2025-Q4",
        "2025-Q4",
        "2026-Q1",
        "2026-Q3",
    ]
    assert bounds_of("2025-Q4") == (datetime(2025, 10, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))
    assert tidied({"voice": "yes", "empathy": "", "other": "yes", "respect": "no"}) == {
        "voice": "yes",
        "respect": "no",
    }


# One's own


def test_it_is_asked_quietly_some_time_after_the_last_words(ana, ben, talk, say):
    with clock.stopped_at(SUMMER) as hands:
        assert not is_asked(ana, talk), "nothing was said"
        say(ben, "Hello.")
        hands.move(3600)
        assert (is_asked(ana, talk), is_asked(ben, talk)) == (False, True), "Ana took no part"
        say(ana, "Hello.")
        assert (is_asked(ana, talk), is_asked(ben, talk)) == (False, False)
        hands.move(3599)
        assert not is_asked(ana, talk)
        hands.move(1)
        assert (is_asked(ana, talk), is_asked(ben, talk)) == (True, True)
        assert ASKS in at(ana).get(f"/talk/{talk.ref}/").content.decode()
        say_felt(conversation=same(talk), answers={}, by=ana)
        assert (is_asked(ana, talk), is_asked(ben, talk)) == (False, True)
        hands.move(7 * 86400)
        assert not is_asked(ben, talk)
        say(ben, "Are you there?")
        hands.move(3600)
        assert (is_asked(ana, talk), is_asked(ben, talk)) == (False, True)


def test_what_one_said_is_ones_own_and_can_be_deleted(ana, ben, talk, say, monkeypatch):
    changed: list[str] = []
    monkeypatch.setattr(
        wire, "publish", lambda topic, ref="": changed.append(ref) if topic == CHANGED else None
    )
    say(ana, "Hello.")
    say(ben, "Hello.")
    bens, anas = at(ben), at(ana)
    pages = [
        f"/talk/{talk.ref}/offers/",
        f"/talk/{talk.ref}/felt/",
        "/talk/heard/",
        f"/api/v1/conversations/{talk.ref}/messages",
    ]
    before = [masked(bens, page) for page in pages]
    answer = anas.post(f"/talk/{talk.ref}/felt/", {"voice": "yes", "respect": "no"})
    assert answer["Location"] == "/talk/heard/"
    assert [masked(bens, page) for page in pages] == before
    assert changed == []
    (own,) = felt_of(ana)
    assert own.answers == {"voice": "yes", "respect": "no"}
    assert "Delete these answers" in anas.get("/talk/heard/").content.decode()
    assert bens.post("/talk/heard/", {"felt": own.ref}).status_code == 404
    forget_felt(felt=own, by=ben)
    assert Felt.objects.count() == 1
    assert anas.post("/talk/heard/", {"felt": own.ref})["Location"] == "/talk/heard/"
    assert Felt.objects.count() == 0


def masked(client: Client, page: str) -> str:
    parts = client.get(page).content.decode().split('name="csrfmiddlewaretoken" value="')
    return "".join([parts[0], *(part.split('"', 1)[1] for part in parts[1:])])


def test_one_answer_a_talk_and_another_for_the_next(ana, ben, talk, say):
    with clock.stopped_at(SUMMER) as hands:
        say(ana, "Hello.")
        say_felt(conversation=same(talk), answers={"voice": "no"}, by=ana)
        say_felt(conversation=same(talk), answers={"voice": "yes"}, by=ana)
        assert [one.answers for one in felt_of(ana)] == [{"voice": "yes"}]
        hands.move(60)
        say(ana, "Hello again.")
        hands.move(60)
        say_felt(conversation=same(talk), answers={}, by=ana)
        assert [one.answers for one in felt_of(ana)] == [{}, {"voice": "yes"}]


def test_also_after_the_end_and_for_nobody_else(ana, ben, talk):
    end_conversation(conversation=talk, by=ben)
    page = f"/talk/{talk.ref}/felt/"
    assert at(ana).get(page).status_code == 200
    assert at(ana).post(page, {"voice": "perhaps"}).status_code == 422
    assert at(ana).post(page, {})["Location"] == "/talk/heard/"
    assert at(person("Cleo")).get(page).status_code == 404


# Totals


@pytest.mark.parametrize("fewer", [0, 1])
def test_totals_from_k_people_on(fewer, ana):
    with clock.stopped_at(SUMMER):
        answers_of(settings.PLACE.k - fewer)
    with clock.stopped_at(AUTUMN):
        assert totals().shares is None
        shown = at(ana).get("/talk/heard/").content.decode()
        assert totals().shares == ({} if fewer else dict.fromkeys(PARTS, 5))
    assert ("Too few yet to say." in shown, "nearly everybody said yes" in shown) == (bool(fewer), not fewer)
    assert "From July 2026 to September 2026" in shown


def test_one_person_often_is_one_person(ana, ben):
    with clock.stopped_at(SUMMER):
        answers_of(settings.PLACE.k - 2)
        for number in range(5):
            talk = open_conversation(people=[(ana, "Ana"), (person(f"Other {number}"), "Other")], by=SITE)
            say_felt(conversation=talk, answers=ALL_YES, by=ana)
    with clock.stopped_at(AUTUMN):
        assert count_last_quarter(by=SITE).shares == {}


def test_a_part_that_few_spoke_of_is_not_told():
    with clock.stopped_at(SUMMER):
        answers_of(settings.PLACE.k - 1)
        answers_of(1, {"voice": "no"})
    with clock.stopped_at(AUTUMN):
        assert list(count_last_quarter(by=SITE).shares) == ["voice"]


@pytest.mark.parametrize("step", ["answers", "deletes", "leaves", "changes"])
def test_two_looks_around_one_person_say_the_same(step, ana):
    """Whatever one person does between two looks, in this quarter or about the last, nobody sees it."""
    with clock.stopped_at(SUMMER) as hands:
        people = answers_of(settings.PLACE.k, dict.fromkeys(PARTS, "partly"))
        hands.at = AUTUMN
        look = at(ana)
        first = masked(look, "/talk/heard/")
        one = people[0]
        if step == "answers":
            say_felt(conversation=Conversation(ref="other"), answers=ALL_YES, by=person("New"))
        elif step == "deletes":
            forget_felt(felt=felt_of(one)[0], by=one)
        elif step == "leaves":
            delete_person(person=one, by=one)
        else:
            forget_felt(felt=felt_of(one)[0], by=one)
            say_felt(conversation=Conversation(ref="other"), answers=dict.fromkeys(PARTS, "no"), by=one)
        drop_opened()
        assert masked(look, "/talk/heard/") == first
        assert "about three in five said yes" in first
        assert count_last_quarter(by=SITE).shares == dict.fromkeys(PARTS, 3)
        assert HeardTotal.objects.count() == 1


def test_the_quarter_that_runs_is_not_counted(ana):
    with clock.stopped_at(AUTUMN):
        answers_of(settings.PLACE.k)
        assert count_last_quarter(by=SITE).shares == {}


def test_a_total_names_nobody():
    with clock.stopped_at(SUMMER):
        answers_of(settings.PLACE.k)
    with clock.stopped_at(AUTUMN):
        row = count_last_quarter(by=SITE)
    assert {field.name for field in row._meta.fields} == {"id", "quarter", "shares", "made_at"}
    assert set(row.shares) == set(PARTS)


def test_as_many_queries_for_three_as_for_one(ana, ben, talk, say, django_assert_max_num_queries):
    with clock.stopped_at(AUTUMN) as hands:
        look, counted = at(ana), []
        for number in (1, 2):
            for _ in range(number):
                say(ana, "Hello.")
                hands.move(60)
                say_felt(conversation=same(talk), answers=ALL_YES, by=ana)
            look.get("/talk/heard/")
            drop_opened()
            with django_assert_max_num_queries(30) as asked:
                look.get("/talk/heard/")
            counted.append(len(asked))
        assert counted[0] == counted[1]
