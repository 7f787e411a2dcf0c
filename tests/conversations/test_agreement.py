"""The agreement of a pair holds when both said yes, and not before."""

import threading
from datetime import UTC, datetime
from functools import partial

import pytest
from django.conf import settings
from django.db import connection, connections
from django.http import Http404
from django.test import Client
from re2 import findall

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import end_conversation, open_conversation
from beenthere.conversations.actions.agreeing import (
    AgreementRefused,
    agree,
    not_now,
    propose_agreement,
    take_back_proposal,
)
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.core.agreeing import agreement_fault, changed_parts, tidied
from beenthere.conversations.models import Agreement
from beenthere.conversations.queries.agreeing import agreement_in_force, agreements_in
from beenthere.foundation import clock, wire
from beenthere.foundation.refs import SITE
from beenthere.people.actions import block
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SLOW = {
    "pace": "Slow pace",
    "leave_out": "hospitals",
    "crisis": "We say so.",
    "ending": "either of us may end without a reason",
    "silence_days": 30,
}
QUICK = {**SLOW, "pace": "As it comes", "silence_days": 0}


def stands(who, talk) -> tuple:
    """The pace in force and who proposed it, the pace proposed and by whom, and what was before."""
    found = agreements_in(get_room_for(who, talk.ref), who)
    told = [
        one and (one.told["pace"], "mine" if one.mine else "theirs")
        for one in (found.in_force, found.proposal)
    ]
    return (*told, [one.told["pace"] for one in found.before])


def in_force(who, talk) -> dict | None:
    return agreement_in_force(get_room_for(who, talk.ref))


def test_it_holds_when_both_said_yes(ana, ben, talk):
    proposal = propose_agreement(conversation=talk, told=SLOW, by=ana)
    assert in_force(ana, talk) is None
    assert stands(ana, talk) == (None, ("Slow pace", "mine"), [])
    assert stands(ben, talk) == (None, ("Slow pace", "theirs"), [])
    assert agree(conversation=talk, proposal=proposal.ref, by=ben)
    assert in_force(ana, talk) == in_force(ben, talk) == SLOW
    assert stands(ana, talk) == (("Slow pace", "mine"), None, [])
    assert stands(ben, talk) == (("Slow pace", "theirs"), None, [])


def test_nobody_agrees_with_themselves_alone(ana, ben, talk):
    proposal = propose_agreement(conversation=talk, told=SLOW, by=ana)
    assert not agree(conversation=talk, proposal=proposal.ref, by=ana)
    assert not not_now(conversation=talk, proposal=proposal.ref, by=ana)
    assert not take_back_proposal(conversation=talk, proposal=proposal.ref, by=ben)
    assert stands(ana, talk) == (None, ("Slow pace", "mine"), [])


def test_a_change_holds_only_with_another_yes(ana, ben, talk):
    agree(conversation=talk, proposal=propose_agreement(conversation=talk, told=SLOW, by=ana).ref, by=ben)
    change = propose_agreement(conversation=talk, told=QUICK, by=ben)
    assert in_force(ana, talk) == SLOW
    found = agreements_in(get_room_for(ana, talk.ref), ana)
    assert found.proposal.changed == {"pace", "silence_days"}
    agree(conversation=talk, proposal=change.ref, by=ana)
    assert in_force(ana, talk) == QUICK
    assert stands(ana, talk) == (("As it comes", "theirs"), None, ["Slow pace"])
    assert stands(ben, talk) == (("As it comes", "mine"), None, ["Slow pace"])


@pytest.mark.parametrize("step", [not_now, take_back_proposal])
def test_a_proposal_that_is_closed_changes_nothing(ana, ben, talk, step):
    agree(conversation=talk, proposal=propose_agreement(conversation=talk, told=SLOW, by=ana).ref, by=ben)
    change = propose_agreement(conversation=talk, told=QUICK, by=ana)
    by = ben if step is not_now else ana
    assert step(conversation=talk, proposal=change.ref, by=by)
    assert not step(conversation=talk, proposal=change.ref, by=by)
    assert not agree(conversation=talk, proposal=change.ref, by=ben)
    assert stands(ana, talk) == (("Slow pace", "mine"), None, [])


def test_a_yes_is_a_yes_to_what_was_read(ana, ben, talk):
    """Ana changes her proposal while Ben reads the first."""
    first = propose_agreement(conversation=talk, told=SLOW, by=ana)
    propose_agreement(conversation=talk, told=QUICK, by=ana)
    assert not agree(conversation=talk, proposal=first.ref, by=ben)
    assert stands(ben, talk) == (None, ("As it comes", "theirs"), [])


def test_the_others_proposal_stands_until_it_is_answered(ana, ben, talk):
    first = propose_agreement(conversation=talk, told=SLOW, by=ana)
    with pytest.raises(AgreementRefused) as refused:
        propose_agreement(conversation=talk, told=QUICK, by=ben)
    assert refused.value.why == "stands"
    not_now(conversation=talk, proposal=first.ref, by=ben)
    propose_agreement(conversation=talk, told=QUICK, by=ben)
    assert stands(ben, talk) == (None, ("As it comes", "mine"), [])


