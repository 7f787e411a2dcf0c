"""The way out leads away always, and ends what this browser holds where a link of our own was followed."""

import pytest
from django.conf import settings
from django.db import DatabaseError
from django.test import Client

from beenthere.people.models import SignIn
from tests.cast import needs_sign_in, person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LINK = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "document"}
FETCH = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty"}


@pytest.fixture
def ana():
    client = signed_in(Client(), person("Ana"))
    for name in (
        settings.KNOWN_COOKIE,
        settings.LANGUAGE_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        "elsewhere",
    ):
        client.cookies[name] = "x" * 32
    return client


def leave(client: Client, method: str = "get", **headers: str):
    answer = getattr(client, method)(
        "/leave/", headers={name.replace("_", "-"): one for name, one in headers.items()}
    )
    assert (answer.status_code, answer.url) == (303, settings.PLACE.leave_to)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    return answer


def kept_after(answer) -> set[str]:
    return {name for name, cookie in answer.cookies.items() if cookie.value}


def test_it_ends_the_sign_in_and_clears_what_is_ours(ana):
    answer = leave(ana, **LINK)
    gone = {settings.SIGN_IN_COOKIE, settings.KNOWN_COOKIE, settings.CSRF_COOKIE_NAME}
    assert set(answer.cookies) == gone | {settings.LANGUAGE_COOKIE_NAME}
    assert kept_after(answer) == set()
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert SignIn.objects.count() == 0
    assert needs_sign_in(ana, "/today/")


def test_the_script_ends_it_too_and_keeps_its_mark(ana):
    """It has cleared already; by the mark it left, a page that Back brings up stays dark."""
    answer = leave(ana, **FETCH)
    assert "Clear-Site-Data" not in answer.headers
    assert kept_after(answer) == set()
    assert SignIn.objects.count() == 0


def test_signing_out_elsewhere_still_clears(ana):
    answer = ana.post("/sign-out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_only_this_browser_is_signed_out(ana):
    other = signed_in(Client(), SignIn.objects.get().person)
    leave(ana, **LINK)
    assert SignIn.objects.count() == 1
    assert not needs_sign_in(other, "/today/")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "same-site", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "cross-site", "sec-fetch-dest": "image"},
        {**LINK, "sec-purpose": "prefetch;prerender"},
        {"referer": "https://evil.example/leave/"},
        {"referer": "http://testserver.evil.example/"},
        {},
    ],
)
def test_whoever_is_led_there_from_elsewhere_stays_signed_in(ana, headers):
    answer = leave(ana, **headers)
    assert dict(answer.cookies) == {}
    assert "Clear-Site-Data" not in answer.headers
    assert not needs_sign_in(ana, "/today/")


def test_looking_ahead_ends_nothing(ana):
    leave(ana, "head", **LINK)
    assert not needs_sign_in(ana, "/today/")


def test_it_takes_no_form(ana):
    assert ana.post("/leave/").status_code == 405


@pytest.mark.parametrize("headers", [{"referer": "http://testserver/talk/"}, {"sec-fetch-site": "none"}])
def test_an_older_browser_and_a_typed_address_are_meant(ana, headers):
    leave(ana, **headers)
    assert needs_sign_in(ana, "/today/")


def test_a_visitor_leaves_as_well():
    assert dict(leave(Client(), **LINK).cookies) == {}


def test_it_leads_away_where_nothing_can_be_written(ana, monkeypatch):
    def full(**_):
        raise DatabaseError("disk full")

    monkeypatch.setattr("beenthere.web.views.leaving.sign_out", full)
    assert kept_after(leave(ana, **LINK)) == set()


def test_every_page_has_the_way_out_and_help(ana):
    for client in (ana, Client()):
        for address in ("/leaving/", "/help/", "/rules/", "/nothing-here/"):
            html = client.get(address).content.decode()
            assert html.count('id="leave" href="/leave/"') == 1, address
            assert 'href="/help/"' in html, address
