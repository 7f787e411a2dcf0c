"""The pages of safety, address by address."""

import json
import re

import pytest
from django.conf import settings

from beenthere.conversations.actions import end_conversation
from beenthere.foundation.models import LedgerRow
from beenthere.foundation.refs import new_ref
from beenthere.people.models import ASKING, Person
from beenthere.safety import actions
from beenthere.safety.models import Act, Report
from beenthere.stories.models import Piece
from tests.cast import needs_sign_in, person, signed_in
from tests.stories.conftest import a_piece

from .conftest import opened, steward

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def text_of(response) -> str:
    return response.content.decode()


def main_of(response) -> str:
    """What stands in the page's main part, without tags."""
    main = re.search(r"<main.*?</main>", text_of(response), re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def canaries_in(response) -> list[int]:
    return sorted({int(number) for number in re.findall(r"canary-(\d+)-words", text_of(response))})


@pytest.fixture
def here(client, ana):
    return signed_in(client, ana)


def test_visitors_are_asked_to_sign_in(client, conversation):
    addresses = ["/safety/", f"/safety/report/{conversation.ref}/", f"/safety/decision/{new_ref()}/"]
    addresses += ["/safety/my-data/", "/safety/my-data/file/", "/safety/delete-me/"]
    assert [address for address in addresses if not needs_sign_in(client, address)] == []
    assert [
        address for address in addresses[1:3] + addresses[5:] if not needs_sign_in(client, address, "post")
    ] == []
    assert client.get("/safety/goodbye/").status_code == 200


def test_the_messages_around_are_shown_and_one_is_ticked(here, conversation):
    page = here.get(f"/safety/report/{conversation.ref}/?number=8")
    assert canaries_in(page) == list(range(3, 14))
    assert re.findall(r'name="chosen" value="(\d+)" checked', text_of(page)) == ["8"]
    assert "They see what you tick and what you write below, and nothing else" in main_of(page)
    assert ("Benno" in text_of(page), "Anita" in main_of(page)) == (False, False)
    page = here.get(f"/safety/report/{conversation.ref}/")
    ticked = re.findall(r'name="chosen" value="(\d+)" checked', text_of(page))
    assert (canaries_in(page), ticked) == (list(range(4, 15)), [])


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "9" * 30, "²"])
def test_a_number_that_is_none(here, conversation, number):
    answer = here.get(f"/safety/report/{conversation.ref}/?number={number}")
    assert answer.status_code == (404 if number == "99" else 200)


def test_sending_a_report(here, ana, conversation):
    sent = {"number": "8", "chosen": ["8", "4", "14"], "note": "It went on\r\nfor days."}
    answer = here.post(f"/safety/report/{conversation.ref}/", sent)
    assert answer.url == "/safety/?sent"
    report = Report.objects.get()
    assert (report.made_by, report.note) == (ana, "It went on\nfor days.")
    assert [one["number"] for one in report.copied] == [4, 8], "14 was not on the page"
    page = main_of(here.get(answer.url))
    assert page.startswith("Sent to the stewards One of them reads it")
    assert "Waiting for a steward" in page


def test_nothing_ticked_and_too_long_a_note_are_said(here, conversation):
    address = f"/safety/report/{conversation.ref}/"
    page = here.post(address, {"number": "8", "note": "My note."})
    assert (page.status_code, "Choose at least one message." in main_of(page)) == (422, True)
    assert "My note." in text_of(page)
    page = here.post(address, {"number": "8", "chosen": ["8"], "note": "x" * 4001})
    assert (page.status_code, "That is 4001 characters" in main_of(page)) == (422, True)
    page = here.post(address, {"number": "8", "chosen": ["8"], "note": "a\0b"})
    assert (page.status_code, Report.objects.count()) == (422, 0)


