"""A commit whose answer was lost: the words are there, and nobody here knows. Sent again with the same mark
they are kept once, and everybody is shown them, also when nothing is said after them."""

from contextlib import contextmanager

import pytest
from django.db import OperationalError

from beenthere.conversations.actions import open_conversation, sending
from beenthere.conversations.models import Message
from beenthere.foundation import wire
from tests.cast import person
from tests.live.talk import hear, tell

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.fixture
def answer_is_lost(monkeypatch):
    """The next commit of messages reaches the disk, and the connection breaks before it says so."""
    truly = sending.writing

    @contextmanager
    def writing():
        with truly():
            yield
        monkeypatch.setattr(sending, "writing", truly)
        raise OperationalError("the connection is lost")

    monkeypatch.setattr(sending, "writing", writing)


def until(socket, name: str) -> dict:
    """The next frame with that name; others (who is here, what changed) pass by."""
    while name not in (frame := hear(socket)):
        continue
    return frame


def test_words_of_a_commit_in_doubt_reach_everybody(served_place, answer_is_lost, monkeypatch):
    ana, ben = person("Ana"), person("Ben")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=ana)
    published, truly = [], wire.publish
    monkeypatch.setattr(wire, "publish", lambda *told: (published.append(told), truly(*told)))
    with served_place.socket_of(ana) as one, served_place.socket_of(ben) as two:
        for each in (one, two):
            tell(each, open=talk.ref, after=0)
            assert until(each, "open")["now"] == 0
        tell(one, say=talk.ref, mark="m1", words="Are you there?")
        assert until(one, "refused") == {"refused": "m1", "why": "not_kept"}
        assert Message.objects.count() == 1
        tell(one, say=talk.ref, mark="m1", words="Are you there?")
        assert until(one, "kept")["number"] == 1
        assert [until(each, "said")["number"] for each in (one, two)] == [1, 1]
    assert (sending.SAID, talk.ref) in published  # for the windows of other processes
    assert Message.objects.count() == 1
