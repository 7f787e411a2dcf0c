"""Passkeys in a real browser, with its virtual authenticator: made, used, taken away."""

import pytest
from django.conf import settings

from beenthere.people.actions import join, sign_in
from beenthere.people.models import Passkey, SignIn

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
GOOD = "four lamps beside the old canal"
TRANSPORT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
}


def with_authenticator(page):
    """The page's browser has a phone's way of keeping passkeys, which says yes to everything."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options = {**TRANSPORT, "isUserVerified": True, "automaticPresenceSimulation": True}
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


@pytest.fixture
def ana():
    return join(name="Ana", prefers={"language": "en"}, passphrase=GOOD, passkey=None).person


@pytest.fixture
def page(new_profile, ana, live_server):
    """A page in which Ana is signed in, at the name `localhost`."""
    _, token = sign_in(person=ana, device="Here", by=ana)
    profile = new_profile(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    cookie = {"name": settings.SIGN_IN_COOKIE, "value": token, "domain": "localhost", "path": "/"}
    profile.add_cookies([cookie])
    return with_authenticator(profile.new_page())


def add_passkey(page) -> None:
    page.goto("/me/passkeys/add/")
    page.get_by_label("What you will call it").fill("My phone")
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**/me/")


def test_made_and_used_and_proof(page, ana):
    add_passkey(page)
    assert page.get_by_label("What you call this passkey").input_value() == "My phone"
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.wait_for_url("**/")
    page.goto("/sign-in/?next=/me/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", level=1, name="Your page").wait_for()
    kept = Passkey.objects.get()
    assert (kept.person, kept.used_at is not None, kept.credential["count"] > 0) == (ana, True, True)
    SignIn.objects.update(proved_at="2026-01-01T00:00Z")
    page.goto("/me/recovery/")
    page.get_by_role("button", name="Show your passkey").click()
    page.get_by_role("button", name="Make ten new codes").click()
    assert page.locator(".codes li").count() == 10


def test_the_same_authenticator_keeps_one(page, watch):
    add_passkey(page)
    page.goto("/me/passkeys/add/")
    page.get_by_role("button", name="Make the passkey").click()
    page.get_by_text("No passkey came.").wait_for()
    assert Passkey.objects.count() == 1


def test_an_unknown_passkey_is_refused_kindly(page, watch):
    watch.expects("422")
    add_passkey(page)
    Passkey.objects.all().delete()
    SignIn.objects.all().delete()
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("This passkey does not open the door here.").wait_for()


def test_taken_away_it_opens_nothing(page):
    add_passkey(page)
    page.get_by_role("button", name="Take away").click()
    page.get_by_text("You have none.", exact=True).wait_for()
    assert Passkey.objects.count() == 0


def test_by_number_there_is_a_sentence_and_no_button(new_profile, live_server):
    page = new_profile(base_url=live_server.url.replace("localhost", "127.0.0.1")).new_page()
    page.goto("/sign-in/")
    assert page.get_by_text("Passkeys do not work at an address that is a number.").is_visible()
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    assert page.get_by_role("button", name="Sign in", exact=True).is_visible()


def test_without_javascript_the_passphrase_is_enough(new_profile, live_server, ana):
    joined = join(name="Ben", prefers={"language": "en"}, passphrase=GOOD, passkey=None)
    address = live_server.url.replace("127.0.0.1", "localhost")
    page = new_profile(base_url=address, java_script_enabled=False).new_page()
    page.goto("/sign-in/?next=/me/")
    assert page.get_by_role("button", name="Sign in with a passkey").count() == 0
    page.get_by_label("Your sign-in name").fill(joined.sign_in_name)
    page.get_by_label("Your passphrase").fill(GOOD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", level=1, name="Your page").wait_for()
