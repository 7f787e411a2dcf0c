"""Two browsers in one conversation: live over the hub, and as plain forms."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from beenthere.conversations.actions import block_peer, end_conversation, withdraw_message
from beenthere.conversations.models import Message
from beenthere.conversations.queries import messages_for

from .browsing import READY, until, wait_for, write

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TARGETS = """() => [...document.querySelectorAll(
    "main button, main summary, main textarea, main input:not([type=hidden], [type=checkbox]), " +
    "main .sheet, main label:has([type=checkbox]), main .ended a")]
  .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 43.9)
  .map((one) => one.outerHTML.slice(0, 80))"""


def test_two_windows(ana, ben, talk, opened):
    address = f"/talk/{talk.ref}/"
    anas, bens = opened(ana, address), opened(ben, address)
    for page in (anas, bens):
        until(page, READY, True)
    write(anas, "I kept her chair at the table for a year.")
    wait_for(bens, "I kept her chair at the table for a year.")
    anas.get_by_text("Kept", exact=True).wait_for()
    assert anas.get_by_label("Write to").input_value() == ""
    bens.get_by_label("Write to").fill("A year. <b>Nobody</b> ever")
    write(anas, "Still do.")
    wait_for(bens, "I kept her chair at the table for a year.", "Still do.")
    assert bens.get_by_label("Write to").input_value() == "A year. <b>Nobody</b> ever"
    assert bens.evaluate("document.activeElement.id") == "id_words", "nothing takes the focus"
    assert bens.locator("live-talk [data-told]").inner_text() == "Ana wrote: Still do."
    write(bens, "A year. <b>Nobody</b> ever told me.")
    everything = [
        "I kept her chair at the table for a year.",
        "Still do.",
        "A year. <b>Nobody</b> ever told me.",
    ]
    for page in (anas, bens):
        wait_for(page, *everything)
    withdraw_message(message=Message.objects.select_related("conversation").get(number=2), by=ana)
    for page in (anas, bens):
        wait_for(page, everything[0], everything[2])
    assert "Ana took back what stood here." in bens.locator("#m2").inner_text()
    anas.reload()
    wait_for(anas, everything[0], everything[2])


def test_what_is_written_outlives_a_cut_line(ana, ben, talk, say, opened, watch):
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    page.evaluate("""() => {
      const line = document.querySelector('live-talk').line;
      line.put = () => {};                 // sent, and lost on the way
    }""")
    write(page, "Said once.")
    page.get_by_text("On its way").wait_for()
    say(ben, "Meanwhile.")
    wait_for(page, "Meanwhile.")
    page.evaluate("""() => {
      const line = document.querySelector('live-talk').line;
      delete line.put;
      line.socket.close();
    }""")
    wait_for(page, "Meanwhile.", "Said once.")
    until(page, "document.querySelector('#id_words').value", "")
    assert [said.words for said in messages_for(ben, talk)] == ["Meanwhile.", "Said once."]


def test_a_form_that_was_sent_is_not_broken_off(ana, ben, talk, say, opened):
    """The line tells of the ending before the page of the form is there; only one of the two may load."""
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    broken_off = []
    page.on("requestfailed", lambda request: broken_off.append((request.method, request.url)))

    def slowly(route):
        answer = route.fetch(max_redirects=0)
        page.wait_for_timeout(1000)
        route.fulfill(response=answer)

    page.route("**/block/", slowly)
    page.locator("details:has(.boundaries) > summary").click()
    page.locator("form[action$='/block/'] button").click()
    page.get_by_role("heading", name="A conversation that ended").wait_for()
    assert broken_off == []


@pytest.mark.parametrize("ends", [end_conversation, block_peer])
def test_an_ending_shows_at_once(ana, ben, talk, say, opened, ends):
    say(ben, "PLANTED of Ben's.")
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    ends(conversation=talk, by=ben)
    page.get_by_role("heading", name="A conversation that ended").wait_for()
    assert "PLANTED" not in page.content()


def test_words_in_the_box_outlive_an_ending(ana, ben, talk, say, opened):
    say(ben, "PLANTED of Ben's.")
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    page.get_by_label("Write to").fill("I was just about to say")
    end_conversation(conversation=talk, by=ben)
    page.get_by_text("This conversation is over.").wait_for()
    assert page.get_by_label("Write to").input_value() == "I was just about to say"
    assert "PLANTED" not in page.content()


def test_without_javascript(ana, ben, talk, opened):
    page = opened(ana, "/talk/", java_script_enabled=False)
    page.get_by_role("link", name="Robin").click()
    write(page, "Hello, Robin.")
    assert page.url.endswith(f"/talk/{talk.ref}/?kept#m1")
    page.locator("#m1 summary").click()
    page.get_by_role("button", name="Take these words back").click()
    assert "You took back what you had written." in page.locator("#m1").inner_text()
    page.get_by_text("Boundaries").click()
    page.get_by_role("button", name="Leave this conversation").click()
    assert page.get_by_role("heading", name="A conversation that ended").is_visible()
    assert messages_for(ben, talk) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_runs_over(ana, ben, talk, say, opened, scheme, width):
    for number in range(6):
        say(ben if number % 2 else ana, f"Words number {number}, some more of them, and longwords" + "?" * 90)
    withdraw_message(message=Message.objects.select_related("conversation").get(number=2), by=ben)
    found = {}

    def look(name):
        faults = [
            f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]
        ]
        found[name] = (faults, page.evaluate(OVERFLOW), page.evaluate(TARGETS))

    page = opened(ana, "/talk/", color_scheme=scheme, viewport={"width": width, "height": 800})
    look("list")
    page.goto(f"/talk/{talk.ref}/")
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    look("talk")
    end_conversation(conversation=talk, by=ben)
    page.get_by_role("heading", name="A conversation that ended").wait_for()
    look("ended")
    page.goto("/talk/")
    look("list of ended")
    assert found == dict.fromkeys(["list", "talk", "ended", "list of ended"], ([], 0, []))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_around_are_as_good(ana, ben, talk, say, opened, scheme):
    """Finding again, muted words, taking along, quiet hours, and a word that was held back."""
    say(ben, "The chair stood there, and longwords" + "?" * 90)
    say(ana, "Which chair?")
    page = opened(ana, "/talk/words/", color_scheme=scheme, viewport={"width": 320, "height": 800})
    found = {}

    def look(name):
        faults = [
            f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page).response["violations"]
        ]
        found[name] = (faults, page.evaluate(OVERFLOW), page.evaluate(TARGETS))

    look("words")
    page.goto("/talk/search/")
    page.get_by_label("What do you remember of it?").fill("chairs")
    page.get_by_role("button", name="Look for it").click()
    page.get_by_role("heading", name="Found", exact=True).wait_for()
    look("search")
    for name, address in (("export", f"/talk/{talk.ref}/export/"), ("quiet", "/me/quiet/")):
        page.goto(address)
        look(name)
    page.goto(f"/talk/{talk.ref}/")
    until(page, READY, True)
    write(page, "Write to me at wren@example.org, it is easier.")
    page.get_by_text("This looks like an e-mail address.").wait_for()
    page.evaluate("document.querySelectorAll('.composer details').forEach((one) => { one.open = true })")
    look("held back")
    assert found == dict.fromkeys(["words", "search", "export", "quiet", "held back"], ([], 0, []))
