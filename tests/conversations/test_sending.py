"""Words enter by `send_messages` alone: in order, once, each on its own merits."""

import pytest
from django.db import DatabaseError

from beenthere.conversations.actions import (
    Draft,
    Outcome,
    end_conversation,
    open_conversation,
    pause_conversation,
    send_messages,
)
from beenthere.conversations.actions import sending as sending_module
from beenthere.conversations.models import Conversation, Membership, Message
from beenthere.conversations.queries import messages_for
from beenthere.foundation import clock, wire
from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.actions import block
from beenthere.people.models import SUSPENDED, Person
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


def drafts(who, talk, *words, mark="m"):
    return [Draft(who.ref, talk.ref, f"{mark}{number}", text) for number, text in enumerate(words)]


def heard(who, talk):
    return [(said.number, said.mine, said.words) for said in messages_for(who, talk)]


def test_what_is_said_stands_in_order_for_both(ana, ben, talk):
    outcomes = send_messages([*drafts(ana, talk, "One.", "Two."), *drafts(ben, talk, "Three.")])
    assert [(one.number, one.refused, one.repeat) for one in outcomes] == [
        (1, None, False),
        (2, None, False),
        (3, None, False),
    ]
    assert [one.ref for one in outcomes] == list(
        Message.objects.order_by("number").values_list("ref", flat=True)
    )
    assert heard(ana, talk) == [(1, True, "One."), (2, True, "Two."), (3, False, "Three.")]
    assert heard(ben, talk) == [(1, False, "One."), (2, False, "Two."), (3, True, "Three.")]
    assert Conversation.objects.get().last_number == 3


def test_the_same_mark_gets_its_first_answer(ana, ben, talk):
    first, again = send_messages([*drafts(ana, talk, "Once."), *drafts(ana, talk, "Once more.")])
    later = send_messages(drafts(ana, talk, "Once."))
    assert (again, later) == (
        Outcome(first.number, first.ref, repeat=True, at=first.at, by=first.by),
        [Outcome(first.number, first.ref, repeat=True, at=first.at, by=first.by)],
    )
    (bens,) = send_messages(drafts(ben, talk, "The same mark, another person."))
    assert (bens.number, bens.repeat) == (2, False)
    assert heard(ana, talk) == [(1, True, "Once."), (2, False, "The same mark, another person.")]


def test_a_refused_one_takes_no_other_with_it(ana, ben, talk):
    stranger = person("Cleo")
    batch = [
        *drafts(ana, talk, "First.", "", "Second."),
        *drafts(stranger, talk, "I am not in it."),
        Draft(ana.ref, new_ref(), "m9", "To nowhere."),
        *drafts(ben, talk, "   \n", "x" * 4001, "Third."),
    ]
    assert [(one.number, one.refused) for one in send_messages(batch)] == [
        (1, None),
        (None, "empty"),
        (2, None),
        (None, "not_here"),
        (None, "not_here"),
        (None, "empty"),
        (None, "too_long"),
        (3, None),
    ]
    assert [words for _, _, words in heard(ana, talk)] == ["First.", "Second.", "Third."]


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("x" * 4000, None),
        ("x" * 4001, "too_long"),
        ("half a character \ud83d", "unreadable"),
        ("a NUL \0 within", "unreadable"),
        (None, "unreadable"),
        ("\u202eturned \U0001f642 e\u0301", None),
    ],
    ids=["4000", "4001", "surrogate", "nul", "nothing", "any other"],
)
def test_what_can_be_said(ana, talk, words, refused):
    (outcome,) = send_messages([Draft(ana.ref, talk.ref, "m", words)])
    assert outcome.refused == refused
    assert [said.words for said in messages_for(ana, talk)] == ([] if refused else [words])


@pytest.mark.parametrize("mark", ["", "x" * 37, "\0", "\ud83d", None, 7])
def test_a_mark_that_no_database_takes(ana, talk, mark):
    assert send_messages([Draft(ana.ref, talk.ref, mark, "Words.")]) == [Outcome(refused="unreadable")]


def test_one_answer_for_every_reason_why_one_is_not_here(ana, ben, talk):
    other, third = person("Cleo"), person("Dev")
    ended = open_conversation(people=[(ana, "Ana"), (other, "Cleo")], by=SITE)
    end_conversation(conversation=ended, by=other)
    blocked = open_conversation(people=[(ana, "Ana"), (third, "Dev")], by=SITE)
    block(other=ana, by=third)
    Conversation.objects.filter(pk=blocked.pk).update(ended_at=None)  # the gate asks for the block itself
    unknown = Conversation(ref=new_ref())
    not_mine = open_conversation(people=[(ben, "Ben"), (other, "Cleo")], by=SITE)
    outcomes = [send_messages(drafts(ana, one, "Words.")) for one in (ended, blocked, unknown, not_mine)]
    Person.objects.filter(pk=ana.pk).update(standing=SUSPENDED)
    outcomes.append(send_messages(drafts(ana, talk, "Words.")))
    nobody = Draft(new_ref(), talk.ref, "m", "Words.")
    outcomes.append(send_messages([nobody]))
    assert outcomes == [[Outcome(refused="not_here")]] * 6
    assert Message.objects.count() == 0