@pytest.mark.parametrize(
    ("told", "part", "why"),
    [
        ({"pace": "x" * 301}, "pace", "too_long"),
        ({"crisis": "a\0b"}, "crisis", "unreadable"),
        ({"ending": "\ud800"}, "ending", "unreadable"),
        ({"leave_out": 7}, "leave_out", "unreadable"),
        ({"silence_days": 8}, "silence_days", "unreadable"),
        ({"silence_days": True}, "silence_days", "unreadable"),
        ({"silence_days": "14"}, "silence_days", "unreadable"),
        ({"crisis": "Call me: 07700 900 123"}, "crisis", "outside"),
    ],
)
def test_what_cannot_be_proposed(ana, talk, told, part, why):
    with pytest.raises(AgreementRefused) as refused:
        propose_agreement(conversation=talk, told={**SLOW, **told}, by=ana)
    assert (refused.value.part, refused.value.why) == (part, why)
    assert Agreement.objects.count() == 0


def test_what_leads_outside_is_proposed_once_the_door_is_open(ana, ben, talk):
    for who in (ana, ben):
        want(conversation=talk, what="door", by=who)
    assert propose_agreement(conversation=talk, told={**SLOW, "crisis": "Call me: 07700 900 123"}, by=ana)


def test_what_is_missing_is_empty_and_the_silence_the_usual():
    told = tidied({"pace": " Slow\r\n pace "})
    assert told == {"pace": "Slow\n pace", "leave_out": "", "crisis": "", "ending": "", "silence_days": 14}
    assert agreement_fault(told) is None
    assert changed_parts(told, None) == frozenset()


def test_it_is_sealed(ana, ben, talk):
    propose_agreement(conversation=talk, told={**SLOW, "pace": "PLANTED"}, by=ana)
    with connection.cursor() as cursor:
        cursor.execute("SELECT told FROM conversations_agreement")
        assert b"PLANTED" not in bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("how", ["ended", "blocked", "stranger"])
def test_who_reaches_nobody_settles_nothing(ana, ben, talk, how):
    proposal = propose_agreement(conversation=talk, told=SLOW, by=ana)
    by = ben
    if how == "ended":
        end_conversation(conversation=talk, by=ana)
    elif how == "blocked":
        block(other=ben, by=ana)
    else:
        by = person("Cleo")
    steps = [
        lambda: propose_agreement(conversation=talk, told=QUICK, by=by),
        lambda: agree(conversation=talk, proposal=proposal.ref, by=by),
        lambda: not_now(conversation=talk, proposal=proposal.ref, by=by),
    ]
    for step in steps:
        with pytest.raises(Http404):
            step()
    browser = signed_in(Client(), by)
    address = f"/talk/{talk.ref}/agreement/"
    given = {"do": "yes", "proposal": proposal.ref}
    assert [browser.get(address).status_code, browser.post(address, given).status_code] == [404, 404]
    assert list(Agreement.objects.values_list("ref", "agreed_at", "closed_at")) == [
        (proposal.ref, None, None)
    ]


def test_a_proposal_of_another_conversation_is_not_answered_here(ana, ben, talk):
    cleo = person("Cleo")
    elsewhere = open_conversation(people=[(ana, "Ana"), (cleo, "Cleo")], by=SITE)
    proposal = propose_agreement(conversation=elsewhere, told=SLOW, by=cleo)
    assert not agree(conversation=talk, proposal=proposal.ref, by=ana)
    assert in_force(ana, elsewhere) is None


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_open_pages_hear_of_each_step_once_it_is_kept(ana, ben, talk, monkeypatch):
    heard = []
    monkeypatch.setattr(wire, "publish", lambda topic, ref="": heard.append((topic, ref)))
    first = propose_agreement(conversation=talk, told=SLOW, by=ana)
    not_now(conversation=talk, proposal=first.ref, by=ben)
    assert heard == [("talk.changed", talk.ref)] * 2
    agree(conversation=talk, proposal=first.ref, by=ben)  # nothing is there to agree to
    with pytest.raises(AgreementRefused):
        propose_agreement(conversation=talk, told={"pace": "\0"}, by=ana)
    assert len(heard) == 2


