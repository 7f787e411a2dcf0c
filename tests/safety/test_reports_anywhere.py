"""A report from wherever one stands: two steps, what was chosen and nothing else, and what came of it."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from beenthere.conversations.actions import Draft, end_conversation, send_messages
from beenthere.conversations.models import Message
from beenthere.foundation.place import the_place
from beenthere.foundation.refs import new_ref
from beenthere.matching.models import Card
from beenthere.people.actions import make_access_token
from beenthere.safety.actions import Refused, ask_check_in, make_report, report_piece
from beenthere.safety.models import CHECK_IN, DANGER, INTRODUCTION, LANES, OTHER, PIECE, Act, Grant, Report
from beenthere.safety.queries.reporting import piece_words, seen_by_reporter
from beenthere.stories.actions import withdraw_piece, write_piece
from beenthere.stories.models import ME, Piece
from tests.cast import needs_sign_in, person, signed_in

from .surfaces import CANARY, NOTED, World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def world() -> World:
    return World()


def main_of(answer) -> str:
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]*>", " ", main).split()).replace("&#x27;", "'")


def test_a_piece_in_two_steps(world):
    here = signed_in(Client(), world.cleo)
    address = f"/safety/report/piece/{world.piece.ref}/"
    assert f'href="{address}"' in here.get(f"/stories/{world.piece.ref}/").content.decode()
    page = here.get(address).content.decode()
    assert re.findall(r'name="lane" value="(\w+)"', page) == list(LANES)
    assert here.post(address, {"lane": "danger", "note": "He\r\nmeans it."}).url == "/safety/?sent"
    report = Report.objects.get()
    assert (report.kind, report.subject, report.lane, report.hid) == (PIECE, world.piece.ref, DANGER, False)
    assert report.due_at - report.made_at < timedelta(hours=4, minutes=1)
    (one,) = report.copied
    assert (report.note, one["words"], one["mine"], one["proven"]) == (
        "He\nmeans it.",
        world.piece.words,
        False,
        True,
    )
    assert world.ben.ref not in json.dumps(report.copied)


def test_an_introduction_in_two_steps(world):
    here = signed_in(Client(), world.eve)
    address = f"/safety/report/introduction/{world.card.ref}/"
    assert f'href="{address}"' in here.get(f"/introductions/{world.card.ref}/").content.decode()
    assert "Ben" not in main_of(here.get(address))
    assert here.post(address, {"lane": "harassing", "chosen": ["1", "9"], "note": ""}).url == "/safety/?sent"
    report = Report.objects.get()
    assert (report.kind, report.subject, [CANARY in one["words"] for one in report.copied]) == (
        INTRODUCTION,
        world.card.ref,
        [True],
    )
    refused = here.post(address, {"note": ""})
    assert (refused.status_code, "Choose at least one part" in main_of(refused)) == (422, True)
    theirs = Card.objects.get(person=world.ben)
    assert here.get(f"/safety/report/introduction/{theirs.ref}/").status_code == 404


def test_a_piece_that_only_a_message_carries(world):
    about = {"experiences": [], "language": "en"}
    own = write_piece(words="For you alone.", about=about, audience=ME, by=world.ben)
    send_messages(
        [Draft(world.ben.ref, world.talk.ref, new_ref(), "Me too.", kind="been_there", piece=own.ref)]
    )
    address = f"/safety/report/piece/{own.ref}/"
    assert signed_in(Client(), world.ana).get(address).status_code == 200
    assert signed_in(Client(), world.cleo).get(address).status_code == 404
    assert signed_in(Client(), world.ben).get(address).status_code == 404, "one's own"
    end_conversation(conversation=world.talk, by=world.ben)
    assert signed_in(Client(), world.ana).get(address).status_code == 404


def test_a_copy_stays_when_the_piece_goes_and_words_put_there_prove_nothing(world):
    report = report_piece(piece=world.piece, note="", by=world.cleo)
    withdraw_piece(piece=world.piece, by=world.ben)
    assert CANARY in Report.objects.get(pk=report.pk).copied[0]["words"]
    about = {"experiences": [], "language": "en"}
    one, other = (write_piece(words=words, about=about, audience=ME, by=world.ben) for words in ("A", "B"))
    Piece.objects.filter(pk=one.pk).update(words=Piece.objects.get(pk=other.pk).__dict__["words"])
    assert piece_words(Piece.objects.select_related("author").get(pk=other.pk)) == ("B", True)
    assert piece_words(Piece.objects.select_related("author").get(pk=one.pk)) == ("", False)


def test_the_name_goes_along_when_it_is_ticked(world):
    here = signed_in(Client(), world.ana)
    address = f"/safety/report/{world.talk.ref}/"
    assert here.post(address, {"name": "1", "lane": "pretending", "note": ""}).url == "/safety/?sent"
    (one,) = Report.objects.get().copied
    assert (one["kind"], one["words"], one["proven"]) == ("name", "Benno", True)
    end_conversation(conversation=world.talk, by=world.ben)
    assert "Benno" not in main_of(here.get(address)), "after the end it can be reported, and is not shown"
    make_report(conversation=world.talk, numbers=set(), name=True, note="", by=world.ana)
    assert Report.objects.latest("pk").copied[0]["words"] == "Benno"


def test_a_steward_is_asked_to_check_in_and_what_is_open_now_is_shown(world):
    assert needs_sign_in(Client(), "/safety/check-in/")
    here = signed_in(Client(), world.ana)
    page = main_of(here.get("/safety/check-in/"))
    assert ("cannot promise it" in page, "Help now" in page) == (True, True)
    assert (the_place().hours or "has not said when") in page
    assert here.post("/safety/check-in/", {"note": ""}).url == "/safety/?sent", "words are optional"
    report = Report.objects.get()
    assert (report.kind, report.subject, report.copied, report.lane) == (CHECK_IN, world.ana.ref, [], OTHER)
    assert timedelta() < report.due_at - report.made_at <= timedelta(hours=4, minutes=1)
    assert world.ana.ref not in here.get("/safety/").content.decode()
    with pytest.raises(Refused):
        for _ in range(20):
            ask_check_in(note="", by=world.ana)


def test_reports_of_one_minute_do_not_look_alike_and_say_where_they_stand(world):
    report_piece(piece=world.piece, note="", lane="harassing", by=world.ana)
    said = make_report(conversation=world.talk, numbers={2}, note="", lane="contact", by=world.ana)
    here = signed_in(Client(), world.ana)
    page = main_of(here.get("/safety/"))
    assert "A piece : it hurts, threatens, or does not stop" in page
    assert "A conversation : it draws somebody outside" in page
    assert (page.count("Waiting for a steward, until"), NOTED in page) == (2, False)
    ends = said.made_at + timedelta(hours=1)
    Grant.objects.create(report=said, person=world.cleo, reason="first", ends_at=ends)
    assert "A steward is looking at it." in main_of(here.get("/safety/"))
    told = {"person": world.ben, "subject": said.subject, "report": said.ref, "decided_by": world.cleo.ref}
    Act.objects.create(kind="suspended", rule="A rule.", **told)
    seen = {one.ref: one.done for one in seen_by_reporter(world.ana)}
    assert seen[said.ref] == "something", "what it means for the other is not told"
    page = main_of(here.get("/safety/"))
    assert ("they tell only whom it concerns" in page, "A rule." in page) == (True, False)


def test_by_programs(world):
    _, token = make_access_token(label="mine", by=world.ana)

    def ask(method: str, path: str, told: dict | None = None):
        given = {"data": json.dumps(told), "content_type": "application/json"} if told is not None else {}
        head = {"Authorization": f"Bearer {token}"}
        answer = getattr(Client(), method)(f"/api/v1{path}", headers=head, **given)
        return answer.status_code, answer.json()

    assert ask("post", "/reports/piece", {"piece": world.piece.ref, "lane": "urging"})[0] == 201
    assert ask("post", "/reports/piece", {"piece": new_ref()})[0] == 404
    assert ask("post", "/reports/piece", {"piece": world.piece.ref, "lane": "boring"})[0] == 422
    assert ask("post", "/reports/introduction", {"introduction": world.card.ref, "numbers": [1]})[0] == 404
    assert ask("post", "/check-in", {})[0] == 201
    told = {"conversation": world.talk.ref, "numbers": [2], "lane": "about_me"}
    status, made = ask("post", "/reports/", told)
    assert (status, made["state"], made["hid"]) == (201, "waits", True)
    assert Message.objects.get(number=2).hidden_until is not None
    kinds = [one["kind"] for one in ask("get", "/reports/")[1]]
    assert kinds == ["conversation", "check_in", "piece"]
    assert ask("post", f"/conversations/{world.talk.ref}/mute")[0] == 200
    ((ref, kind),) = [(one["ref"], one["kind"]) for one in ask("get", "/muted/")[1]]
    assert kind == "talk"
    assert ask("delete", f"/muted/{ref}")[0] == 200
    assert ask("get", "/muted/")[1] == []


def test_a_muted_talk_calls_nobody(world, monkeypatch):
    called = []
    monkeypatch.setattr(
        "beenthere.conversations.actions.sending.note_waiting",
        lambda person_ref, by: called.append(person_ref),
    )
    here = signed_in(Client(), world.ana)
    assert here.post(f"/safety/mute/talk/{world.talk.ref}/").status_code == 302
    here.get(f"/talk/{world.talk.ref}/")
    send_messages([Draft(world.ben.ref, world.talk.ref, new_ref(), "Are you there?")])
    assert called == []
    assert "Something new waits" not in here.get("/talk/").content.decode()
    send_messages([Draft(world.ana.ref, world.talk.ref, new_ref(), "I am.")])
    assert "You muted this conversation" in here.get(f"/talk/{world.talk.ref}/").content.decode()
    here.post(f"/safety/mute/talk/{world.talk.ref}/", {"undo": "1"})
    send_messages([Draft(world.ben.ref, world.talk.ref, new_ref(), "And now?")])
    assert called == [world.ana.ref]
    assert "Something new waits" in here.get("/talk/").content.decode()


def test_a_stranger_mutes_no_talk(world):
    stranger = signed_in(Client(), person("Dev"))
    assert stranger.post(f"/safety/mute/talk/{world.talk.ref}/").status_code == 404
