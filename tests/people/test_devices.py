"""A device that others use keeps nothing, what any device keeps is told, and a neutral title holds."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client
from re2 import findall

from beenthere.foundation import clock
from beenthere.people.actions import join, sign_in
from beenthere.people.actions.signing import MOST_BROWSERS
from beenthere.people.models import SignIn
from beenthere.ui.plain import TITLES, plain_cookie
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GOOD = "four lamps beside the old canal"
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def ana():
    return join(name="Ana", prefers={"language": "en"}, passphrase=GOOD, passkey=None)


def comes_in(joined, **more) -> tuple[Client, object]:
    client = Client()
    given = {"sign_in_name": joined.sign_in_name, "passphrase": GOOD, **more}
    return client, client.post("/sign-in/", given)


def test_a_shared_device_keeps_one_cookie_until_it_is_closed(ana):
    client, came = comes_in(ana, shared="on")
    assert set(came.cookies) == {settings.SIGN_IN_COOKIE}
    assert came.cookies[settings.SIGN_IN_COOKIE]["max-age"] == ""
    assert "data-shared>" in client.get("/me/").content.decode()
    _, own = comes_in(ana)
    assert own.cookies[settings.SIGN_IN_COOKIE]["max-age"] == 60 * 86400
    assert settings.KNOWN_COOKIE in own.cookies


def test_there_a_sign_in_ends_after_half_an_hour_and_after_half_a_day(ana):
    with clock.stopped_at(START) as hands:
        client, _ = comes_in(ana, shared="on")
        hands.move(29 * 60)
        seen = client.get("/me/")
        assert seen.status_code == 200
        assert seen.cookies[settings.SIGN_IN_COOKIE]["max-age"] == ""
        hands.move(30 * 60)
        assert client.get("/me/").status_code == 302
        client, _ = comes_in(ana, shared="on")
        answers = []
        for _ in range(26):
            hands.move(28 * 60)
            answers.append(client.get("/me/").status_code)
        assert answers == [200] * 25 + [302], "never longer than twelve hours"


def test_no_sign_in_lasts_longer_than_half_a_year(ana):
    with clock.stopped_at(START) as hands:
        client, _ = comes_in(ana)
        answers = []
        for _ in range(5):
            hands.move(44 * 86400)
            answers.append(client.get("/me/").status_code)
        assert answers == [200] * 4 + [302]


def test_of_many_browsers_the_one_seen_longest_ago_goes(ana):
    first, _ = sign_in(person=ana.person, device="first", by=ana.person)
    for _ in range(MOST_BROWSERS):
        sign_in(person=ana.person, device="x", by=ana.person)
    assert (SignIn.objects.count(), SignIn.objects.filter(pk=first.pk).exists()) == (MOST_BROWSERS, False)


PAGES = ["/", "/help/", "/sign-in/", "/me/", "/me/device/", "/nowhere/", "/rules/"]


def titles(client) -> set[str]:
    told = set()
    for address in PAGES:
        page = client.get(address, follow=True).content.decode()
        told |= set(findall(r"<title>(.*?)</title>", page))
        told |= set(findall(r'<link rel="icon" href="([^"]+)"', page))
    return told


@pytest.mark.parametrize("key", TITLES)
def test_a_neutral_title_stands_on_every_page_of_this_browser(key, client):
    assert len(titles(client)) > 4
    client.post("/me/device/", {"title": key})
    assert titles(client) == {str(TITLES[key]), "/static/ui/plain.svg"}
    client.post("/me/device/", {"title": ""})
    assert "/static/ui/favicon.svg" in titles(client)


def test_wherever_she_is_signed_in(ana):
    here, there = signed_in(Client(), ana.person), Client()
    here.post("/me/device/", {"title": "recipes", "everywhere": "on"})
    assert plain_cookie() not in {name for name, one in here.cookies.items() if one.value}
    assert len(titles(there)) > 4
    assert titles(signed_in(there, ana.person)) == {"Recipes", "/static/ui/plain.svg"}
    there.post("/me/device/", {"title": ""})
    assert "/static/ui/favicon.svg" in titles(there), "this browser chose otherwise"


def test_an_unknown_title_is_none(client):
    assert client.post("/me/device/", {"title": "Beenthere"}).status_code == 422
    client.cookies[plain_cookie()] = "<b>"
    assert "/static/ui/favicon.svg" in titles(client)


def test_what_is_kept_is_told_and_forgotten(ana):
    client, _ = comes_in(ana)
    page = client.get("/me/device/").content.decode()
    assert page.count('name="forget"') == 3, "known, language, everything"
    client.post("/me/device/", {"forget": "known"})
    assert client.cookies[settings.KNOWN_COOKIE].value == ""
    gone = client.post("/me/device/", {"forget": "everything"})
    assert "storage" in gone.headers["Clear-Site-Data"]
    assert {name for name, one in gone.cookies.items() if one.value == ""} >= {settings.SIGN_IN_COOKIE}
    assert (SignIn.objects.count(), client.get("/me/").status_code) == (0, 302)


def test_nobody_is_signed_out_by_another(ana):
    comes_in(ana)
    signed_in(Client(), person("Ben")).post("/me/device/", {"forget": "everything"})
    assert list(SignIn.objects.values_list("person", flat=True)) == [ana.person.pk]
