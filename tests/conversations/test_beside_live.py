"""The block beside the words in two browsers: it follows what both do, and takes nothing from who writes."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from beenthere.conversations.actions.agreeing import propose_agreement
from beenthere.conversations.actions.lamp import light_lamp, put_out_lamp
from beenthere.conversations.models import Membership

from .browsing import READY, until

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
LINES = "[...document.querySelectorAll('.beside .line > span')].map((one) => one.textContent.trim())"
TOLD = "document.querySelector('.beside [data-told]').textContent"
HERE = "document.activeElement.value || document.activeElement.tagName"
OPEN = "document.querySelector('.beside details').open"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SAID = {
    "pace": "Slow pace",
    "leave_out": "hospitals",
    "crisis": "We say so.",
    "ending": "either of us may end without a reason",
    "silence_days": 30,
}


def lines(page) -> list[str]:
    """The lines without their times."""
    return [one.split(" until")[0].split(", until")[0] for one in page.evaluate(LINES)]


def test_two_windows(ana, ben, talk, opened):
    anas, bens = (opened(who, f"/talk/{talk.ref}/") for who in (ana, ben))
    for page in (anas, bens):
        until(page, READY, True)
    bens.get_by_label("Write to").fill("I was about to")
    bens.get_by_label("Write to").focus()
    anas.locator(".beside summary").click()
    anas.get_by_role("button", name="1 hour").click()
    until(bens, f"{LINES}.length", 1)
    assert lines(bens) == ["Ana is here"]
    assert bens.evaluate(TOLD).startswith("Ana is here until")
    assert bens.get_by_label("Write to").input_value() == "I was about to"
    assert bens.evaluate("document.activeElement.id") == "id_words", "nothing takes the focus"
    until(anas, f"{LINES}.length", 1)
    assert anas.evaluate(OPEN), "what one opened stays open"
    assert anas.evaluate(HERE) == "lamp 60", "the focus stays where it was"
    anas.get_by_role("button", name="Turns of 3 minutes").click()
    until(bens, f"{LINES}.length", 2)
    bens.locator(".line button").get_by_text("Yes, take turns").click()
    until(bens, f"{LINES}[1].slice(0, 15)", "It is your turn")
    until(anas, f"{LINES}[1].slice(0, 24)", "It is the turn of Robin,")
    bens.get_by_role("button", name="Hand over").click()
    until(anas, f"{LINES}[1].slice(0, 15)", "It is your turn")
    until(bens, HERE, "SUMMARY")
    anas.locator(".wants").get_by_role("button", name="Put it out").click()
    until(bens, f"{LINES}.length", 1)
    anas.get_by_role("button", name="End the turns").click()
    for page in (anas, bens):
        until(page, LINES, [])


def test_who_has_been_writing_is_told_in_place(ana, talk, say, opened):
    page = opened(ana, f"/talk/{talk.ref}/")
    say(ana, "So it was. " * 100)
    page.locator(".beside summary").click()
    page.get_by_role("link", name="Who has been writing?").click()
    until(page, "document.querySelector('[data-answer]').textContent", "Mostly you.")
    assert page.url.endswith(f"/talk/{talk.ref}/")


def test_a_line_that_was_cut_misses_nothing(ana, ben, talk, opened):
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, "Boolean(document.querySelector('live-beside').socket)", True)
    page.evaluate("document.querySelector('live-talk').line.socket.close()")
    light_lamp(conversation=talk, minutes=15, by=ben)
    until(page, f"{LINES}.length", 1)
    put_out_lamp(conversation=talk, by=ben)
    until(page, LINES, [])


def test_without_a_script(ana, ben, talk, opened):
    page = opened(ana, f"/talk/{talk.ref}/", java_script_enabled=False)
    page.locator(".beside summary").click()
    page.get_by_role("button", name="15 minutes").click()
    assert page.locator(".beside .line").count() == 1
    page.locator(".beside summary").click()
    page.get_by_role("link", name="Who has been writing?").click()
    assert page.get_by_text("Too little yet to say.").is_visible()
    page.get_by_role("link", name="Back to the conversation").click()
    page.get_by_role("link", name="Agree on how we talk").click()
    page.get_by_label("Pace").fill("Slow pace")
    page.get_by_role("button", name="Propose this").click()
    assert page.get_by_role("heading", name="You propose this").is_visible()
    assert Membership.objects.get(person=ana).here_until is not None


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_runs_over(ana, ben, talk, opened, scheme, width):
    for who in (ana, ben):
        light_lamp(conversation=talk, minutes=15, by=who)
    propose_agreement(conversation=talk, told={**SAID, "pace": "longwords" + "?" * 200}, by=ben)
    page, found = opened(ana, "/talk/", color_scheme=scheme, viewport={"width": width, "height": 800}), {}
    for step in ("beside/", "agreement/", "balance/"):
        page.goto(f"/talk/{talk.ref}/{step}")
        page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
        faults = [
            f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]
        ]
        found[step] = (faults, page.evaluate(OVERFLOW))
    assert found == dict.fromkeys(["beside/", "agreement/", "balance/"], ([], 0))