def at_once(*steps) -> list:
    """What each gave or raised, all begun at one moment in threads of their own."""
    together, given = threading.Barrier(len(steps)), [None] * len(steps)

    def do(number: int) -> None:
        try:
            together.wait(60)
            given[number] = steps[number]()
        except AgreementRefused as refused:
            given[number] = refused.why
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(steps))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_who_propose_at_once(ana, ben, talk):
    for _ in range(5):
        Agreement.objects.all().delete()
        given = at_once(
            lambda: propose_agreement(conversation=talk, told=SLOW, by=ana),
            lambda: propose_agreement(conversation=talk, told=QUICK, by=ben),
        )
        (row,) = Agreement.objects.all()
        first, second = given if row.author_ref == ana.ref else given[::-1]
        assert (first.ref, second) == (row.ref, "stands")


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_a_yes_a_change_and_a_taking_back_at_once(ana, ben, talk):
    for _ in range(5):
        Agreement.objects.all().delete()
        first = propose_agreement(conversation=talk, told=SLOW, by=ana)
        named = {"conversation": talk, "proposal": first.ref}
        yes, also, back, changed = at_once(
            partial(agree, **named, by=ben),
            partial(agree, **named, by=ben),
            partial(take_back_proposal, **named, by=ana),
            partial(propose_agreement, conversation=talk, told=QUICK, by=ana),
        )
        row = Agreement.objects.get(ref=first.ref)
        assert (row.agreed_at is None) != (row.closed_at is None)
        assert [yes, also].count(True) == int(row.agreed_at is not None)
        assert not (back and row.agreed_at)
        assert in_force(ana, talk) == (SLOW if row.agreed_at else None)
        assert stands(ben, talk)[1] == ("As it comes", "theirs")
        assert changed.ref != first.ref


def boxes(page: str) -> list[str]:
    return [one.strip() for one in findall(r"(?s)<textarea[^>]*>(.*?)</textarea>", page)]


def test_the_page_of_it(ana, ben, talk):
    address = f"/talk/{talk.ref}/agreement/"
    anas, bens = (signed_in(Client(), who) for who in (ana, ben))
    first = anas.get(address).content.decode()
    assert boxes(first)[0] == "No hurry: each of us answers when there is room for it"
    assert '<option value="14" selected>after 14 days</option>' in first
    assert anas.post(address, {**SLOW, "do": "propose"})["Location"] == address
    shown = bens.get(address).content.decode()
    assert "<bdi>Robin</bdi>" not in shown and "<bdi>Ana</bdi> proposes this" in shown
    assert boxes(shown) == []
    assert "<bdi>Ana</bdi> proposes an agreement." in bens.get(f"/talk/{talk.ref}/").content.decode()
    assert boxes(anas.get(address).content.decode())[0] == "Slow pace"
    (proposal,) = Agreement.objects.values_list("ref", flat=True)
    with clock.stopped_at(NOON):
        bens.post(address, {"do": "yes", "proposal": proposal})
    for client, who in ((anas, "You proposed it."), (bens, "<bdi>Ana</bdi> proposed it.")):
        assert f"Agreed on March 2, 2026. {who}" in client.get(address).content.decode()
    talked = anas.get(f"/talk/{talk.ref}/").content.decode()
    line = talked.split('class="agreed">')[1].split("</p>")[0]
    parts = ["Slow pace", "left out: hospitals", "either of us may end without a reason"]
    assert findall("<bdi>(.*?)</bdi>", line) == parts
    assert "Our agreement" in line


def test_what_was_written_is_there_after_a_refusal(ana, ben, talk):
    address = f"/talk/{talk.ref}/agreement/"
    at = signed_in(Client(), ben)
    refused = at.post(address, {**SLOW, "crisis": "www.example.org", "do": "propose"})
    assert refused.status_code == 422
    assert boxes(refused.content.decode())[2] == "www.example.org"
    assert "until both of you open the door" in refused.content.decode()
    propose_agreement(conversation=talk, told=SLOW, by=ana)
    late = at.post(address, {**QUICK, "do": "propose"})
    assert late.status_code == 422
    assert boxes(late.content.decode())[0] == "As it comes"
    assert "was first" in late.content.decode()
    assert "<bdi>Ana</bdi> proposes this" in late.content.decode()
    (proposal,) = Agreement.objects.values_list("ref", flat=True)
    take_back_proposal(conversation=talk, proposal=proposal, by=ana)
    gone = at.post(address, {"do": "yes", "proposal": proposal}).content.decode()
    assert "That proposal does not stand any more." in gone


def test_as_many_queries_for_three_agreements_as_for_one(ana, ben, talk, django_assert_max_num_queries):
    at, asked = signed_in(Client(), ana), []
    for rounds in (1, 2):
        for _ in range(rounds):
            one = propose_agreement(conversation=talk, told=SLOW, by=ana)
            agree(conversation=talk, proposal=one.ref, by=ben)
        for address in (f"/talk/{talk.ref}/agreement/", f"/talk/{talk.ref}/"):
            at.get(address)
            with django_assert_max_num_queries(60) as made:
                at.get(address)
            asked.append(len(made))
    assert asked[:2] == asked[2:]


def test_the_days_of_silence_speak_the_language_of_who_looks(ana, talk):
    at = signed_in(Client(), ana)
    shown = []
    for language in ("en", "es"):
        at.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = at.get(f"/talk/{talk.ref}/agreement/").content.decode()
        shown += findall(r'<option value="14"[^>]*>([^<]*)', page)
    assert shown == ["after 14 days", "después de 14 días"]
