"""What somebody who means harm sends to any page: signs that a database refuses."""

import json

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from re2 import sub

from beenthere.people.actions import make_access_token, set_passphrase
from beenthere.people.core.names import name_fault, tidy_name
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HOSTILE = ("%00", "%00%00", "a%00", "%ED%A0%80", "%F0%9F%92%A9", "%E2%80%AE", "9" * 30, "x" * 2000)


def addresses(sign: str, patterns=None, before: str = "/") -> list[str]:
    """Every address that carries text, with `sign` in its place."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        address = before + str(one.pattern)
        if isinstance(one, URLResolver):
            found += addresses(sign, one.url_patterns, address)
        elif "<" in address:
            found.append(sub(r"<int:\w+>|\{number\}", "1", address))
    return [sub(r"<[^>]*>", sign, address) for address in found]


@pytest.mark.parametrize("sign", HOSTILE)
def test_no_sign_in_an_address_is_an_error_of_ours(sign):
    client = signed_in(Client(raise_request_exception=False), person("Ana"))
    assert len(addresses(sign)) > 30
    answers = {}
    for address in addresses(sign):
        for method in (client.get, client.post):
            answers[f"{method.__name__} {address}"] = method(address, {"number": "1"}).status_code
    assert {one: status for one, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("sign", ["\0", "a\0", "\ud800", "\u202e", "x" * 40])
def test_no_sign_in_what_is_posted_is_an_error_of_ours(sign):
    ana = person("Ana")
    client = signed_in(Client(raise_request_exception=False), ana)
    sent = sign.encode(errors="surrogatepass").decode("latin-1")
    pages = {
        "/me/browsers/": {"ref": sent},
        "/me/": {"name": sent, "language": sent, "timezone": sent},
        "/me/mail/": {"address": sent, "sender": sent},
        "/sign-in/": {"sign_in_name": sent, "passphrase": sent},
        "/sign-in/code/": {"code": sent},
        "/begin/": {"told": sent, "words": sent, "add": sent, "own": sent, "pick": sent},
        "/begin/join/": {"told": sent, "name": sent, "passkey": sent, "asked": sent},
        "/stories/write/": {"words": sent, "do": "keep", "audience": "me", "another": sent},
        "/today/room/": {"act": sent, "capacity": sent},
        "/introductions/telling/": {"words": sent},
    }
    answers = {address: client.post(address, given).status_code for address, given in pages.items()}
    assert {address: status for address, status in answers.items() if status >= 500} == {}
    _, token = make_access_token(label="mine", by=ana)
    asked = {
        "/reports/": {"conversation": sign, "numbers": [1], "note": sign},
        "/understand": {"words": sign, "language": sign},
        "/pieces/": {"words": sign, "language": sign, "experiences": [{"experience": sign, "known": True}]},
    }
    statuses = {}
    for path, told in asked.items():
        answer = client.post(
            f"/api/v1{path}",
            json.dumps(told),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
        statuses[path] = answer.status_code
    assert {path: status for path, status in statuses.items() if status >= 500} == {}


UNSEEN = "\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5\u180b\ufe0f\u200b\u2060\ufffc\U0001d159\U000e0041"


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_a_sign_that_nobody_sees_makes_no_name_and_hides_no_word(sign):
    """Fillers of Hangul are letters to Unicode, and a blank to everybody who reads."""
    assert name_fault(sign) is not None
    for name in (f"steward{sign}", f"{sign}steward", f"ste{sign}ward", f"Dr{sign} Sol", f"dr{sign}"):
        assert name_fault(name) is not None, ascii(name)
    assert tidy_name(f"Ana{sign}").rstrip("\ufe0f\u180b") == "Ana"


def test_a_new_passphrase_ends_what_an_intruder_left_behind():
    """A browser that was in for a moment could have made a token, which no signing out would end."""
    ana, phrase = person("Ana"), "seven quiet lanterns by the river"
    client, intruder = signed_in(Client(), ana), signed_in(Client(), ana)
    set_passphrase(passphrase=phrase, by=ana)
    _, token = make_access_token(label="mine", by=ana)
    headers = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/me/", headers=headers).status_code == 200
    new = {"passphrase": phrase[::-1], "again": phrase[::-1]}
    assert client.post("/me/passphrase/", new).status_code == 200
    assert Client().get("/api/v1/me/", headers=headers).status_code == 401
    assert [one.get("/me/").status_code for one in (client, intruder)] == [200, 302]
