"""V7: how long a sign-in lasts, how many there are, and that one can end each of them, from every page."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from beenthere.foundation import clock
from beenthere.people import access
from beenthere.people.actions import join, sign_in
from beenthere.people.actions.signing import MOST_BROWSERS
from beenthere.people.models import SignIn
from tests.asvs.test_v01_encoding import Seen
from tests.cast import person, signed_in
from tests.web.test_attacks_csrf import addresses

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
START = datetime(2026, 1, 1, tzinfo=UTC)
PHRASE = "four lamps beside the old canal"
DAY = 86400


def is_in(browser: Client) -> bool:
    return browser.get("/me/").status_code == 200


def test_a_sign_in_ends_whatever_happens():
    """7.3.2: used each day, it is over after its most, and not before."""
    with clock.stopped_at(START) as hands:
        browser = signed_in(Client(), person("Ana"))
        for _ in range(access.MOST.days - 1):
            hands.move(DAY)
            assert is_in(browser)
        hands.move(DAY)
        assert not is_in(browser)
    assert access.MOST.days == 180


def test_on_a_shared_device_it_ends_soon():
    """7.3.1, 7.3.2: half an hour unused, half a day in all."""
    with clock.stopped_at(START) as hands:
        ana, browser = person("Ana"), Client()
        _, token = sign_in(person=ana, device="x", shared=True, by=ana)
        browser.cookies[settings.SIGN_IN_COOKIE] = token
        for _ in range(71):
            hands.move(600)
            assert is_in(browser)
        hands.move(600)
        assert not is_in(browser)
        _, token = sign_in(person=ana, device="x", shared=True, by=ana)
        browser.cookies[settings.SIGN_IN_COOKIE] = token
        hands.move(1801)
        assert not is_in(browser)


def test_with_one_too_many_the_oldest_ends():
    """7.1.2: the one seen longest ago, and no other, and nobody else's."""
    with clock.stopped_at(START) as hands:
        ana, ben = person("Ana"), person("Ben")
        his = signed_in(Client(), ben)
        hers = []
        for _ in range(MOST_BROWSERS):
            hers.append(signed_in(Client(), ana))
            hands.move(1)
        assert [is_in(one) for one in hers] == [True] * MOST_BROWSERS
        hers.append(signed_in(Client(), ana))
        assert [is_in(one) for one in hers] == [False] + [True] * MOST_BROWSERS
        assert (is_in(his), SignIn.objects.filter(person=ana).count()) == (True, MOST_BROWSERS)


def test_ending_another_asks_who_one_is():
    """7.5.2: they are listed; to end one, or all, one shows anew that it is oneself."""
    joined = join(name="Ana", prefers={"language": "en"}, passphrase=PHRASE, passkey=None)
    here, there = signed_in(Client(), joined.person), signed_in(Client(), joined.person)
    SignIn.objects.update(proved_at=START)
    other = access.sign_in_of_token(there.cookies[settings.SIGN_IN_COOKIE].value)
    for sent in ({"ref": other.ref}, {"others": "1"}):
        assert here.post("/me/browsers/", sent)["Location"].startswith("/me/prove/")
        assert is_in(there)
    assert here.post("/me/prove/", {"passphrase": PHRASE, "next": "/me/"}).status_code == 302
    assert here.post("/me/browsers/", {"ref": other.ref}).status_code == 302
    assert [is_in(one) for one in (here, there)] == [True, False]


def test_a_proof_is_a_new_sign_in_for_the_browser_alone():
    """7.2.4: what somebody may have seen of it before opens nothing."""
    joined = join(name="Ana", prefers={"language": "en"}, passphrase=PHRASE, passkey=None)
    here, thief = signed_in(Client(), joined.person), Client()
    before = here.cookies[settings.SIGN_IN_COOKIE].value
    assert here.post("/me/prove/", {"passphrase": PHRASE}).status_code == 302
    thief.cookies[settings.SIGN_IN_COOKIE] = before
    assert [is_in(one) for one in (thief, here)] == [False, True]
    assert here.cookies[settings.SIGN_IN_COOKIE].value != before


def test_signing_out_is_on_every_page():
    """7.4.4: as a button, without script."""
    browser = signed_in(Client(raise_request_exception=False), person("Ana"))
    pages = {}
    for address in addresses():
        page = browser.get(address)
        if page.status_code == 200 and page.headers["Content-Type"].startswith("text/html"):
            forms = [value for name, value in Seen(page.content.decode()).attributes if name == "action"]
            pages[address] = forms.count("/sign-out/")
    assert len(pages) > 25
    public = {"/help/no-network/": 0}  # kept by the browser, so it says nothing of who looks
    assert {address: count for address, count in pages.items() if count != 1} == public
    assert "/sign-out/" not in Client().get("/about/").content.decode()
