"""The pages of introductions in a real browser: readable in both themes and at both ends of width, with one
hand on the keyboard and without JavaScript."""

import pytest
from django.conf import settings

from beenthere.matching.actions import propose
from beenthere.matching.models import Card
from beenthere.people.actions import sign_in
from tests.cast import person
from tests.e2e.test_look import OVERFLOW, faults_of
from tests.matching.place_of import ana_and_ben, lived, member

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
# A box is pressed by its label.
SMALL = """() => [...document.querySelectorAll("main button, main select, main a.act, main label:has(input)")]
  .filter((one) => one.offsetParent !== null && one.getBoundingClientRect().height < 43.9)
  .map((one) => one.outerHTML.slice(0, 80))"""
LONG = "The kitchen was quiet after my mum died, and so was I, for longer than anybody around me could stand."


@pytest.fixture
def site(live_server, watch):
    watch.expects("the server responded with a status of 422")
    return live_server.url


@pytest.fixture
def places(site):
    """Where Ana looks: a fresh card, the list, one that she answered, what she told; and who has nobody."""
    ana, _ = ana_and_ben()
    member("Eva", LONG, experiences=lived("loss-of-a-parent", "caring-for-someone"))
    propose()
    cards = list(Card.objects.filter(person=ana).order_by("pk"))
    addresses = [
        "/introductions/",
        *(f"/introductions/{card.ref}/" for card in cards),
        "/introductions/telling/",
    ]
    return ana, person("Cleo"), addresses


def as_person(profile, site, one):
    """A page of `profile`, signed in."""
    _, token = sign_in(person=one, device="A browser", by=one)
    profile.add_cookies([{"name": settings.SIGN_IN_COOKIE, "value": token, "url": site}])
    return profile.new_page()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_every_page_is_whole(site, new_profile, places, scheme, width):
    ana, cleo, addresses = places
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}
    found = {}
    for one, theirs in ((ana, addresses), (cleo, ["/introductions/"])):
        page = as_person(new_profile(**options), site, one)
        for address in theirs:
            page.goto(site + address)
            found[one.ref, address] = (faults_of(page), page.evaluate(OVERFLOW), page.evaluate(SMALL))
    assert {key: what for key, what in found.items() if what != ([], 0, [])} == {}


def test_an_answer_by_keyboard_and_without_javascript(site, new_profile, places):
    ana, _, addresses = places
    page = as_person(new_profile(java_script_enabled=False), site, ana)
    page.goto(site + addresses[1])
    page.get_by_role("button", name="Yes, I would like to meet").focus()
    page.keyboard.press("Enter")
    page.get_by_text("You said yes.").wait_for()
    page.get_by_role("button", name="Rather not now").click()
    page.get_by_text("You said not now.").wait_for()
    assert page.get_by_role("heading", level=1).count() == 1