def test_after_a_failed_commit_each_is_tried_alone(ana, ben, talk, monkeypatch):
    """Planted: whatever batch holds the poisoned mark fails when it is written."""
    writes = sending_module._add

    def poisoned(rows):
        if any(row.mark == "poison0" for row in rows):
            raise DatabaseError("planted")
        writes(rows)

    monkeypatch.setattr(sending_module, "_add", poisoned)
    batch = [
        *drafts(ana, talk, "One.", "Two."),
        *drafts(ben, talk, "This one fails.", mark="poison"),
        *drafts(ben, talk, "Three."),
    ]
    assert [(one.number, one.refused) for one in send_messages(batch)] == [
        (1, None),
        (2, None),
        (None, "not_kept"),
        (3, None),
    ]
    monkeypatch.undo()
    assert [one.number for one in send_messages(batch)] == [1, 2, 4, 3]
    assert [words for _, _, words in heard(ana, talk)] == ["One.", "Two.", "Three.", "This one fails."]


def test_a_commit_whose_answer_was_lost_is_found_again(ana, talk, monkeypatch):
    """The rows are there, but the batch was told that it failed: nothing is kept twice."""
    send, calls = sending_module._send, []

    def forgetful(batch):
        outcomes = send(batch)
        calls.append(len(batch))
        if len(calls) == 1:
            raise DatabaseError("planted: the line broke after the commit")
        return outcomes

    monkeypatch.setattr(sending_module, "_send", forgetful)
    assert [(one.number, one.repeat) for one in send_messages(drafts(ana, talk, "One.", "Two."))] == [
        (1, True),
        (2, True),
    ]
    assert calls == [2, 1, 1]
    assert Message.objects.count() == 2


def test_a_large_batch_is_cut(ana, talk):
    outcomes = send_messages(drafts(ana, talk, *[f"Words {number}." for number in range(600)]))
    assert [one.number for one in outcomes] == list(range(1, 601))


def test_the_bus_hears_once_a_conversation_after_the_commit_and_again_of_a_repeat(
    ana, ben, talk, monkeypatch
):
    other = open_conversation(people=[(ana, "Ana"), (person("Cleo"), "Cleo")], by=SITE)
    told = []
    monkeypatch.setattr(wire, "publish", lambda topic, ref="": told.append((topic, ref)))
    send_messages([*drafts(ana, talk, "One.", "Two."), *drafts(ana, other, "Three.", mark="n")])
    assert sorted(told) == sorted([("talk.said", talk.ref), ("talk.said", other.ref)])
    send_messages([*drafts(ana, talk, "One."), *drafts(ana, talk, "", mark="e")])  # a repeat, a refusal
    assert told[2:] == [("talk.said", talk.ref)]


def test_words_end_ones_own_pause(ana, ben, talk):
    for who in (ana, ben):
        pause_conversation(conversation=talk, by=who)
    send_messages(drafts(ana, talk, "I am back."))
    paused = Membership.objects.order_by("pk").values_list("paused_at", flat=True)
    assert [at is not None for at in paused] == [False, True]


def test_the_same_number_of_queries_for_one_and_for_many(ana, ben, talk):
    others = [person(f"Somebody {number}") for number in range(6)]
    talks = [open_conversation(people=[(ana, "Ana"), (other, "Cleo")], by=SITE) for other in others]
    for one in (talk, *talks):  # what is looked up once and then held, and who is told first
        send_messages(drafts(ana, one, "Before.", mark="before"))
    counted = []
    for batch in (
        drafts(ana, talk, "One.", mark="a"),
        [draft for one in talks for draft in drafts(ana, one, "Two.", "Three.", mark="b")],
    ):
        with CountedQueries() as queries:
            send_messages(batch)
        counted.append(queries.count)
    assert counted[0] == counted[1]


class CountedQueries:
    """How many statements the place's database was asked, transactions left out."""

    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.captured = CaptureQueriesContext(connection)
        self.captured.__enter__()
        return self

    def __exit__(self, *fault):
        self.captured.__exit__(*fault)
        asked = [one["sql"] for one in self.captured.captured_queries]
        self.count = len([sql for sql in asked if not sql.startswith(("BEGIN", "COMMIT"))])


def test_numbers_follow_each_other_across_batches(ana, ben, talk, say):
    for number in range(5):
        assert say(ana if number % 2 else ben, f"Words {number}.").number == number + 1
    with clock.stopped_at(clock.now()) as hands:
        hands.move(-3600)  # a clock that goes back changes no order
        assert say(ana, "Last.").number == 6
    assert [number for number, _, _ in heard(ana, talk)] == [1, 2, 3, 4, 5, 6]
