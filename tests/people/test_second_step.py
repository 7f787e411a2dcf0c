"""The second step: after the passphrase in every door, once a code, and no way for others to keep one out."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from re2 import search

from beenthere.foundation import clock
from beenthere.foundation.models import LedgerRow
from beenthere.people.actions import (
    begin_one_time_codes,
    confirm_one_time_codes,
    join,
    make_recovery_codes,
    use_one_time_code,
)
from beenthere.people.core.one_time import code_at
from beenthere.people.models import OneTimeCodes, SignIn
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GOOD, OTHER = "four lamps beside the old canal", "nine boats under the long bridge"
START = datetime(2026, 1, 1, tzinfo=UTC)
OFF = 10**9  # a step so far away that its code does not open, but for one chance in 333,333


@pytest.fixture
def hands():
    with clock.stopped_at(START) as hands:
        yield hands


@pytest.fixture
def ana(hands):
    """She joined, and has an app since a minute."""
    joined = join(name="Ana", prefers={"language": "en"}, passphrase=GOOD, passkey=None)
    begin_one_time_codes(by=joined.person)
    assert confirm_one_time_codes(code=code_of(joined), by=joined.person)
    hands.move(60)
    return joined


def code_of(joined, steps: int = 0) -> str:
    row = OneTimeCodes.objects.select_related("person").get(person=joined.person)
    return code_at(row.secret, int(clock.now().timestamp()) // 30 + steps)


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def first(client, joined, passphrase=GOOD, **more):
    return client.post("/sign-in/", {"sign_in_name": joined.sign_in_name, "passphrase": passphrase, **more})


def sealed_in(page) -> str:
    return search(r'name="shown" value="([^"]+)"', page.content.decode()).group(1)


def second(client, page, code):
    return client.post("/sign-in/second/", {"shown": sealed_in(page), "code": code})


def comes_in(joined) -> Client:
    client = Client()
    came = second(client, first(client, joined), code_of(joined))
    assert came.status_code == 302
    return client


def is_in(client) -> bool:
    return client.get("/me/").status_code == 200


def test_the_passphrase_alone_opens_nothing(ana):
    client = Client()
    asked = first(client, ana, next="/stories/")
    assert (asked.status_code, settings.SIGN_IN_COOKIE in asked.cookies, is_in(client)) == (200, False, False)
    assert SignIn.objects.count() == 0
    came = second(client, asked, code_of(ana))
    assert (came.status_code, came["Location"], is_in(client)) == (302, "/stories/", True)


def test_whoever_has_no_second_step_is_not_asked():
    joined = join(name="Ben", prefers={}, passphrase=OTHER, passkey=None)
    begin_one_time_codes(by=joined.person)  # shown and never proved
    assert first(Client(), joined).status_code == 422
    assert first(Client(), joined, OTHER).status_code == 302


def test_a_wrong_passphrase_says_nothing_of_a_second_step(ana):
    ben = join(name="Ben", prefers={}, passphrase=OTHER, passkey=None)
    pages = [first(Client(), one, "wrong but long enough") for one in (ana, ben)]
    assert [page.status_code for page in pages] == [422, 422]
    assert not any("second" in text_of(page) for page in pages)


def test_a_code_opens_once(ana, hands):
    client, code = Client(), code_of(ana)
    assert second(client, first(client, ana), code).status_code == 302
    again = Client()
    assert second(again, first(again, ana), code).status_code == 422
    assert second(again, first(again, ana), code_of(ana, -1)).status_code == 422, "nor one before it"
    hands.move(30)
    assert second(again, first(again, ana), code_of(ana)).status_code == 302


def test_two_at_once_are_one(ana):
    """Both saw the same row before either wrote."""
    code = code_of(ana)
    assert [use_one_time_code(person=ana.person, code=code) for _ in range(2)] == [True, False]


def test_the_code_of_another_does_not_open(ana):
    ben = join(name="Ben", prefers={}, passphrase=OTHER, passkey=None)
    begin_one_time_codes(by=ben.person)
    client = Client()
    assert second(client, first(client, ana), code_of(ben)).status_code == 422
    assert is_in(client) is False


def test_what_was_shown_first_is_sealed_and_grows_old(ana, hands):
    client = Client()
    asked = first(client, ana)
    assert ana.person.ref not in asked.content.decode()
    for forged in ("", "x", sealed_in(asked)[:-2]):
        sent = client.post("/sign-in/second/", {"shown": forged, "code": code_of(ana)})
        assert (sent.status_code, sent["Location"]) == (302, "/sign-in/")
    hands.move(601)
    assert second(client, asked, code_of(ana))["Location"] == "/sign-in/"
    assert is_in(client) is False


def test_a_recovery_code_stands_in_for_the_app_once(ana):
    codes = make_recovery_codes(by=ana.person)
    client = Client()
    assert second(client, first(client, ana), codes[0]).status_code == 302
    assert is_in(client)
    assert second(Client(), first(client := Client(), ana), codes[0]).status_code == 422


def test_the_recovery_code_of_another_stands_in_for_nothing_and_stays(ana):
    ben = person("Ben")
    (code, *_) = make_recovery_codes(by=ben)
    client = Client()
    assert second(client, first(client, ana), code).status_code == 422
    assert ben.recovery_codes.count() == 10


def test_a_recovery_code_replaces_one_step_and_not_both(ana):
    codes = make_recovery_codes(by=ana.person)
    client = Client()
    asked = client.post("/sign-in/code/", {"code": codes[0]})
    assert (asked.status_code, is_in(client)) == (200, False)
    assert second(client, asked, codes[1]).status_code == 422
    assert second(client, asked, code_of(ana))["Location"] == "/me/recovered/"
    assert is_in(client)


def test_proof_asks_for_both(ana, hands):
    client = comes_in(ana)
    SignIn.objects.update(proved_at=START - timedelta(days=1))
    hands.move(60)
    there = client.get("/me/codes/")
    assert there["Location"] == "/me/prove/?next=%2Fme%2Fcodes%2F"
    assert client.post("/me/prove/", {"passphrase": GOOD}).status_code == 422
    assert client.post("/me/prove/", {"passphrase": GOOD, "code": "000000"}).status_code == 422
    assert client.post("/me/prove/", {"passphrase": OTHER, "code": code_of(ana)}).status_code == 422
    shown = {"passphrase": GOOD, "code": code_of(ana), "next": "/me/codes/"}
    assert client.post("/me/prove/", shown)["Location"] == "/me/codes/"
    assert client.get("/me/codes/").status_code == 200


def test_a_proof_makes_the_cookie_before_it_worthless(ana, hands):
    client = comes_in(ana)
    before, device = client.cookies[settings.SIGN_IN_COOKIE].value, SignIn.objects.get()
    hands.move(60)
    assert client.post("/me/prove/", {"passphrase": GOOD, "code": code_of(ana)}).status_code == 302
    thief = Client()
    thief.cookies[settings.SIGN_IN_COOKIE] = before
    assert (is_in(thief), is_in(client)) == (False, True)
    after = SignIn.objects.get()
    assert (after.ref, after.seed, after.made_at) == (device.ref, device.seed, device.made_at)


def test_it_is_set_up_with_proof_that_the_app_has_it(hands):
    joined = join(name="Ana", prefers={}, passphrase=GOOD, passkey=None)
    client = Client()
    first(client, joined)
    page = text_of(client.get("/me/codes/"))
    row = OneTimeCodes.objects.select_related("person").get()
    assert (row.secret in page, page.count("<svg xmlns"), row.confirmed_at) == (True, 1, None)
    assert row.secret not in str(OneTimeCodes.objects.values().get())
    assert client.post("/me/codes/", {"code": code_of(joined, OFF)}).status_code == 422
    assert OneTimeCodes.objects.get().confirmed_at is None
    assert client.post("/me/codes/", {"code": code_of(joined)})["Location"] == "/me/codes/"
    assert row.secret not in text_of(client.get("/me/codes/")), "never shown again"
    assert first(Client(), joined).status_code == 200


def test_taking_it_away_needs_a_proof_and_is_in_the_ledger(ana):
    client = comes_in(ana)
    SignIn.objects.update(proved_at=START - timedelta(days=1))
    assert client.post("/me/codes/away/")["Location"].startswith("/me/prove/")
    assert OneTimeCodes.objects.count() == 1
    SignIn.objects.update(proved_at=clock.now())
    assert client.post("/me/codes/away/").status_code == 302
    assert first(Client(), ana).status_code == 302
    acts = list(LedgerRow.objects.filter(act__startswith="second").values_list("act", flat=True))
    assert acts == ["second step begun", "second step ended"]


def test_a_second_step_stands_beside_a_passphrase_alone():
    client = signed_in(Client(), person("Ana"))
    assert "You need no second step" in text_of(client.get("/me/codes/"))
    assert OneTimeCodes.objects.count() == 0


def test_guessing_waits_and_cannot_keep_her_out_of_her_own_browser(ana, hands):
    hers, thief = comes_in(ana), Client()
    hers.post("/sign-out/")
    hands.move(30)
    asked = first(thief, ana)
    answers = [second(thief, asked, code_of(ana, OFF + n)).status_code for n in range(7)]
    assert answers == [422] * 4 + [429] * 3, "her own coming in was counted too"
    assert second(thief, asked, code_of(ana)).status_code == 429, "also with the right one"
    assert second(hers, first(hers, ana), code_of(ana)).status_code == 302


def test_her_own_browser_has_limits_too(ana, hands):
    hers = comes_in(ana)
    hers.post("/sign-out/")
    hands.move(30)
    asked = first(hers, ana)
    answers = [second(hers, asked, code_of(ana, OFF + n)).status_code for n in range(7)]
    assert answers == [422] * 6 + [429]


def test_nobody_else_sees_or_ends_it(ana):
    ben = signed_in(Client(), person("Ben"))
    ben.post("/me/codes/away/")
    assert OneTimeCodes.objects.count() == 1
    for address in ("/me/codes/", "/me/codes/away/"):
        assert Client().post(address)["Location"].startswith("/sign-in/")
