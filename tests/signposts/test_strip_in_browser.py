"""The strip as one writes: on the device alone, beside the box, without taking anything from the writer."""

import pytest
from django.conf import settings

from beenthere.conversations.actions import open_conversation
from beenthere.conversations.models import Message
from beenthere.foundation.refs import SITE
from beenthere.people.actions import change_oneself, sign_in
from tests.cast import person
from tests.conversations.browsing import READY, until

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
DISCLOSURE = "I want to die and I don't know who else to say it to."
PLAIN = "I wanted to water the plants and nobody has the key."
SHOWN = "!document.querySelector('[data-strip]').hidden"
HEARING = "document.querySelector('crisis-strip').crisis !== undefined"


@pytest.fixture
def ana():
    return person("Ana")


@pytest.fixture
def talk(ana):
    return open_conversation(people=[(ana, "Ana"), (person("Ben"), "Robin")], by=SITE)


@pytest.fixture
def opened(served_place, new_profile, ana):
    """`opened("/talk/")`: a page of Ana's."""

    def opens(address, **options):
        _, token = sign_in(person=ana, device="A browser", by=ana)
        profile = new_profile(base_url=served_place.address, **options)
        cookie = {"name": settings.SIGN_IN_COOKIE, "value": token, "url": served_place.address}
        profile.add_cookies([cookie])
        page = profile.new_page()
        page.goto(address)
        return page

    return opens


@pytest.fixture
def page(opened, talk):
    page = opened(f"/talk/{talk.ref}/")
    until(page, READY, True)
    until(page, HEARING, True)
    page.wait_for_timeout(500)
    return page


def test_it_comes_while_one_writes_and_nothing_leaves(page):
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.evaluate("""() => {
      const line = document.querySelector('live-talk').line, put = line.socket.send.bind(line.socket);
      window.put = [];
      line.socket.send = (text) => { window.put.push(text); put(text); };
    }""")
    box = page.locator("#id_words")
    box.focus()
    top = box.evaluate("(one) => one.getBoundingClientRect().top + scrollY")
    page.keyboard.type(DISCLOSURE)
    until(page, SHOWN, True)
    assert page.evaluate("document.activeElement.id") == "id_words"
    assert box.input_value() == DISCLOSURE
    assert box.evaluate("(one) => one.getBoundingClientRect().top + scrollY") == top
    page.keyboard.type(" I mean it.")
    page.wait_for_timeout(700)
    assert (sent, page.evaluate("window.put")) == ([], [])
    assert (
        page.locator("crisis-strip [role=status]").inner_text()
        == "Other help, for you alone, stands below the box."
    )


def test_other_words_call_for_nothing(page):
    page.locator("#id_words").fill(PLAIN)
    page.wait_for_timeout(900)
    assert page.evaluate(SHOWN) is False


def test_not_now_puts_it_away_for_this_text(page):
    page.locator("#id_words").fill(DISCLOSURE)
    until(page, SHOWN, True)
    page.get_by_role("button", name="Not now").click()
    assert page.evaluate(SHOWN) is False
    assert page.evaluate("document.activeElement.id") == "id_words"
    page.keyboard.type(" Really.")
    page.wait_for_timeout(900)
    assert page.evaluate(SHOWN) is False
    page.locator("#id_words").fill("")
    page.wait_for_timeout(600)
    page.locator("#id_words").fill(DISCLOSURE)
    until(page, SHOWN, True)


def test_it_stays_when_the_words_are_sent(page):
    page.locator("#id_words").fill(DISCLOSURE)
    until(page, SHOWN, True)
    page.get_by_role("button", name="Send", exact=True).click()
    until(page, "document.querySelector('#id_words').value", "")
    page.locator("#m1").wait_for()
    assert page.evaluate(SHOWN) is True
    assert Message.objects.get().words == DISCLOSURE


def test_off_is_off(opened, ana, talk):
    change_oneself(prefers={"strip": False}, by=ana)
    page = opened(f"/talk/{talk.ref}/")
    until(page, READY, True)
    page.locator("#id_words").fill(DISCLOSURE)
    page.wait_for_timeout(900)
    assert page.locator("crisis-strip").count() == 0


def test_without_a_script(opened, talk):
    page = opened(f"/talk/{talk.ref}/", java_script_enabled=False)
    assert not page.get_by_text("If it is heavy right now").is_visible()
    page.locator("#id_words").fill(DISCLOSURE)
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("If it is heavy right now").wait_for()
    assert not page.get_by_role("button", name="Not now").is_visible()
    assert Message.objects.get().words == DISCLOSURE


def test_on_a_piece_and_a_search(opened):
    for address in ("/stories/write/", "/talk/search/"):
        page = opened(address)
        until(page, HEARING, True)
        page.locator("#id_words").fill(DISCLOSURE)
        until(page, SHOWN, True)