def test_after_an_ending_the_page_shows_when_and_not_what(here, ben, conversation):
    end_conversation(conversation=conversation, by=ben)
    page = here.get(f"/safety/report/{conversation.ref}/?number=4")
    assert canaries_in(page) == [1, 3, 5, 7, 9, 11, 13]
    assert re.findall(r'name="chosen" value="(\d+)" checked', text_of(page)) == ["4"]
    ticks = re.findall(r'name="chosen" value="(\d+)"', text_of(page))
    assert ticks == [*map(str, range(2, 15, 2)), *map(str, range(1, 14, 2))]
    assert "You do not see the other's words any more" in main_of(page).replace("&#x27;", "'")
    page = here.get(f"/safety/report/{conversation.ref}/?number=5")
    assert re.findall(r'name="chosen" value="(\d+)" checked', text_of(page)) == ["5"]
    assert here.get(f"/safety/report/{conversation.ref}/?number=99").status_code == 404
    answer = here.post(f"/safety/report/{conversation.ref}/", {"chosen": ["4", "5"], "note": ""})
    assert answer.url == "/safety/?sent"
    assert [(one["number"], one["words"]) for one in Report.objects.get().copied] == [
        (4, "canary-4-words"),
        (5, "canary-5-words"),
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_and_stewards_find_the_same_nothing(client, sol, conversation, method):
    for one in (person("Cleo"), sol):
        browser = signed_in(client, one)
        for ref in (conversation.ref, new_ref()):
            answer = getattr(browser, method)(f"/safety/report/{ref}/?number=4", {"chosen": ["4"]})
            assert answer.status_code == 404
    assert Report.objects.count() == 0


DESK = ["/safety/desk/", "/safety/desk/admit/"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_to_everyone_else_there_is_no_desk(client, ana, ben, conversation, reported, method):
    report = reported()
    actions.name_steward(person=ben, by=ben)  # in the conversation: a conflict
    addresses = [*DESK, f"/safety/desk/{report.ref}/", f"/safety/desk/{new_ref()}/"]
    nowhere = client.get("/safety/nowhere/").status_code
    assert nowhere == 404
    for browser in (client, signed_in(client, ana)):
        answers = [getattr(browser, method)(address).status_code for address in addresses]
        assert answers == [404] * 4
    browser = signed_in(client, ben)
    assert [getattr(browser, method)(address).status_code for address in addresses[2:]] == [404, 404]
    assert report.ref not in text_of(browser.get("/safety/desk/"))
    assert "To the stewards' desk" not in text_of(signed_in(client, ana).get("/safety/"))
    assert LedgerRow.objects.filter(act="opened report").count() == 0


def test_answering(client, ana, sol, reported):
    report = opened(reported(), sol)
    desk = signed_in(client, sol)
    page = desk.post(f"/safety/desk/{report.ref}/", {"do": "answer", "words": " "})
    assert (page.status_code, "The box is empty." in main_of(page)) == (422, True)
    answer = desk.post(f"/safety/desk/{report.ref}/", {"do": "answer", "words": "We heard you."})
    assert answer.url == "/safety/desk/"
    assert "Answered." in main_of(desk.get("/safety/desk/"))
    page = desk.get(f"/safety/desk/{report.ref}/")
    assert ("We heard you." in main_of(page), 'value="answer"' in text_of(page)) == (True, False)
    again = desk.post(f"/safety/desk/{report.ref}/", {"do": "answer", "words": "Twice."})
    assert again.url == f"/safety/desk/{report.ref}/"
    page = signed_in(client, ana).get("/safety/")
    assert "The stewards answered: We heard you." in main_of(page)
    assert (canaries_in(page), sol.ref in text_of(page), "Sol" in main_of(page)) == ([], False, False)


def test_deciding_and_seeing_it_otherwise(client, ana, ben, sol, reported):
    report = opened(reported(), sol)
    desk = signed_in(client, sol)
    address = f"/safety/desk/{report.ref}/"
    for wrong in ({"done": "ended"}, {"done": "ended", "rule": "99"}, {"done": "slow", "rule": "5"}, {}):
        assert desk.post(address, {"do": "decide", **wrong}).status_code == 422, wrong
    assert desk.post(address, {"do": "decide", "done": "ended", "rule": "6"}).url == address
    page = main_of(desk.get(address))
    assert ("End the conversation" in page, "No new introductions" in page) == (False, True)
    theirs = signed_in(client, ben)
    act = Act.objects.get(person=ben)
    rule = "Nobody sells anything, asks for money, or looks for a date."
    assert "Stewards ended a conversation of yours." in main_of(theirs.get("/safety/"))
    page = main_of(theirs.get(f"/safety/decision/{act.ref}/"))
    assert f"It rests on rule 6, as it stood then: “{rule}”" in page
    assert "there are too few now" in page
    assert theirs.post(f"/safety/decision/{act.ref}/", {"note": " "}).status_code == 422
    assert theirs.post(f"/safety/decision/{act.ref}/", {"note": "I gave it away."}).url == "/safety/?sent"
    appeal = Report.objects.get(kind="act")
    assert signed_in(client, sol).get(f"/safety/desk/{appeal.ref}/").status_code == 404
    sam = steward("Sam")
    page = signed_in(client, sam).post(f"/safety/desk/{appeal.ref}/", {"do": "open", "reason": "appeal"})
    page = main_of(client.get(page.url))
    assert "I gave it away." in page
    assert f"The rule: “{rule}”" in page


def test_letting_somebody_in(client, sol):
    eli = person("Eli")
    Person.objects.filter(pk=eli.pk).update(standing=ASKING)
    desk = signed_in(client, sol)
    page = text_of(desk.get("/safety/desk/"))
    assert ("Let Eli in" in page, eli.ref in page) == (True, False)
    (sealed,) = re.findall(r'name="asker" value="([^"]+)"', page)
    for wrong in ("", "x", eli.ref):
        desk.post("/safety/desk/admit/", {"asker": wrong})
    eli.refresh_from_db()
    assert eli.standing == ASKING
    assert desk.post("/safety/desk/admit/", {"asker": sealed}).url == "/safety/desk/"
    eli.refresh_from_db()
    assert eli.standing == "member"


def test_my_data_is_a_file_of_ones_own(here, ana, ben, conversation, reported):
    reported([3, 4])
    a_piece(ana, "My own piece.")
    a_piece(ben, "canary of Ben.")
    assert "Nobody else's words or names are in it" in main_of(here.get("/safety/my-data/"))
    answer = here.get("/safety/my-data/file/")
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    told = json.loads(answer.content)
    assert canaries_in(answer) == [1, 3, 5, 7, 9, 11, 13]
    assert [one["words"] for one in told["safety.Report"][0]["copied"]] == ["canary-3-words", None]
    assert [one["words"] for one in told["stories.Piece"]] == ["My own piece."]
    assert [one for one in (ben.ref, "canary of Ben", "Benno", "digest") if one in text_of(answer)] == []


def test_delete_me(client, here, ana, ben, conversation):
    a_piece(ana, "My own piece.")
    page = here.get("/safety/delete-me/")
    assert "There is no way back from this." in main_of(page)
    assert Person.objects.filter(pk=ana.pk).exists()
    answer = here.post("/safety/delete-me/")
    assert (answer.url, answer.cookies[settings.SIGN_IN_COOKIE]["max-age"]) == ("/safety/goodbye/", 0)
    assert (Person.objects.filter(pk=ana.pk).exists(), Piece.objects.count()) == (False, 0)
    assert needs_sign_in(here, "/safety/")
    assert main_of(here.get("/safety/goodbye/")).startswith("Everything of yours is gone.")
    assert Person.objects.filter(pk=ben.pk).exists()


def test_slots_lead_to_a_report(here, conversation):
    page = text_of(here.get(f"/talk/{conversation.ref}/"))
    address = f"/safety/report/{conversation.ref}/"
    there = re.findall(rf'href="{address}(?:\?number=(\d+))?"', page)
    assert sorted(number for number in there if number != "0") == sorted(
        ["", *(str(number) for number in range(2, 15, 2))]
    )
