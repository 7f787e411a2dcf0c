"""No other site makes somebody's browser do anything here."""

import pytest
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from re2 import sub

from beenthere.people.actions import make_access_token
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
EVIL = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}


def addresses(within=None, before: str = "/"):
    """Every address there is, with some ref where one stands."""
    for one in (within or get_resolver()).url_patterns:
        path = before + sub(r"<[^>]*>", "1", str(one.pattern)).lstrip("^").rstrip("$")
        if isinstance(one, URLResolver):
            yield from addresses(one, path)
        else:
            yield path


def test_no_form_of_another_site_is_taken():
    """Neither with the cookie of a sign-in nor with the token of another form; the API has no cookies."""
    ana = person("Ana")
    browser = signed_in(Client(enforce_csrf_checks=True), ana)
    found = [one for one in addresses() if not one.startswith("/api/")]
    assert len(found) > 60
    for address in found:
        for headers in (EVIL, {"Origin": "null"}, {}):
            answer = browser.post(address, {"csrfmiddlewaretoken": "x" * 64}, headers=headers)
            assert (address, answer.status_code) == (address, 403)


def test_the_api_hears_no_cookie():
    ana = person("Ana")
    make_access_token(label="mine", by=ana)
    browser = signed_in(Client(enforce_csrf_checks=True), ana)
    for method in ("get", "post", "put", "patch", "delete"):
        for address in ("/api/v1/conversations/", "/api/v1/me/", "/api/v1/kept/1", "/api/v1/me/muted"):
            answer = getattr(browser, method)(address, content_type="application/json")
            assert answer.status_code in (401, 405), (method, address)
