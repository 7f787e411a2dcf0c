"""*Leave this page now*: blank at once, another page in its place, and nothing behind Back."""

import re

import pytest

ELSEWHERE = "https://www.wikipedia.org/"
WORDS = "My mum died two years ago."


@pytest.fixture
def page(new_profile, watch, live_server, open_for_all):
    """A page for which the other place is a blank stand-in, which tells the referrer it was given."""
    watch.expects(f"asked another host: {ELSEWHERE}")
    page = new_profile().new_page()
    page.asked = []

    def stand_in(route):
        page.asked.append(route.request.headers.get("referer"))
        route.fulfill(body="<title>Elsewhere</title><p>Elsewhere</p>", content_type="text/html")

    page.context.route(re.compile(re.escape(ELSEWHERE)), stand_in)
    return page


def answered(page, url: str) -> None:
    page.goto(url)
    page.get_by_label("In your own words").fill(WORDS)
    page.get_by_role("button", name="Look for common ground").click()
    page.get_by_role("heading", name="What we understood").wait_for()


def test_back_shows_nothing(live_server, page):
    answered(page, live_server.url)
    page.locator("#leave").click()
    page.wait_for_url(ELSEWHERE)
    page.go_back(wait_until="commit")
    page.wait_for_url(ELSEWHERE)
    assert page.asked[0] is None


def test_the_link_in_the_foot_leaves_too(live_server, page):
    page.goto(f"{live_server.url}/about/")
    page.locator(".foot .leave").click()
    page.wait_for_url(ELSEWHERE)


def test_shift_three_times(live_server, page):
    page.goto(live_server.url)
    page.keyboard.press("Shift")
    assert page.locator("#leave-said").inner_text() == "Press Shift twice more to leave this page."
    page.keyboard.press("Shift")
    assert page.locator("#leave-said").inner_text() == "Press Shift once more to leave this page."
    page.keyboard.press("Shift")
    page.wait_for_url(ELSEWHERE)


def test_writing_capitals_never_leaves(live_server, page):
    page.goto(live_server.url)
    page.get_by_label("In your own words").focus()
    for letter in "ABCDE":
        page.keyboard.press(f"Shift+{letter}")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    assert page.get_by_label("In your own words").input_value() == "ABCDE"
    assert page.url == f"{live_server.url}/"


def test_one_can_come_back_by_the_address(live_server, page):
    page.goto(live_server.url)
    page.locator("#leave").click()
    page.wait_for_url(ELSEWHERE)
    page.goto(live_server.url)
    assert page.get_by_role("heading", level=1).is_visible()


def test_it_leaves_without_javascript(live_server, new_profile, watch):
    watch.expects(f"asked another host: {ELSEWHERE}")
    page = new_profile(java_script_enabled=False).new_page()
    page.route(ELSEWHERE, lambda route: route.fulfill(body="Elsewhere", content_type="text/html"))
    page.goto(live_server.url)
    page.locator("#leave").click()
    page.wait_for_url(ELSEWHERE)
