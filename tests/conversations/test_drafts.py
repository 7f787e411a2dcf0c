"""What was not sent yet: on the device alone, where one chose so, as ciphertext, gone when it should be."""

import json
import time

import pytest
from django.test import Client

from beenthere.conversations.queries import messages_for
from beenthere.people.actions import sign_in, sign_out
from beenthere.people.models import SignIn
from tests.cast import signed_in

from .browsing import READY, until, wait_for, write

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
STORE = "JSON.stringify(localStorage)"
KEPT = "Object.keys(localStorage).length"
BOX = "document.querySelector('#id_words').value"
WORDS = "Something PLANTED that I cannot say yet"


@pytest.fixture
def writing(ana, talk, opened):
    """Ana's page with the switch on and words in the box, kept."""
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    page.get_by_text("If this page closes before you send").click()
    page.get_by_label("Keep what I am writing on this device").check()
    page.get_by_text("Say what is in it first").click()
    page.get_by_label("What it is about").fill("PLANTED note")
    page.get_by_label("Write to").fill(WORDS)
    until(page, KEPT, 2)
    return page


def test_nothing_is_kept_unless_one_chose_so(ana, talk, opened):
    page = opened(ana, f"/talk/{talk.ref}/")
    until(page, READY, True)
    page.get_by_text("If this page closes before you send").click()
    assert not page.get_by_label("Keep what I am writing on this device").is_checked()
    page.get_by_label("Write to").fill(WORDS)
    page.wait_for_timeout(600)
    assert page.evaluate(STORE) == "{}"


def test_it_outlives_a_reload_as_ciphertext_alone(writing, talk):
    store = json.loads(writing.evaluate(STORE))
    assert set(store) == {"draft.on", f"draft.{talk.ref}"}
    assert not any(word in json.dumps(store) for word in [*WORDS.split(), "note"] if len(word) > 3)
    writing.reload()
    until(writing, BOX, WORDS)
    assert writing.get_by_label("What it is about").input_value() == "PLANTED note"
    sealed = store[f"draft.{talk.ref}"]
    writing.get_by_label("Write to").fill(WORDS + ".")
    until(writing, f"localStorage.getItem('draft.{talk.ref}') !== '{sealed}'", True)


def test_it_goes_when_it_was_sent(writing, ana, talk):
    writing.get_by_role("button", name="Send").click()
    wait_for(writing, WORDS)
    until(writing, f"localStorage.getItem('draft.{talk.ref}')", None)
    writing.reload()
    until(writing, READY, True)
    assert writing.evaluate(BOX) == ""


def test_it_goes_when_it_was_sent_the_plain_way(writing, ben, talk):
    writing.evaluate("document.querySelector('live-talk').line.end()")
    until(writing, READY, False)
    writing.get_by_role("button", name="Send").click()
    writing.wait_for_url("**/?kept#m1")
    until(writing, f"localStorage.getItem('draft.{talk.ref}')", None)
    assert writing.evaluate(BOX) == ""
    assert [said.words for said in messages_for(ben, talk)] == [WORDS]


def test_it_goes_when_it_is_switched_off(writing):
    writing.get_by_label("Keep what I am writing on this device").uncheck()
    until(writing, KEPT, 0)
    writing.get_by_label("Write to").fill(WORDS + ".")
    writing.wait_for_timeout(600)
    assert writing.evaluate(KEPT) == 0


@pytest.mark.parametrize("way", ["link", "shift"])
@pytest.mark.parametrize("where", ["talk", "today"])
def test_it_goes_when_one_leaves_quickly(writing, served, watch, way, where):
    """From any page, not only from the one it was written on."""
    watch.expects("asked another host: https://www.wikipedia.org/")
    if where == "today":
        writing.goto("/today/")
    writing.context.route(
        lambda url: not url.startswith(served), lambda route: route.fulfill(body="elsewhere")
    )
    if way == "link":
        writing.get_by_role("link", name="Leave this page now").first.click()
    else:
        for _ in range(3):
            writing.keyboard.press("Shift")
    writing.get_by_text("elsewhere").wait_for()
    writing.goto(f"{served}/static/ui/favicon.svg")
    assert writing.evaluate(KEPT) == 0


