"""What both want is there while both do; and what works quietly tells nobody before."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.http import Http404
from django.test import Client

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import end_conversation
from beenthere.conversations.actions.wanting import want, want_no_more
from beenthere.conversations.models import Conversation, Membership, Wanted
from beenthere.conversations.models.between import WANTS
from beenthere.conversations.queries.wanting import both_want, wants_in
from beenthere.foundation import clock, wire
from beenthere.people.actions import block
from tests.cast import person, signed_in

from .test_endings import masked

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
QUIET = ["here", "typing", "read"]
OUTSIDE = "See www.example.org for it."


def page(who, talk, step: str = "") -> str:
    refs = Membership.objects.filter(conversation=talk).values_list("ref", flat=True)
    return masked(signed_in(Client(), who).get(f"/talk/{talk.ref}/{step}").content, talk.ref, *refs)


@pytest.mark.parametrize("what", WANTS)
def test_it_takes_both_and_ends_with_either(ana, ben, talk, what):
    def there():
        return both_want(get_room_for(ana, talk.ref), what)

    want(conversation=talk, what=what, by=ana)
    want(conversation=talk, what=what, by=ana)
    assert wants_in(get_room_for(ben, talk.ref)) == {what: {ana.ref}}
    assert not there()
    want(conversation=talk, what=what, by=ben)
    assert there()
    want_no_more(conversation=talk, what=what, by=ana)
    want_no_more(conversation=talk, what=what, by=ana)
    assert not there()


def test_one_query(ana, ben, talk, django_assert_num_queries):
    room = get_room_for(ana, talk.ref)
    for what in WANTS:
        want(conversation=talk, what=what, by=ana)
        want(conversation=talk, what=what, by=ben)
    with django_assert_num_queries(1):
        assert sorted(wants_in(room)) == sorted(WANTS)


def test_the_door_opens_for_both_and_either_closes_it(ana, ben, talk, say):
    def opened():
        return Conversation.objects.get().door_open_at

    with clock.stopped_at(NOON):
        want(conversation=talk, what="door", by=ana)
        assert (opened(), say(ana, OUTSIDE).refused, say(ben, OUTSIDE).refused) == (
            None,
            "outside",
            "outside",
        )
        want(conversation=talk, what="door", by=ben)
        assert (opened(), say(ana, OUTSIDE).refused, say(ben, OUTSIDE).refused) == (NOON, None, None)
        want_no_more(conversation=talk, what="door", by=ana)
        assert (opened(), say(ana, OUTSIDE).refused, say(ben, OUTSIDE).refused) == (
            None,
            "outside",
            "outside",
        )
        assert wants_in(get_room_for(ana, talk.ref)) == {}, "it takes both of them anew"
        want(conversation=talk, what="door", by=ana)
        assert opened() is None


def test_who_takes_back_a_question_leaves_the_others_alone(ana, ben, talk):
    want(conversation=talk, what="door", by=ana)
    want_no_more(conversation=talk, what="door", by=ben)
    assert wants_in(get_room_for(ana, talk.ref)) == {"door": {ana.ref}}


@pytest.mark.parametrize("what", [*QUIET, "export"])
def test_nobody_is_told_what_the_other_wants_alone(ana, ben, talk, what):
    before = [page(ben, talk, step) for step in ("", "beside/")]
    want(conversation=talk, what=what, by=ana)
    assert [page(ben, talk, step) for step in ("", "beside/")] == before
    want_no_more(conversation=talk, what=what, by=ana)
    assert [page(ben, talk, step) for step in ("", "beside/")] == before


def test_what_one_gives_alone_stays_untold_when_both_do(ana, ben, talk):
    want(conversation=talk, what="export", by=ben)
    before = page(ben, talk)
    want(conversation=talk, what="export", by=ana)
    assert page(ben, talk) == before


@pytest.mark.parametrize("what", ["door", "middle"])
def test_what_is_asked_for_is_shown(ana, ben, talk, what):
    want(conversation=talk, what=what, by=ana)
    says = {"door": "<bdi>Ana</bdi> would open the door", "middle": "<bdi>Ana</bdi> would like to meet"}[what]
    assert says in page(ben, talk)
    assert "<bdi>Robin</bdi> would" not in page(ana, talk).split('class="disclosure"')[0]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.parametrize("what", WANTS)
def test_the_line_carries_no_more_than_the_page_tells(ana, ben, talk, what, monkeypatch):
    """Not even that something changed, where the other is not to know of it."""
    heard = []
    monkeypatch.setattr(wire, "publish", lambda topic, ref="": heard.append((topic, ref)))
    steps = [(want, ana), (want, ana), (want_no_more, ana), (want, ana), (want, ben), (want_no_more, ben)]
    told = []
    for step, who in steps:
        heard.clear()
        step(conversation=talk, what=what, by=who)
        told.append(heard.count(("talk.changed", talk.ref)))
    openly = [1, 0, 1, 1, 1, 1]
    quietly = [0, 0, 0, 0, 1, 1]
    assert told == {"door": openly, "middle": openly, "export": [0] * 6}.get(what, quietly)


@pytest.mark.parametrize("how", ["ended", "blocked", "stranger"])
def test_who_reaches_nobody_wants_nothing(ana, ben, talk, how):
    want(conversation=talk, what="door", by=ana)
    by = ben
    if how == "ended":
        end_conversation(conversation=talk, by=ana)
    elif how == "blocked":
        block(other=ben, by=ana)
    else:
        by = person("Cleo")
    for what in WANTS:
        for step in (want, want_no_more):
            with pytest.raises(Http404):
                step(conversation=talk, what=what, by=by)
    answer = signed_in(Client(), by).post(f"/talk/{talk.ref}/beside/", {"do": "yes door"})
    assert answer.status_code == 404
    assert Conversation.objects.get().door_open_at is None
    assert Wanted.objects.count() == 1


def test_only_what_there_is(ana, talk):
    for step in (want, want_no_more):
        with pytest.raises(ValueError, match="Nobody can want"):
            step(conversation=talk, what="everything", by=ana)


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_both_at_once(ana, ben, talk):
    """The door is open exactly while both want it, however they meet."""
    moves = {
        "both say yes": [(want, ana), (want, ben)],
        "one closes as the other opens": [(want, ana), (want, ben), (want_no_more, ana)],
        "both close": [(want_no_more, ana), (want_no_more, ben), (want, ana)],
    }
    for steps in moves.values():
        together, errors = threading.Barrier(len(steps)), []

        def do(step, who, together=together, errors=errors):
            try:
                together.wait(60)
                step(conversation=talk, what="door", by=who)
            except Exception as error:
                errors.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=do, args=one) for one in steps]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert (Conversation.objects.get().door_open_at is not None) == (
            both_want(get_room_for(ana, talk.ref), "door")
        )
    assert Wanted.objects.count() <= 2
