"""The block beside the words: calm, the same for both, and following what they do."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from re2 import findall

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import choose_name, end_conversation, open_conversation
from beenthere.conversations.actions.agreeing import propose_agreement
from beenthere.conversations.actions.lamp import light_lamp, show_wish
from beenthere.conversations.actions.middle import meet_in_the_middle
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.models import Conversation, Membership, Wanted
from beenthere.conversations.models.between import WANTS
from beenthere.conversations.queries import seen_by
from beenthere.conversations.queries.beside import LINE, beside_for, in_one_line
from beenthere.foundation import clock
from beenthere.foundation.keys.opening import drop_opened
from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.actions import block
from tests.cast import needs_sign_in, person, signed_in

from .test_endings import masked

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TOLD = {"pace": "Slow", "leave_out": "", "crisis": "", "ending": "Gently", "silence_days": 14}
ADDRESSES = ("beside/", "balance/", "agreement/")


def block_of(who, talk) -> str:
    refs = [talk.ref, *Membership.objects.filter(conversation=talk).values_list("ref", flat=True)]
    shown = signed_in(Client(), who).get(f"/talk/{talk.ref}/").content
    return masked(shown, *refs).split("<live-beside")[1].split("</live-beside>")[0]


def values(who, talk) -> dict:
    room, mine, _ = seen_by(who, get_room_for(who, talk.ref))
    return beside_for(who, room, mine)["beside"]


def busy(talk, one, other) -> None:
    """Everything that one can do alone, by `one`."""
    light_lamp(conversation=talk, minutes=15, by=one)
    show_wish(conversation=talk, wish="heard", by=one)
    meet_in_the_middle(conversation=talk, minutes=5, by=one)
    for what in WANTS:
        want(conversation=talk, what=what, by=one)
    propose_agreement(conversation=talk, told=TOLD, by=one)


def test_the_words_come_first(ana, talk):
    """Where nothing was settled or shown there is one quiet line and one closed disclosure."""
    shown = block_of(ana, talk)
    assert findall(r'<p class="([a-z]+)', shown.split("<details")[0]) == ["unseen", "agreed"]
    assert findall(r"<details[^>]*>", shown) == ['<details class="disclosure" data-key="between">']
    assert findall("<form", shown) == ["<form"]


def test_every_button_is_a_step_that_is_known(ana, ben, talk):
    from beenthere.conversations.views.beside import STEPS

    seen = set(findall(r'name="do" value="([^"]+)"', block_of(ana, talk)))
    busy(talk, ana, ben)
    for who in (ana, ben):
        seen |= set(findall(r'name="do" value="([^"]+)"', block_of(who, talk)))
    meet_in_the_middle(conversation=talk, minutes=5, by=ben)
    for what in WANTS:
        want(conversation=talk, what=what, by=ben)
    for who in (ana, ben):
        seen |= set(findall(r'name="do" value="([^"]+)"', block_of(who, talk)))
    assert seen == set(STEPS) - {"yes middle", "no middle"}


def test_each_button_works_without_a_script(ana, ben, talk):
    at = signed_in(Client(), ana)
    with clock.stopped_at(NOON):
        for step in ("lamp 60", "wish hopeful", "middle 10", "yes door", "yes typing", "yes export", "none"):
            answer = at.post(f"/talk/{talk.ref}/beside/", {"do": step})
            assert (answer.status_code, answer["Location"]) == (302, f"/talk/{talk.ref}/#beside")
    mine = Membership.objects.get(person=ana)
    assert (mine.here_until, mine.wish) == (NOON + timedelta(hours=1), "hopeful")
    wanted = Wanted.objects.filter(membership=mine).values_list("what", flat=True)
    assert sorted(wanted) == ["door", "export", "middle", "typing"]
    assert Conversation.objects.get().turn_minutes == 10


def test_swap_the_two_and_nothing_changes():
    """What one sees of what they did, and what the other sees of it, whoever of the two did it."""
    worlds = []
    for first_acts in (True, False):
        two = [person("First"), person("Second")]
        talk = open_conversation(people=[(one, "Somebody") for one in two], by=SITE)
        acts, looks = two if first_acts else two[::-1]
        with clock.stopped_at(NOON):
            busy(talk, acts, looks)
            worlds.append((block_of(acts, talk), block_of(looks, talk)))
            meet_in_the_middle(conversation=talk, minutes=3, by=looks)
            want(conversation=talk, what="door", by=looks)
            worlds[-1] += (block_of(acts, talk), block_of(looks, talk))
    assert worlds[0] == worlds[1]
    assert len(set(worlds[0])) == 4


def test_the_page_alone_holds_the_block_of_the_talk(ana, ben, talk):
    busy(talk, ben, ana)
    whole = signed_in(Client(), ana).get(f"/talk/{talk.ref}/beside/").content
    refs = [talk.ref, *Membership.objects.values_list("ref", flat=True)]
    found = masked(whole, *refs).split("<live-beside")[1].split("</live-beside>")[0]
    assert found.replace('data-key="between" open', 'data-key="between"') == block_of(ana, talk)
    assert whole.decode().count("<h1>") == 1


def test_names_are_written_as_names(ana, ben, talk):
    choose_name(conversation=talk, name="<b>Kim & Co", by=ben)
    busy(talk, ben, ana)
    shown = block_of(ana, talk)
    assert "<b>Kim" not in shown
    assert "&lt;b&gt;Kim &amp; Co" in shown


def test_who_is_not_in_it_gets_the_same_404(ana, ben, talk):
    cleo, dev, eli = person("Cleo"), person("Dev"), person("Eli")
    busy(talk, ben, ana)
    blocked = open_conversation(people=[(ana, "Ana"), (dev, "Dev")], by=SITE)
    over = open_conversation(people=[(ana, "Ana"), (eli, "Eli")], by=SITE)
    block(other=dev, by=ana)
    end_conversation(conversation=over, by=eli)
    asked = [(cleo, talk.ref), (ana, blocked.ref), (dev, blocked.ref), (ana, over.ref), (eli, over.ref)]
    steps = [
        (step, how) for step in ADDRESSES for how in ("get", "post") if (step, how) != ("balance/", "post")
    ]
    for step, how in steps:
        assert needs_sign_in(Client(), f"/talk/{talk.ref}/{step}", how)
        for who, ref in asked:
            ask, nobodys = getattr(signed_in(Client(), who), how), new_ref()
            not_theirs, not_there = (ask(f"/talk/{one}/{step}", {"do": "lamp 15"}) for one in (ref, nobodys))
            assert (not_theirs.status_code, not_there.status_code) == (404, 404)
            assert masked(not_theirs.content, ref) == masked(not_there.content, nobodys)


def test_no_ref_of_a_person_is_shown(ana, ben, talk):
    busy(talk, ben, ana)
    client = signed_in(Client(), ana)
    shown = "".join(client.get(f"/talk/{talk.ref}/{step}").content.decode() for step in ("", *ADDRESSES))
    assert [one.ref for one in (ana, ben) if one.ref in shown] == []


def test_when_it_changes_by_itself(ana, ben, talk):
    with clock.stopped_at(NOON) as hands:
        assert values(ana, talk)["again"] is None
        show_wish(conversation=talk, wish="heard", by=ben)
        assert values(ana, talk)["again"] == 24 * 3600 + 1
        light_lamp(conversation=talk, minutes=15, by=ana)
        assert values(ben, talk)["again"] == 901
        for who in (ana, ben):
            meet_in_the_middle(conversation=talk, minutes=3, by=who)
        assert values(ana, talk)["again"] == 181
        hands.move(180)
        assert values(ana, talk)["turn"].has_passed
        assert values(ana, talk)["again"] == 721


def test_the_line_of_an_agreement_is_short():
    told = {"pace": "  Slow \nand steady", "leave_out": "", "ending": "e" * 300}
    assert in_one_line(told) == ["Slow", "e" * (LINE - 1) + "…"]


def test_three_queries_however_much_there_is(ana, ben, talk, django_assert_num_queries):
    room, mine, _ = seen_by(ana, get_room_for(ana, talk.ref))
    with django_assert_num_queries(3):
        beside_for(ana, room, mine)
    busy(talk, ben, ana)
    for what in WANTS:
        want(conversation=talk, what=what, by=ana)
    drop_opened()
    room, mine, _ = seen_by(ana, get_room_for(ana, talk.ref))
    with django_assert_num_queries(3):
        beside_for(ana, room, mine)


def test_many_agreements_ask_no_more(ana, ben, talk, django_assert_num_queries):
    from beenthere.conversations.actions.agreeing import agree

    for _ in range(3):
        agree(conversation=talk, proposal=propose_agreement(conversation=talk, told=TOLD, by=ana).ref, by=ben)
    propose_agreement(conversation=talk, told=TOLD, by=ben)
    room, mine, _ = seen_by(ana, get_room_for(ana, talk.ref))
    with django_assert_num_queries(3):
        told = beside_for(ana, room, mine)["beside"]
    assert (told["agreed"], told["proposal"].mine) == (["Slow", "Gently"], False)
