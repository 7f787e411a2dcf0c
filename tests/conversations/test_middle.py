"""Meeting in the middle, and who has been writing: rules, and what the pages make of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beenthere.conversations.actions import Draft, end_conversation, open_conversation, send_messages
from beenthere.conversations.actions.middle import hand_over, leave_middle, meet_in_the_middle
from beenthere.conversations.actions.withdrawing import withdraw_message
from beenthere.conversations.core.turns import (
    ALIKE,
    MINE,
    MINUTES,
    THEIRS,
    TOO_LITTLE,
    Middle,
    asked,
    balance,
    handed_over,
    has_passed,
    left,
    this_talk,
    turn_ends,
)
from beenthere.conversations.models import Conversation, Membership, Message, Wanted
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from tests.cast import person, signed_in

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
laws = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # no clocks
with_database = pytest.mark.django_db(databases=["default", "keys"])
ACTS = st.tuples(
    st.sampled_from(["ask", "hand", "leave"]),
    st.sampled_from("ab"),
    st.sampled_from(MINUTES),
    st.integers(0, 700),
)


def walked(acts, names=("a", "b")) -> list[Middle]:
    """How it stood after each act."""
    called, now, stood = dict(zip("ab", names, strict=True)), NOON, [Middle()]
    for what, who, minutes, seconds in acts:
        now += timedelta(seconds=seconds)
        by, other = called[who], called["b" if who == "a" else "a"]
        if what == "ask":
            after = asked(stood[-1], by=by, other=other, minutes=minutes, now=now)
        elif what == "hand":
            after = handed_over(stood[-1], by=by, other=other, now=now)
        else:
            after = left(stood[-1], by=by)
        stood.append(after)
    return stood


@laws
@given(st.lists(ACTS, max_size=12))
def test_a_turn_is_there_exactly_while_both_want_it(acts):
    for one in walked(acts):
        assert bool(one.turn_of) == one.is_on == (one.since is not None) == (turn_ends(one) is not None)
        assert one.turn_of in {"", *one.wants}


@laws
@given(st.lists(ACTS, max_size=12))
def test_only_who_has_the_turn_gives_it_and_time_takes_it_from_nobody(acts):
    stood = walked(acts)
    for (what, who, *_), before, after in zip(acts, stood, stood[1:], strict=False):
        if before.is_on and after.is_on and before.turn_of != after.turn_of:
            assert (what, who) == ("hand", before.turn_of)
        if what == "hand" and who != before.turn_of:
            assert after == before, "not even its time begins anew"
        if before.is_on and not after.is_on:
            assert (what, after) == ("leave", Middle(minutes=before.minutes))


@laws
@given(st.lists(ACTS, max_size=12))
def test_swapping_the_two_swaps_the_turns_and_nothing_else(acts):
    swap = {"a": "b", "b": "a", "": ""}
    turned = [
        Middle(frozenset(swap[one] for one in stood.wants), swap[stood.turn_of], stood.since, stood.minutes)
        for stood in walked(acts)
    ]
    assert turned == walked(acts, ("b", "a"))


@laws
@given(st.lists(ACTS, max_size=12))
def test_who_asks_chooses_how_long_and_who_joins_begins(acts):
    stood = walked(acts)
    for (_, who, minutes, _), before, after in zip(acts, stood, stood[1:], strict=False):
        if not before.is_on and after.is_on:
            assert (after.minutes, after.turn_of) == (before.minutes, who)
        elif after.wants > before.wants:
            assert after.minutes == minutes


def test_the_signal_comes_with_the_time_and_not_before():
    on = asked(
        asked(Middle(), by="a", other="b", minutes=3, now=NOON), by="b", other="a", minutes=10, now=NOON
    )
    ends = NOON + timedelta(minutes=3)
    assert turn_ends(on) == ends
    assert [has_passed(on, at) for at in (NOON, ends - timedelta(microseconds=1), ends)] == [
        False,
        False,
        True,
    ]
    assert not has_passed(Middle(), ends)


@laws
@given(st.integers(0, 20_000), st.integers(0, 20_000))
def test_what_is_mostly_mine_to_one_is_mostly_theirs_to_the_other(mine, theirs):
    mirror = {MINE: THEIRS, THEIRS: MINE, ALIKE: ALIKE, TOO_LITTLE: TOO_LITTLE}
    assert balance(theirs, mine) == mirror[balance(mine, theirs)]


def test_balance_in_words():
    told = [(0, 0), (399, 0), (400, 0), (0, 400), (600, 400), (601, 400), (400, 601), (500, 500)]
    assert [balance(*one) for one in told] == [
        TOO_LITTLE,
        TOO_LITTLE,
        MINE,
        THEIRS,
        ALIKE,
        MINE,
        THEIRS,
        ALIKE,
    ]


def test_a_pause_of_more_than_six_hours_begins_a_new_talk():
    six, bit = timedelta(hours=6), timedelta(seconds=1)
    assert this_talk([]) == 0
    assert this_talk([NOON, NOON - six, NOON - 2 * six - bit, NOON - 3 * six]) == 2
    assert this_talk([NOON, NOON - six, NOON - 2 * six]) == 3


@with_database
def test_a_turn_goes_from_hand_to_hand(ana, ben, talk):
    seats = {who: Membership.objects.get(person=who).ref for who in (ana, ben)}

    def stands():
        row = Conversation.objects.get()
        return row.turn_of, row.turn_minutes, Wanted.objects.filter(what="middle").count()

    with clock.stopped_at(NOON) as hands:
        meet_in_the_middle(conversation=talk, minutes=3, by=ana)
        assert stands() == ("", 3, 1)
        hand_over(conversation=talk, by=ana)
        assert stands() == ("", 3, 1)
        meet_in_the_middle(conversation=talk, minutes=10, by=ben)
        assert stands() == (seats[ben], 3, 2)
        hands.move(200)
        hand_over(conversation=talk, by=ana)  # not hers
        assert stands() == (seats[ben], 3, 2)
        hand_over(conversation=talk, by=ben)
        hand_over(conversation=talk, by=ben)  # pressed twice
        assert stands() == (seats[ana], 3, 2)
        assert Conversation.objects.get().turn_at == NOON + timedelta(seconds=200)
        leave_middle(conversation=talk, by=ben)
        assert stands() == ("", 3, 0)
    with pytest.raises(ValueError, match="3, 5 or 10"):
        meet_in_the_middle(conversation=talk, minutes=4, by=ana)


@with_database
def test_nobody_is_stopped_from_writing(ana, ben, talk, say):
    meet_in_the_middle(conversation=talk, minutes=3, by=ana)
    meet_in_the_middle(conversation=talk, minutes=3, by=ben)
    assert [say(who, "Words.").refused for who in (ana, ben)] == [None, None]


@with_database
def test_the_line_of_each(ana, ben, talk):
    browsers = {who: signed_in(Client(), who) for who in (ana, ben)}

    def line(who):
        shown = browsers[who].get(f"/talk/{talk.ref}/").content.decode().split('class="disclosure"')[0]
        hands_over = 'value="middle over"' in shown
        told = [
            said
            for said in (
                "would like to meet in the middle: turns of 3 minutes",
                "It is your turn, until about 12:03.",
                "It is the turn of <bdi>Robin</bdi>, until about 12:03.",
                "It is the turn of <bdi>Ana</bdi>, until about 12:03.",
                "The time of your turn has passed. Hand over when it suits you.",
                "The time of this turn has passed. <bdi>Robin</bdi> hands over when it suits.",
            )
            if said in shown
        ]
        return told, hands_over

    with clock.stopped_at(NOON) as hands:
        browsers[ana].post(f"/talk/{talk.ref}/beside/", {"do": "middle 3"})
        assert line(ana) == ([], False)
        assert line(ben) == (["would like to meet in the middle: turns of 3 minutes"], False)
        browsers[ben].post(f"/talk/{talk.ref}/beside/", {"do": "middle 3"})
        assert line(ana) == (["It is the turn of <bdi>Robin</bdi>, until about 12:03."], False)
        assert line(ben) == (["It is your turn, until about 12:03."], True)
        hands.move(180)
        assert line(ana) == (
            ["The time of this turn has passed. <bdi>Robin</bdi> hands over when it suits."],
            False,
        )
        assert line(ben) == (["The time of your turn has passed. Hand over when it suits you."], True)
        browsers[ana].post(f"/talk/{talk.ref}/beside/", {"do": "middle no"})
        assert [line(who) for who in (ana, ben)] == [([], False)] * 2


def balances(talk, *people) -> list[str]:
    found = []
    for who in people:
        shown = signed_in(Client(), who).get(f"/talk/{talk.ref}/balance/").content.decode()
        found.append(shown.split("data-balance>")[1].split("</p>")[0])
    return found


@with_database
def test_who_has_been_writing_is_told_to_who_asks(ana, ben, talk, say):
    before = signed_in(Client(), ana).get(f"/talk/{talk.ref}/").content.decode()
    assert "data-balance" not in before and "Mostly" not in before
    with clock.stopped_at(NOON) as hands:
        assert balances(talk, ana, ben) == ["Too little yet to say."] * 2
        say(ana, "So it was. " * 300)
        assert balances(talk, ana, ben) == ["Mostly you.", "Mostly <bdi>Ana</bdi>."]
        say(ben, "So it was. " * 350)
        assert balances(talk, ana, ben) == [
            "You wrote about as much as <bdi>Robin</bdi>.",
            "You wrote about as much as <bdi>Ana</bdi>.",
        ]
        hands.move(6 * 3600 + 1)
        say(ben, "So it was. " * 50)  # a new talk
        assert balances(talk, ana, ben) == ["Mostly <bdi>Robin</bdi>.", "Mostly you."]
        withdraw_message(message=Message.objects.get(number=3), by=ben)
        assert balances(talk, ana, ben) == ["Too little yet to say."] * 2


@with_database
def test_the_page_of_it_holds_no_number_and_changes_nothing(ana, ben, talk, say):
    say(ana, "So it was. " * 300)
    say(ben, "So it was. " * 100)
    rows = str([list(model.objects.order_by("pk").values()) for model in (Conversation, Membership)])
    (told,) = balances(talk, ana)
    assert not any(one.isdigit() for one in told)
    assert rows == str([list(model.objects.order_by("pk").values()) for model in (Conversation, Membership)])


@with_database
def test_as_many_queries_for_three_messages_as_for_one(ana, ben, talk, say, django_assert_max_num_queries):
    at, asked_for = signed_in(Client(), ana), []
    for _ in range(2):
        say(ana, "So it was. " * 30)
        say(ben, "So it was. " * 30)
        at.get(f"/talk/{talk.ref}/balance/")
        with django_assert_max_num_queries(60) as asked_now:
            at.get(f"/talk/{talk.ref}/balance/")
        asked_for.append(len(asked_now))
    assert asked_for[0] == asked_for[1]


@with_database
def test_who_is_not_in_it_gets_the_same_404(ana, ben, talk, say):
    cleo = person("Cleo")
    over = open_conversation(people=[(ana, "Ana"), (cleo, "Cleo")], by=SITE)
    send_messages([Draft(cleo.ref, over.ref, "m", "PLANTED")])
    end_conversation(conversation=over, by=cleo)
    answers = [
        signed_in(Client(), who).get(f"/talk/{ref}/balance/")
        for who, ref in ((cleo, talk.ref), (ana, over.ref), (ana, "nothing"))
    ]
    assert [one.status_code for one in answers] == [404] * 3
