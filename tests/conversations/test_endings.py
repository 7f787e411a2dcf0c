"""However it ends, both keep one and the same page; and nothing tells the two sides of a pair apart."""

from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from re2 import sub

from beenthere.conversations.actions import (
    Draft,
    choose_name,
    end_conversation,
    open_conversation,
    pause_conversation,
    send_messages,
    withdraw_message,
)
from beenthere.conversations.models import Conversation, Membership, Message
from beenthere.conversations.queries import conversations_of, messages_for
from beenthere.conversations.sockets import may_read, read
from beenthere.conversations.tasks.holding import let_holds_go
from beenthere.foundation import clock, wire
from beenthere.foundation.events import _reactions
from beenthere.foundation.keys.actions import destroy_key
from beenthere.foundation.keys.opening import drop_opened
from beenthere.foundation.refs import SITE
from beenthere.people.actions import delete_person
from beenthere.people.models import Company
from beenthere.people.queries import is_blocked_between, refs_in_company_with
from beenthere.safety.actions import Refused, make_report
from tests.cast import person, signed_in
from tests.conversations.endings import blocks, goes, is_blocked, leaves

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
TOKEN = r'name="csrfmiddlewaretoken" value="[^"]*"'


def masked(body: bytes, *known: str) -> str:
    """A page without what differs by chance: the tokens of its forms, marks, and the refs in `known`."""
    text = sub(TOKEN, "TOKEN", body.decode())
    text = sub(r'name="mark" value="[^"]*"', "MARK", text)
    for ref in known:
        text = text.replace(ref, "REF")
    return text


def page(who, address: str) -> bytes:
    return signed_in(Client(), who).get(address).content


def both_pages(who, talk) -> list[str]:
    return [masked(page(who, one), talk.ref) for one in (f"/talk/{talk.ref}/", "/talk/")]


@pytest.fixture
def talked(ana, ben, talk, say):
    for number in range(3):
        say(ana, f"Ana's own, {number}.")
        say(ben, f"PLANTED of Ben's, {number}.")
    return talk


def is_going(talk, ben, ana):
    """Between the destruction of the key and that of the rows."""
    destroy_key(owner=ben.ref, by=ben)


def unheard(ends):
    """The same, while no reaction runs: the gates look for themselves."""

    def without_reactions(talk, ben, ana):
        kept = dict(_reactions)
        _reactions.clear()
        try:
            ends(talk, ben, ana)
        finally:
            _reactions.update(kept)

    return without_reactions


ENDS = {
    "leaves": leaves,
    "blocks": blocks,
    "is blocked": is_blocked,
    "goes": goes,
    "is going": is_going,
    "blocks, unheard": unheard(is_blocked),
    "goes, unheard": unheard(goes),
}


def test_the_page_is_the_same_whichever_way_it_ended(ana, ben, talked):
    """One world, ended in each way, and put back in between."""
    before = both_pages(ana, talked)
    pages = {}
    for how, ends in ENDS.items():
        if how in ("goes", "is going", "goes, unheard"):
            continue
        with transaction.atomic():
            ends(talked, ben, ana)
            pages[how] = both_pages(ana, talked)
            transaction.set_rollback(True)
    assert both_pages(ana, talked) == before
    ends = ["is going", "goes"]
    for how in ends:
        ENDS[how](talked, ben, ana)
        pages[how] = both_pages(ana, talked)
    first = pages["leaves"]
    assert "Ana&#x27;s own, 2." in first[0] and "PLANTED" in before[0]
    assert [how for how, shown in pages.items() if shown != first] == []
    assert "PLANTED" not in "".join(first) and "Robin" not in "".join(first)


def leaves_and_withdraws(talk, ben, ana):
    leaves(talk, ben, ana)
    withdraw_message(message=Message.objects.get(conversation=talk, number=4), by=ben)


def leaves_and_goes(talk, ben, ana):
    leaves(talk, ben, ana)
    goes(talk, ben, ana)


DAY = 86400
NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)
# How it ended, and what the other did some days later.
LATER = {
    "leaves": (leaves, 0, None),
    "blocks": (blocks, 0, None),
    "is blocked": (is_blocked, 0, None),
    "goes": (goes, 0, None),
    "goes twice": (goes, 0, goes),
    "leaves and withdraws": (leaves_and_withdraws, 0, None),
    "leaves and goes": (leaves_and_goes, 0, None),
    "leaves, withdraws later": (leaves, 3, leaves_and_withdraws),
    "leaves, goes later": (leaves, 3, leaves_and_goes),
    "leaves, goes at last": (leaves, 9, leaves_and_goes),
    "blocks, goes later": (blocks, 7, goes),
}


