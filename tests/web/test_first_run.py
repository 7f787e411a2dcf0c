"""The first run: a link from the terminal opens the place, once, and makes its first steward."""

import html
import re

import pytest
from django.conf import settings

from beenthere.foundation.place import the_place
from beenthere.people.models import MEMBER, Invitation, Person
from beenthere.safety.models import Steward
from beenthere.web.first_key import first_key, opens_first_run
from beenthere.web.rules import default_rules
from tests import cast

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PASSPHRASE = "seven quiet lanterns by the river"


@pytest.fixture
def key():
    yield first_key()
    (settings.DATA / "secret" / "first-run.key").unlink(missing_ok=True)


def filled(page, key: str, **more) -> dict:
    told = html.unescape(re.search(r'name="told" value="([^"]+)"', page.content.decode())[1])
    rules = html.unescape(
        re.search(r"<textarea[^>]*>\s?(.*?)</textarea>", page.content.decode(), re.DOTALL)[1]
    )
    given = {"place_name": "The Lamp", "place_rules": rules, "joining": "invited", "hours": "Fridays"}
    given |= {"place_languages": ["en", "es"], "name": "Sol", "adult": "yes", "passphrase": PASSPHRASE}
    return {**given, "timezone": "Europe/Madrid", "key": key, "told": told, **more}


def test_without_the_key_the_page_is_not_there(client, key):
    sent = [client.get("/first/"), client.get("/first/?key=guess"), client.post("/first/", {"key": "guess"})]
    assert [one.status_code for one in sent] == [404] * 3
    assert client.get(f"/first/?key={key}").status_code == 200


def test_the_key_is_kept_for_its_owner_alone(key):
    path = settings.DATA / "secret" / "first-run.key"
    assert (path.read_text(), path.stat().st_mode & 0o077) == (key, 0)
    assert [opens_first_run(one) for one in (key, key[:-1], "", "é")] == [True, False, False, False]


def test_the_place_is_opened_and_its_first_steward_is_here(client, key):
    page = client.get(f"/first/?key={key}")
    response = client.post("/first/", filled(page, key), follow=True)
    assert response.redirect_chain == [("/begin/here/", 302)]
    place, sol = the_place(), Person.objects.get()
    assert (place.name, place.joining, place.languages, place.hours) == (
        "The Lamp",
        "invited",
        ("en", "es"),
        "Fridays",
    )
    assert (place.rules, place.is_open) == ("", True)
    assert (sol.name, sol.standing, Steward.objects.get().person) == ("Sol", MEMBER, sol)
    assert client.post("/begin/here/").headers["Location"] == "/first/two/"


def test_the_same_link_opens_once(client, key):
    given = filled(client.get(f"/first/?key={key}"), key)
    client.post("/first/", given)
    assert not (settings.DATA / "secret" / "first-run.key").exists()
    assert first_key() == ""
    assert client.get(f"/first/?key={key}").status_code == 404
    other = type(client)()
    assert other.post("/first/", given).headers["Location"] == "/begin/here/"
    assert (
        type(client)().post("/first/", {**given, "passphrase": "guess guess guess"}).headers["Location"]
        == "/sign-in/"
    )
    assert Person.objects.count() == 1


def test_the_rules_can_be_ones_own(client, key):
    page = client.get(f"/first/?key={key}")
    client.post("/first/", filled(page, key, place_rules="Be kind.\r\n\r\nTea at <five>."))
    shown = client.get("/rules/").content.decode()
    rules = re.findall(r'<li><span dir="auto">(.*?)</span></li>', shown)
    assert rules == ["Be kind.", "Tea at &lt;five&gt;."]


@pytest.mark.parametrize(
    "fault", [{"place_name": ""}, {"joining": "x"}, {"name": "Admin"}, {"passphrase": "short"}]
)
def test_a_fault_keeps_the_place_closed_and_what_was_written(client, key, fault):
    page = client.get(f"/first/?key={key}")
    response = client.post("/first/", filled(page, key, **{"hours": "Mondays at tea", **fault}))
    assert response.status_code == 422
    assert "Mondays at tea" in response.content.decode()
    assert (the_place().is_open, Person.objects.count(), Steward.objects.count()) == (False, 0, 0)
    assert default_rules()[0] in html.unescape(response.content.decode())


def test_the_first_steward_asks_two_more(client, key, open_place):
    cast.signed_in(client, cast.person("Ana"))
    assert client.get("/first/two/").status_code == 404
    assert client.post("/first/two/").status_code == 404
    sol = cast.person("Sol")
    Steward.objects.create(person=sol)
    page = cast.signed_in(client, sol).post("/first/two/").content.decode()
    links = re.findall(r'href="http://testserver(/begin/with/[^"]+)"', page)
    assert (len(set(links)), Invitation.objects.count()) == (2, 2)
    assert "Welcome." in type(client)().get(links[0]).content.decode()
