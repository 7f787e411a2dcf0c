"""Whoever reads on from a cursor has everything once, however words, withdrawals and reads alternate."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beenthere.conversations.access import rooms_of
from beenthere.conversations.actions import Draft, open_conversation, send_messages, withdraw_message
from beenthere.conversations.models import Message
from beenthere.conversations.queries import changes_for, messages_for
from beenthere.conversations.sockets import frame, read
from beenthere.foundation.refs import SITE
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.integers(0, 1), st.integers(1, 3)),
        st.tuples(st.just("withdraw"), st.integers(0, 20), st.just(0)),
        st.tuples(st.just("read"), st.integers(0, 1), st.integers(1, 4)),
    ),
    max_size=14,
)


class Reader:
    """A browser: what it shows by number, its cursor, and every new number that it was given."""

    def __init__(self, who) -> None:
        self.who, self.shown, self.cursor, self.given = who, {}, 0, []

    def read(self, talk, most: int) -> bool:
        """One page of changes; whether there was anything."""
        said, now = changes_for(self.who.ref, rooms_of([talk.ref])[talk.ref], self.cursor, most)
        assert now >= self.cursor
        for one in said:
            if one.number > self.cursor:
                self.given.append(one.number)
            else:
                assert one.withdrawn, "an old one comes again only because it was withdrawn"
            self.shown[one.number] = (one.mine, one.words)
        moved, self.cursor = now != self.cursor, now
        return moved


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_everything_once_and_in_order(ana, ben, steps):
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Robin")], by=SITE)
    people, readers, marks = (ana, ben), (Reader(ana), Reader(ben)), iter(range(1000))
    for kind, first, second in steps:
        if kind == "say":
            who = people[first]
            send_messages([Draft(who.ref, talk.ref, f"m{next(marks)}", "Words.") for _ in range(second)])
        elif kind == "withdraw":
            rows = list(
                Message.objects.filter(conversation=talk).order_by("number").select_related("conversation")
            )
            if rows:
                row = rows[first % len(rows)]
                withdraw_message(message=row, by=people[0] if row.author_ref == ana.ref else people[1])
        else:
            readers[first].read(talk, second)
    for reader in readers:
        while reader.read(talk, 2):
            pass
        there = messages_for(reader.who, talk)
        assert reader.given == [one.number for one in there]
        assert reader.shown == {one.number: (one.mine, one.words) for one in there}


def test_pages_of_two_hundred(ana, ben, talk):
    outcomes = send_messages([Draft(ana.ref, talk.ref, f"m{number}", "Words.") for number in range(450)])
    cursor, numbers, sizes = 0, [], []
    while True:
        frames, now = read(ben.ref, talk.ref, cursor)
        if now == cursor:
            break
        numbers += [one["number"] for one in frames]
        sizes.append(len(frames))
        cursor = now
    assert numbers == [one.number for one in outcomes] == list(range(1, 451))
    assert sizes == [200, 200, 50]
    assert [said.number for said in messages_for(ben, talk, 448)] == [449, 450]


def test_the_frame_of_what_was_just_kept_is_the_one_that_is_read(ana, ben, talk, say):
    draft = Draft(ana.ref, talk.ref, "m", "Words of Ana's.")
    (outcome,) = send_messages([draft])
    assert [frame(draft, outcome)] == read(ben.ref, talk.ref, 0)[0]
    (again,) = send_messages([draft])
    (refused,) = send_messages([Draft(person("Cleo").ref, talk.ref, "m", "Words.")])
    assert (frame(draft, again), frame(draft, refused)) == (None, None)