@contextmanager
def put_back():
    """Afterwards both databases are as they were."""
    with ExitStack() as both:
        for using in ("default", "keys"):
            both.enter_context(transaction.atomic(using=using))
        yield
        for using in ("default", "keys"):
            transaction.set_rollback(True, using=using)
    drop_opened()


def week_after(who, talk, ben, how: str) -> list:
    """What reaches `who` on the day of an ending and on each of the nine after it: the pages, the door, and
    which numbers a report of theirs would hold."""
    ends, later, then = LATER[how]
    door, found = f"/safety/report/{talk.ref}/", []
    with clock.stopped_at(NOON) as hands:
        ends(talk, ben, who)
        for day in range(10):
            if then is not None and day == later:
                then(talk, ben, who)
            let_holds_go()
            drop_opened()
            pages = [
                masked(page(who, one), talk.ref) for one in (f"/talk/{talk.ref}/", door, f"{door}?number=4")
            ]
            try:
                told = make_report(conversation=talk, numbers=range(1, 9), note="", by=who).copied
                held = [(one["number"], one["at"], one["proven"]) for one in told]
            except Refused:
                held = []
            found.append([day, door in page(who, f"/talk/{talk.ref}/").decode(), held, pages])
            hands.move(DAY)
    return found


@pytest.fixture
def reportable(ana, ben, talk, say):
    """Ana's odd, Ben's even; Ben took 2 back four days before the end."""
    with clock.stopped_at(NOON) as hands:
        hands.move(-5 * DAY)
        for number in range(3):
            say(ana, f"Ana's own, {number}.")
            say(ben, f"PLANTED of Ben's, {number}.")
        hands.move(DAY)
        withdraw_message(message=Message.objects.get(number=2), by=ben)
    return talk


def test_the_way_to_report_tells_nothing_of_the_ending(ana, ben, reportable):
    weeks = {}
    for how in LATER:
        with put_back():
            weeks[how] = week_after(ana, reportable, ben, how)
    first = weeks["leaves"]
    assert [how for how, week in weeks.items() if week != first] == []
    assert [open_ for _, open_, _, _ in first] == [True] * 8 + [False] * 2
    numbers = [[number for number, _, _ in held] for _, _, held, _ in first]
    with_2 = [1, 2, 3, 4, 5, 6]
    assert numbers == [with_2] * 4 + [[1, 3, 4, 5, 6]] * 4 + [[1, 3, 5]] * 2
    assert {proven for _, _, held, _ in first for _, _, proven in held} == {True}
    assert "PLANTED" not in str(first) and "Robin" not in str(first)
    assert 'value="4" checked' in first[7][3][2] and 'value="4"' not in first[8][3][2]


def test_the_week_can_tell_endings_apart(ana, ben, reportable, monkeypatch):
    """Were words only held when they are withdrawn, a deletion would show."""
    monkeypatch.setattr("beenthere.people.actions.coming.prepare_leaving", lambda *given, **named: None)
    weeks = []
    for how in ("leaves", "goes"):
        with put_back():
            weeks.append(week_after(ana, reportable, ben, how))
    assert weeks[0] != weeks[1]


@pytest.mark.parametrize("how", ENDS)
def test_nothing_of_the_other_is_read_any_more(ana, ben, talked, how):
    assert may_read(ana.ref, talked.ref)
    ENDS[how](talked, ben, ana)
    own = [(1, "Ana's own, 0."), (3, "Ana's own, 1."), (5, "Ana's own, 2.")]
    assert [(said.number, said.words) for said in messages_for(ana, talked)] == own
    frames, cursor = read(ana.ref, talked.ref, 0)
    assert "PLANTED" not in str(frames)
    (line,) = conversations_of(ana)
    assert (line.name, line.is_open, line.waits) == (None, False, False)
    if how != "is going":  # the key alone: only the words are gone
        assert (frames, cursor) == ([], 0)
        assert not may_read(ana.ref, talked.ref)
        assert [one.refused for one in send_messages([Draft(ana.ref, talked.ref, "late", "Hello?")])] == [
            "not_here"
        ]


