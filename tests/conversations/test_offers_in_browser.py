"""What is offered near the box, in a browser: with JavaScript and without."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from beenthere.conversations.actions.carrying import say_been_there, tell_of_withdrawn_piece
from beenthere.conversations.actions.clearing import offer_line, put_away
from beenthere.conversations.models import Message
from beenthere.conversations.queries.prompts import prompt_called
from beenthere.foundation.refs import SITE
from beenthere.stories.actions import withdraw_piece, write_piece

from .browsing import READY, until, wait_for

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
QUESTION = "A question, if you like"
HEIGHT = "document.querySelector('talk-offers').getBoundingClientRect().height"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BOX = "document.querySelector('#id_words').value"
ASKED = "[...document.querySelectorAll('.asked a')].map((one) => one.dataset.key)"
ABOUT = {
    "experiences": [{"experience": "loss-of-a-parent", "known": True, "stand": "living with it"}],
    "language": "en",
}


def test_a_question_goes_into_the_box_and_is_not_sent(ana, ben, talk, say, opened):
    say(ben, "Hello.")
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    page.get_by_label("Write to").fill("Thank you.")
    page.get_by_text(QUESTION).click()
    assert page.evaluate(ASKED) == ["opening-1", "opening-2", "opening-3"]
    page.get_by_role("link", name="When it is heavy").click()
    until(page, ASKED, ["heavy-1", "heavy-2", "heavy-3"])
    assert page.evaluate("document.activeElement.dataset.key") == "heavy"
    page.get_by_role("link", name="Others").click()
    until(page, ASKED, ["heavy-4", "heavy-5", "heavy-6"])
    assert page.evaluate(BOX) == "Thank you."
    page.locator("[data-key=heavy-5]").click()
    assert page.evaluate(BOX) == f"Thank you.\n{prompt_called('heavy-5', 'en').words}"
    assert page.evaluate("document.activeElement.id") == "id_words"
    assert page.locator("details[data-key=question][open]").count() == 0
    assert Message.objects.count() == 1


def test_a_question_without_javascript(ana, ben, talk, say, opened):
    say(ben, "Hello.")
    page = opened(ana, f"/talk/{talk.ref}/", java_script_enabled=False)
    page.get_by_text(QUESTION).click()
    page.get_by_role("link", name="Hope").click()
    assert page.locator(".asked a").count() == 3
    page.get_by_role("link", name="Others").click()
    words = page.locator(".asked a").first.inner_text()
    page.locator(".asked a").first.click()
    assert page.get_by_label("Write to").input_value() == words == prompt_called("hope-4", "en").words
    assert Message.objects.count() == 1
    page.get_by_role("button", name="Send").click()
    assert page.locator(".mine .text").inner_text() == words


def test_what_changes_is_seen_on_an_open_page(ana, ben, talk, say, opened):
    """A line is offered and put away; a carried piece is taken back. What one writes stays, and the focus."""
    own = write_piece(words="I still set two cups out.", about=ABOUT, audience="me", by=ben)
    say_been_there(conversation=talk, words="Me too.", mark="m1", piece=own.ref, by=ben)
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    page.get_by_label("Write to").fill("I was just")
    page.get_by_text("Something else").click()
    line = offer_line(conversation=talk, words="It was never about the cups.", by=ben)
    page.get_by_text("offers you a line to keep").wait_for()
    assert page.locator("details[data-key=more][open]").count() == 1
    assert page.evaluate("document.activeElement.closest('[data-key]')?.dataset.key") == "more"
    page.locator(".carried").wait_for()
    withdraw_piece(piece=own, by=ben)
    tell_of_withdrawn_piece(piece_ref=own.ref, author_ref=ben.ref, by=SITE)
    page.locator(".words .gone").wait_for()
    assert page.locator(".carried").count() == 0
    assert page.evaluate(BOX) == "I was just"
    put_away(line=line, by=ana)
    wait_for(page, "Me too.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_page_can_be_read_by_everybody(ana, ben, talk, say, opened, scheme):
    """One quiet row at 360 pixels; nothing wider than the page; axe has no finding."""
    own = write_piece(words="I still set two cups out.", about=ABOUT, audience="introduced", by=ana)
    write_piece(words="The house is quiet.", about=ABOUT, audience="introduced", by=ben)
    say(ben, "Hello.")
    say_been_there(conversation=talk, words="Me too.", mark="m1", piece=own.ref, by=ana)
    line = offer_line(conversation=talk, words="It was never about the cups.", by=ben)
    page = opened(ana, f"/talk/{talk.ref}/", viewport={"width": 360, "height": 740}, color_scheme=scheme)
    assert page.evaluate(HEIGHT) < 110, "a line that waits, and one row"
    put_away(line=line, by=ana)
    page.reload()
    assert page.evaluate(HEIGHT) < 60, "one row"
    room = f"/talk/{talk.ref}"
    where = ["question/", "been-there/", "breather/", "clear/", "picture/", "felt/"]
    for address in [*(f"{room}/{one}" for one in where), "/talk/kept/", "/talk/heard/"]:
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            page.goto(address)
            assert (address, page.evaluate(OVERFLOW)) == (address, 0)
        found = Axe().run(page).response["violations"]
        assert (address, [one["id"] for one in found]) == (address, [])