def test_nothing_brings_the_page_back_while_the_other_one_is_slow(writing, served, watch):
    """Leaving ends the sign-in, and with it the live line: what follows from that is not this page again."""
    watch.expects("asked another host: https://www.wikipedia.org/")
    waiting, asked = [], []
    writing.context.route(lambda url: not url.startswith(served), lambda route: waiting.append(route))
    writing.on("request", lambda one: asked.append(one.url) if one.is_navigation_request() else None)
    for _ in range(3):
        writing.keyboard.press("Shift")
    deadline = time.monotonic() + 10
    while not waiting or SignIn.objects.exists():
        assert time.monotonic() < deadline, "one has left"
        writing.wait_for_timeout(50)
    writing.wait_for_timeout(1000)
    waiting[0].fulfill(body="elsewhere")
    writing.get_by_text("elsewhere").wait_for()
    assert asked == ["https://www.wikipedia.org/"]


def test_who_was_signed_out_while_the_line_was_cut_is_led_away(writing, talk, watch):
    """As on a machine that slept meanwhile: a line that is refused leaves no words on the screen."""
    watch.expects("403")
    until(writing, READY, True)
    SignIn.objects.all().delete()  # no news of it reaches an open line
    writing.evaluate("document.querySelector('live-talk').line.socket.close()")
    writing.wait_for_url(f"**/sign-in/?next=%2Ftalk%2F{talk.ref}%2F")


def test_it_goes_when_one_signs_out(writing, served):
    writing.goto("/me/")
    writing.get_by_role("button", name="Sign out", exact=True).click()
    until(writing, KEPT, 0)


def test_after_another_sign_in_nothing_opens_it(writing, ana, served, talk):
    """The key is made of the sign-in, and went with it."""
    sign_out(sign_in=SignIn.objects.get(), by=ana)
    writing.wait_for_url("**/sign-in/**")
    _, token = sign_in(person=ana, device="A browser", by=ana)
    (cookie,) = [one for one in writing.context.cookies() if one["name"].startswith("beenthere_sign_in")]
    writing.context.add_cookies([{**cookie, "value": token}])
    writing.goto(f"{served}/talk/{talk.ref}/")
    until(writing, f"localStorage.getItem('draft.{talk.ref}')", None)
    assert writing.evaluate(BOX) == ""


def test_each_sign_in_and_conversation_has_a_key_of_its_own(ana, ben, talk, say):
    from beenthere.conversations.actions import end_conversation, open_conversation
    from beenthere.foundation.refs import SITE

    other = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=SITE)
    browsers = [signed_in(Client(), one) for one in (ana, ana, ben)]
    keys = [one.get(f"/talk/{where.ref}/box/").json()["key"] for one in browsers for where in (talk, other)]
    assert [len(set(keys)), {len(bytes.fromhex(one)) for one in keys}] == [6, {32}]
    assert browsers[0].get(f"/talk/{talk.ref}/box/").json()["key"] == keys[0], "the same after a reload"
    assert not any(key in browsers[0].get(f"/talk/{talk.ref}/").content.decode() for key in keys)
    end_conversation(conversation=talk, by=ben)
    assert browsers[0].get(f"/talk/{talk.ref}/box/").status_code == 404


def test_a_cut_line_loses_nothing(writing, ben, talk):
    """The page is loaded again while the line is down: what was on its way is in the box, and sent once."""
    writing.evaluate("document.querySelector('live-talk').line.put = () => {}")
    writing.get_by_role("button", name="Send").click()
    writing.get_by_text("On its way").wait_for()
    writing.reload()
    until(writing, BOX, WORDS)
    until(writing, READY, True)
    write(writing, WORDS)
    wait_for(writing, WORDS)
    assert [said.words for said in messages_for(ben, talk)] == [WORDS]