@pytest.mark.parametrize("how", ["leaves", "blocks", "is blocked", "goes"])
def test_the_pair_is_over_for_all_below(ana, ben, talked, how, monkeypatch):
    told = []
    monkeypatch.setattr(wire, "publish", lambda topic, ref="": told.append((topic, ref)))
    assert refs_in_company_with(ana) == {ben.ref}
    ENDS[how](talked, ben, ana)
    assert ("talk.closed", talked.ref) in told
    assert refs_in_company_with(ana) == set()
    assert not Company.objects.filter(subject=talked.ref, ended_at=None).exists()
    assert is_blocked_between(ana.ref, ben.ref) == (how in ("blocks", "is blocked"))
    assert Conversation.objects.get().ended_at is not None


def test_the_bus_hears_of_an_ending_only_once_it_is_true(ana, ben, talked, monkeypatch):
    told = []
    monkeypatch.setattr(wire, "publish", lambda topic, ref="": told.append(topic))
    with transaction.atomic():
        end_conversation(conversation=talked, by=ana)
        transaction.set_rollback(True)
    assert told == []


def test_when_both_are_gone_nothing_remains(ana, ben, talked):
    delete_person(person=ana, by=ana)
    delete_person(person=ben, by=ben)
    counts = [model.objects.count() for model in (Conversation, Membership, Message)]
    assert counts == [0, 0, 0]


def test_withdrawn_words_are_gone_for_both(ana, ben, talked):
    message = Message.objects.get(number=1)
    with pytest.raises(PermissionError):
        withdraw_message(message=message, by=ben)
    withdraw_message(message=message, by=ana)
    withdraw_message(message=message, by=ana)
    assert Message.objects.get(number=1).__dict__["words"] is None
    for who in (ana, ben):
        first, *rest = messages_for(who, talked)
        assert (first.number, first.words, first.withdrawn) == (1, None, True)
        assert [said.number for said in rest] == [2, 3, 4, 5, 6]
        assert "Ana&#x27;s own, 0." not in page(who, f"/talk/{talked.ref}/").decode()
    frames, cursor = read(ben.ref, talked.ref, 6)
    assert [(one["number"], one["words"], one["withdrawn"]) for one in frames] == [(1, "", True)]
    assert read(ben.ref, talked.ref, cursor) == ([], 7)


def test_the_other_sees_nothing_of_a_pause(ana, ben, talked):
    before = both_pages(ben, talked)
    pause_conversation(conversation=talked, by=ana)
    assert both_pages(ben, talked) == before
    assert "You have paused here" in page(ana, f"/talk/{talked.ref}/").decode()


def _walk(one, other, talk) -> list[str]:
    """`one` looks; both write the same words."""
    refs = [*Membership.objects.filter(conversation=talk).values_list("ref", flat=True), talk.ref]
    client, shown = signed_in(Client(), one), []

    def look(address: str = f"/talk/{talk.ref}/") -> None:
        answer = client.get(address)
        text = sub(r'datetime="[^"]*"|\d\d:\d\d', "WHEN", masked(answer.content, *refs))
        shown.append(f"{answer.status_code} {text}")

    def post(step: str, **given) -> None:
        answer = client.post(f"/talk/{talk.ref}/{step}", given)
        where = answer.headers.get("Location", "").replace(talk.ref, "REF")
        shown.append(f"{answer.status_code} {where}")

    look()
    post("", words="Hello.", mark="m1")
    send_messages([Draft(other.ref, talk.ref, "m2", "Hello back.")])
    look()
    look("/talk/")
    for step, given in [
        ("pause/", {}),
        ("resume/", {}),
        ("name/", {"name": "Robin"}),
        ("withdraw/", {"number": 1}),
    ]:
        post(step, **given)
        look()
    post("withdraw/", number=2)  # the other's
    choose_name(conversation=talk, name="Kim", by=other)
    look()
    post("block/")
    look()
    post("", words="Still there?", mark="m3")
    look("/talk/")
    return shown


def test_swap_the_two_and_nothing_changes():
    """Each world has the pair opened with the two in either order; whoever walks through it, as the first
    or as the second of the pair, is shown the same and may do the same."""
    worlds = []
    for turned in (False, True):
        walker, other = person("Walker"), person("Other")
        people = [(walker, "Somebody"), (other, "Somebody")]
        talk = open_conversation(people=people[::-1] if turned else people, by=SITE)
        worlds.append(_walk(walker, other, talk))
    assert worlds[0] == worlds[1]
    assert len(worlds[0]) == 18
