"""What is reported as "about me" is hidden at once, on every surface; and never without end."""

from datetime import timedelta

import pytest
from django.test import Client

from beenthere.conversations import sockets
from beenthere.conversations.actions import block_peer
from beenthere.conversations.actions.hiding import hide_message, remove_message, show_message
from beenthere.conversations.models import Message
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.people.models import Person
from beenthere.safety.actions import make_report, report_card, report_piece
from beenthere.safety.models import ABOUT_ME, HARASSING, Report
from beenthere.stories.access import shown
from beenthere.stories.actions import change_piece
from beenthere.stories.actions.hiding import hide_piece, remove_piece, show_piece
from beenthere.stories.models import Piece
from tests.cast import person, signed_in

from .surfaces import CANARY, NOTED, World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def world() -> World:
    return World()


def known(one: Person) -> Person:
    """Whose first days are over."""
    Person.objects.filter(pk=one.pk).update(made_at=clock.now() - timedelta(days=30))
    one.refresh_from_db()
    return one


PIECE_SEEN = {
    *{
        f"{who}: {what}"
        for who in ("ana", "cleo", "eve")
        for what in (
            "/stories/",
            "/stories/PIECE/",
            "/safety/report/piece/PIECE/",
            "API /pieces/",
            "API /pieces/PIECE",
        )
    },
    *{
        f"eve: {what}"
        for what in (
            "/today/",
            "/introductions/",
            "/introductions/CARD/",
            "/safety/report/introduction/CARD/",
            "API /introductions/",
            "API /introductions/CARD",
        )
    },
    *{
        f"ana: {what}"
        for what in (
            "/talk/TALK/",
            "/talk/TALK/picture/",
            "/talk/TALK/export/?as=json",
            "/talk/TALK/export/?as=text",
            "API /conversations/TALK/export",
            "API /conversations/TALK/messages",
            "API /conversations/TALK/newest",
            "API /conversations/TALK/picture",
            "live line",
            "live line, read for both",
        )
    },
    "visitor: /stories/",
    "visitor: /stories/PIECE/",
    "visitor: first page",
}
MESSAGE_SEEN = {
    f"ana: {what}"
    for what in (
        "/safety/report/TALK/",
        "/talk/TALK/",
        "/talk/TALK/been-there/?number=2",
        "/talk/TALK/export/?as=json",
        "/talk/TALK/export/?as=text",
        "API /conversations/TALK/export",
        "API /conversations/TALK/messages",
        "API /conversations/TALK/newest",
        "API search",
        "live line",
        "live line, read for both",
        "search",
    )
}


def test_a_piece_about_me_is_gone_from_every_surface_at_once_and_comes_back(world):
    assert world.shown(CANARY) == PIECE_SEEN
    report = report_piece(piece=world.piece, note="", lane=ABOUT_ME, by=known(world.cleo))
    assert (report.hid, report.due_at - report.made_at < timedelta(hours=4, minutes=1)) == (True, True)
    assert world.shown(CANARY) == set()
    mine = signed_in(Client(), world.ben)
    for address in (f"/stories/{world.piece.ref}/", "/stories/"):
        text = mine.get(address).content.decode()
        assert (CANARY in text, "idden" in text) == (True, True), "its author sees it, and that it is hidden"
    show_piece(ref=world.piece.ref, by=SITE)
    assert world.shown(CANARY) == PIECE_SEEN


def test_a_message_about_me_is_gone_from_every_surface_at_once_and_comes_back(world):
    assert world.shown(NOTED) == MESSAGE_SEEN
    report = make_report(conversation=world.talk, numbers={2}, note="", lane=ABOUT_ME, by=world.ana)
    assert (report.hid, world.shown(NOTED)) == (True, set())
    text = signed_in(Client(), world.ben).get(f"/talk/{world.talk.ref}/").content.decode()
    assert (NOTED in text, "Only you see this now" in text) == (True, True)
    show_message(message=world.message, by=SITE)
    assert world.shown(NOTED) == MESSAGE_SEEN
    remove_message(message=world.message, by=SITE)
    assert world.shown(NOTED) == set()


def test_a_message_that_carries_the_piece_hides_both(world):
    make_report(conversation=world.talk, numbers={3}, note="", lane=ABOUT_ME, by=known(world.ana))
    assert world.shown(CANARY) == set()


