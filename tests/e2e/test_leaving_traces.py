"""What leaving leaves behind: a blank page first, nothing kept, nobody signed in, and no waiting."""

import json
import re

import pytest
from django.conf import settings

from beenthere.people.models import SignIn
from tests.cast import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
ELSEWHERE = "https://www.wikipedia.org/"
FILLED = """async () => {
  localStorage.setItem("draft.planted", "words");
  localStorage.setItem("learn.planted", "far");
  sessionStorage.setItem("planted", "words");
  await caches.open("planted");
  await new Promise((done) => { indexedDB.open("planted").onsuccess = done; });
}"""
KEPT = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), caches: await caches.keys(),
  bases: (await indexedDB.databases()).map(({ name }) => name),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"local": [], "session": [], "caches": [], "bases": [], "workers": 0}
# What is done in which order, told from inside the page, and what could still be read there by then. The end
# of the sign-in is asked for and never answered.
ORDER = """() => {
  const note = (what) => console.info("left " + JSON.stringify(
    [what, document.body.innerText.trim(), document.title, document.body.childNodes.length]));
  const clear = Storage.prototype.clear;
  Storage.prototype.clear = function () { note("clear"); return clear.call(this); };
  window.fetch = (address) => { note(new URL(address).pathname); return new Promise(() => {}); };
}"""


@pytest.fixture
def ana(walks_in, watch):
    """Ana at a page, with a blank stand-in for the other place."""
    watch.expects(f"asked another host: {ELSEWHERE}")

    def coming(**options):
        walker = walks_in(person("Ana"), **options)
        page = walker.page
        page.context.route(
            re.compile(re.escape(ELSEWHERE)),
            lambda route: route.fulfill(body="<title>Elsewhere</title>", content_type="text/html"),
        )
        return page

    return coming


def cookies(page) -> list[str]:
    return [one["name"] for one in page.context.cookies() if "beenthere" in one["name"]]


def gone(page) -> None:
    page.wait_for_url(ELSEWHERE)
    for _ in range(200):  # her page does not wait until the place has heard that she leaves
        if SignIn.objects.count() == 0:
            break
        page.wait_for_timeout(50)
    page.wait_for_timeout(500)  # what else goes on in the background


def test_blank_comes_first_and_nothing_is_waited_for(ana):
    page, seen = ana(), []
    page.on("console", lambda said: seen.append(json.loads(said.text[5:])) if "left " in said.text else None)
    page.goto("/leaving/")
    page.evaluate(ORDER)
    page.locator("#leave").click()
    page.wait_for_url(ELSEWHERE)
    assert seen == [[what, "", "…", 0] for what in ("clear", "clear", "/leave/")]


def test_nothing_stays_in_the_browser_and_nobody_is_signed_in(ana):
    page = ana()
    page.goto("/help/?country=ES")
    page.get_by_role("button", name="Keep this page on this device").click()
    page.get_by_text("Kept.", exact=True).wait_for()
    page.evaluate(FILLED)
    page.locator("#leave").click()
    gone(page)
    assert cookies(page) == []
    assert SignIn.objects.count() == 0
    page.goto("/leaving/")
    page.wait_for_timeout(200)
    assert page.evaluate(KEPT) == NOTHING


def test_back_shows_nothing_of_what_is_ones_own(ana):
    page = ana()
    page.goto("/me/")
    page.goto("/talk/")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    gone(page)
    page.go_back(wait_until="commit")
    page.wait_for_url(ELSEWHERE)
    page.goto("/me/")
    assert page.url.endswith("/sign-in/?next=%2Fme%2F")


def test_other_tabs_go_blank_too(ana):
    page = ana()
    page.goto("/me/")
    other = page.context.new_page()
    other.goto("/talk/")
    page.locator("#leave").click()
    gone(page)
    gone(other)


def test_without_javascript_one_is_signed_out_and_back_shows_nothing_of_ones_own(ana):
    page = ana(java_script_enabled=False)
    page.goto("/me/")
    page.goto("/talk/")
    page.locator("#leave").click()
    page.wait_for_url(ELSEWHERE)
    assert cookies(page) == []
    assert SignIn.objects.count() == 0
    page.go_back()
    assert page.locator("h1").inner_text() != "Talk"
    assert "/sign-in/" in page.url


def test_without_a_network_it_goes_blank_all_the_same(ana, watch):
    watch.expects("ERR_INTERNET_DISCONNECTED")
    page = ana()
    page.goto("/leaving/")
    page.evaluate(FILLED)
    page.context.unroute_all()
    page.context.set_offline(True)
    page.evaluate("() => document.getElementById('leave').click()")
    page.wait_for_timeout(500)
    assert "What it does" not in page.content()
    page.context.set_offline(False)
    page.goto("/rules/")
    assert page.evaluate(KEPT) == NOTHING


def test_the_way_out_is_told_to_nobody(ana):
    page = ana()
    asked = []
    page.context.route(
        re.compile(re.escape(ELSEWHERE)),
        lambda route: (asked.append(route.request.headers.get("referer")), route.fulfill(body="Elsewhere")),
    )
    page.goto("/leaving/")
    page.locator("#leave").click()
    page.wait_for_url(ELSEWHERE)
    assert asked == [None]
    assert settings.PLACE.leave_to == ELSEWHERE
