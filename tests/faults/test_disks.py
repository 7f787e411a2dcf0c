"""A disk that is full or fails under a place at work: the short form of `python -m tests.faults.disks`; and
connections that would lose what they promise."""

import pytest
from django.db import connections

from beenthere.conversations.actions import Draft, Outcome, open_conversation
from beenthere.conversations.models import Message
from beenthere.conversations.sockets import BATCH, commit
from beenthere.foundation.pragmas import UnsafeDatabase
from beenthere.foundation.refs import SITE
from beenthere.live.batches import batcher_of, close_all
from tests.cast import person, signed_in
from tests.faults.disks import campaign


@pytest.mark.parametrize("fault", ["full", "eio"])
def test_a_failing_disk_loses_nothing_and_says_so(fault):
    seen = campaign(fault, 1)
    assert seen.wrong == []
    assert (seen.times, seen.refused["not_kept"] > 0, seen.pages[200] > 0) == (1, True, True)


def test_a_place_that_hides_it_is_found():
    lost = [line for line in campaign("full", 1, bug="tells_before_keeping").wrong if "lost: " in line]
    assert lost != []


LAZY = [("synchronous=FULL", "synchronous=NORMAL"), ("journal_mode=WAL", "journal_mode=DELETE")]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.parametrize("pragma", LAZY, ids=["synchronous", "journal"])
def test_nothing_is_promised_on_a_connection_that_lost_its_settings(client, pragma, monkeypatch):
    """WAL and FULL can be lost without an exception: so a connection is asked, and refused."""
    ana, ben = person("Ana"), person("Ben")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE)
    draft = Draft(ana.ref, talk.ref, "m1", "Words.")
    signed_in(client, ana)
    client.raise_request_exception = False
    assert connections["default"].vendor == "sqlite"
    options = connections["default"].settings_dict["OPTIONS"]
    with monkeypatch.context() as patch:
        patch.setitem(options, "init_command", options["init_command"].replace(*pragma))
        close_all()
        connections["default"].close()
        outcome = batcher_of(BATCH, commit).submit(draft).result(timeout=30)
        assert outcome == Outcome(refused="not_kept")
        with pytest.raises(UnsafeDatabase):
            Message.objects.count()
        assert client.get(f"/talk/{talk.ref}/").status_code == 503
    assert Message.objects.count() == 0
    assert batcher_of(BATCH, commit).submit(draft).result(timeout=30).number == 1
    assert Message.objects.get().mark == "m1"