def test_from_the_card_the_piece_behind_is_hidden(world):
    report_card(card=world.card, numbers={1}, note="", lane=ABOUT_ME, by=known(world.eve))
    assert world.shown(CANARY) == set()
    (one,) = Report.objects.get().copied
    assert (one["kind"], CANARY in one["words"], one["mine"], one["proven"]) == ("quote", True, False, True)


def test_open_pages_hear_it_by_a_number_of_its_own(world):
    _, now = sockets.read(world.ana.ref, world.talk.ref, 0)
    hide_message(message=world.message, until=clock.now() + timedelta(days=1), by=SITE)
    (frame,), after = sockets.read(world.ana.ref, world.talk.ref, now)
    assert (frame["number"], frame["words"], frame["withdrawn"], frame["hidden"]) == (2, "", True, "hidden")
    assert sockets.read(world.ben.ref, world.talk.ref, now) == ([frame], after), "one frame for both"
    show_message(message=world.message, by=SITE)
    (frame,), later = sockets.read(world.ana.ref, world.talk.ref, after)
    assert (frame["number"], NOTED in frame["words"], frame["again"]) == (2, True, True)
    hide_piece(ref=world.piece.ref, until=clock.now() + timedelta(days=1), by=SITE)
    (frame,), _ = sockets.read(world.ben.ref, world.talk.ref, later)
    assert (frame["number"], frame["piece"], frame["again"]) == (3, "", True)


def test_whoever_is_new_hides_only_what_was_written_to_them(world):
    Person.objects.filter(pk=world.cleo.pk).update(made_at=clock.now(), vouched_at=None)
    world.cleo.refresh_from_db()
    report = report_piece(piece=world.piece, note="", lane=ABOUT_ME, by=world.cleo)
    assert (report.hid, world.shown(CANARY)) == (False, PIECE_SEEN)


def test_other_lanes_hide_nothing(world):
    assert not report_piece(piece=world.piece, note="", lane=HARASSING, by=known(world.cleo)).hid
    assert world.shown(CANARY) == PIECE_SEEN


def test_fifty_who_collude_hide_nothing_for_good(world):
    start = clock.now()
    fifty = [known(person(f"Cleo {number}")) for number in range(50)]
    assert report_piece(piece=world.piece, note="", lane=ABOUT_ME, by=fifty[0]).hid
    for number, one in enumerate(fifty[1:], 1):
        with clock.stopped_at(start + timedelta(days=8 * number)):
            assert not report_piece(piece=world.piece, note="", lane=ABOUT_ME, by=one).hid
    show_piece(ref=world.piece.ref, by=SITE)
    assert not report_piece(piece=world.piece, note="", lane=ABOUT_ME, by=known(person("Fay"))).hid
    assert world.shown(CANARY) == PIECE_SEEN


def test_new_words_can_be_hidden_anew_and_what_is_hidden_stays_so(world):
    show_piece(ref=world.piece.ref, by=SITE)
    opened = {"about": world.piece.about, "audience": world.piece.audience, "quotable": True, "listed": True}
    piece = Piece.objects.select_related("author").get(pk=world.piece.pk)
    change_piece(piece=piece, words=f"She is {CANARY}.", **opened, by=world.ben)
    assert report_piece(piece=piece, note="", lane=ABOUT_ME, by=known(world.cleo)).hid
    change_piece(piece=piece, words=f"Still {CANARY}.", **opened, by=world.ben)
    assert world.shown(CANARY) == set()


def test_a_removed_piece_stays_removed(world):
    remove_piece(ref=world.piece.ref, by=SITE)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert world.shown(CANARY) == set()
    assert CANARY in Piece.objects.get(pk=world.piece.pk).words


def test_a_piece_about_me_comes_back_by_itself_after_seven_days(world):
    report_piece(piece=world.piece, note="", lane=ABOUT_ME, by=known(world.cleo))
    piece = Piece.objects.get(pk=world.piece.pk)
    with clock.stopped_at(piece.hidden_until - timedelta(seconds=1)):
        assert Piece.objects.filter(shown()).count() == Piece.objects.count() - 1
    with clock.stopped_at(piece.hidden_until):
        assert Piece.objects.filter(shown()).count() == Piece.objects.count()
    assert piece.hidden_until <= clock.now() + timedelta(days=7)


def test_a_message_that_ended_with_its_talk_is_hidden_too(world):
    block_peer(conversation=world.talk, by=world.ana)
    report = make_report(conversation=world.talk, numbers={2}, note="", lane=ABOUT_ME, by=world.ana)
    assert report.hid
    assert Message.objects.get(number=2).hidden_until is not None
