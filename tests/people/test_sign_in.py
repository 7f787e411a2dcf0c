"""The doors: passphrase, recovery code, waiting, a browser one is known in, proof, and what is one's own."""

import html
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.test import Client

from beenthere.foundation import clock
from beenthere.foundation.models import Count
from beenthere.people import access
from beenthere.people.actions import join, make_recovery_codes, set_passphrase, sign_in
from beenthere.people.models import AccessToken, Passphrase, Person, RecoveryCode, SignIn
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GOOD, OTHER = "four lamps beside the old canal", "nine boats under the long bridge"
WRONG = "This sign-in name and this passphrase do not open the door together."


@pytest.fixture
def ana():
    return join(name="Ana", prefers={"language": "en"}, passphrase=GOOD, passkey=None)


def tries(client, name, passphrase=GOOD, **more):
    return client.post("/sign-in/", {"sign_in_name": name, "passphrase": passphrase, **more})


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def comes_in(joined) -> Client:
    client = Client()
    assert tries(client, joined.sign_in_name).status_code == 302
    return client


def grown_old(client: Client) -> None:
    """The proof is older than ten minutes."""
    SignIn.objects.update(proved_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_in_and_back_to_the_page_one_came_from(client, ana):
    there = client.get("/sign-in/?next=/stories/%3Fa%3D1")
    assert 'value="/stories/?a=1"' in text_of(there)
    came = tries(client, ana.sign_in_name, next="/stories/?a=1")
    assert (came.status_code, came["Location"]) == (302, "/stories/?a=1")
    cookie = came.cookies[settings.SIGN_IN_COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert client.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x", "/\\x.example"]
)
def test_nobody_is_led_to_another_host(client, ana, elsewhere):
    assert tries(client, ana.sign_in_name, next=elsewhere)["Location"] == "/today/"


def test_unknown_name_and_wrong_passphrase_are_one_answer_after_one_work(client, ana, monkeypatch):
    checked = []
    real = access.check_password
    monkeypatch.setattr(
        access, "check_password", lambda *given: checked.append(given[1][:17]) or real(*given)
    )
    pages = [tries(client, name, "wrong but long enough") for name in (ana.sign_in_name, "no-such-name-11")]
    assert [page.status_code for page in pages] == [422, 422]
    assert checked == ["argon2$argon2id$v"] * 2
    shown = [text_of(page).replace(ana.sign_in_name, "X").replace("no-such-name-11", "X") for page in pages]
    bare = [part.partition('name="asked"')[0][-200:] + part.rpartition("</bt-passkey>")[2] for part in shown]
    masked = [part.split("csrfmiddlewaretoken")[0] for part in bare]
    assert masked[0] == masked[1]
    assert all(WRONG in page for page in shown)


def test_what_was_typed_wrong_stays_but_never_the_passphrase(client, ana):
    page = text_of(tries(client, ana.sign_in_name, "wrong but long enough"))
    assert f'value="{ana.sign_in_name}"' in page
    assert "wrong but long enough" not in page


def test_the_wait_grows_and_says_how_long(client, ana):
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)) as hands:
        answers = [tries(client, ana.sign_in_name, "wrong but long enough").status_code for _ in range(7)]
        assert answers == [422] * 5 + [429] * 2
        assert "Please wait 6 minutes, then try again." in text_of(tries(client, ana.sign_in_name))
        assert client.get("/me/").status_code == 302
        hands.move(1200)
        assert [tries(client, ana.sign_in_name, "x" * 20).status_code for _ in range(6)] == [422] * 5 + [429]
        hands.move(1200)
        assert tries(client, ana.sign_in_name).status_code == 429, "ten in an hour wait longer"
        hands.move(7200)
        assert tries(client, ana.sign_in_name).status_code == 302


def test_others_cannot_lock_her_out_of_her_own_browser(ana):
    hers, others = comes_in(ana), Client()
    hers.post("/sign-out/")
    for _ in range(6):
        refused = tries(others, ana.sign_in_name, "wrong but long enough")
    assert refused.status_code == 429
    assert tries(hers, ana.sign_in_name).status_code == 302


def test_a_known_browser_is_known_for_one_name_and_has_limits_too(ana):
    ben = join(name="Ben", prefers={}, passphrase=OTHER, passkey=None)
    hers = comes_in(ana)
    assert ana.sign_in_name not in hers.cookies[settings.KNOWN_COOKIE].value
    hers.post("/sign-out/")
    assert [tries(hers, ben.sign_in_name, "x" * 20).status_code for _ in range(6)] == [422] * 5 + [429]
    with clock.stopped_at(clock.now()):
        assert [tries(hers, ana.sign_in_name, "x" * 20).status_code for _ in range(7)] == [422] * 6 + [429]
    hers.cookies[settings.KNOWN_COOKIE] = "forged"
    assert tries(hers, ana.sign_in_name, "x" * 20).status_code in (422, 429)


def test_one_network_trying_many_names_waits(client):
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)):
        Count.objects.all().delete()
        answers = [client.post("/sign-in/code/", {"code": f"code-{n}"}).status_code for n in range(31)]
    assert answers == [422] * 30 + [429]


def test_nothing_readable_is_counted(client, ana):
    tries(client, ana.sign_in_name, "wrong but long enough")
    assert Count.objects.count() > 0
    assert not [
        row for row in Count.objects.values() if "127.0.0.1" in str(row) or ana.sign_in_name in str(row)
    ]


def test_a_recovery_code_opens_once_and_new_ones_replace_old(client, ana):
    codes = make_recovery_codes(by=ana.person)
    assert len(set(codes)) == 10
    assert codes[0] not in str(list(RecoveryCode.objects.values()))
    came = client.post("/sign-in/code/", {"code": codes[0].upper().replace("-", " ")})
    assert came["Location"] == "/me/recovered/"
    assert "9 are left" in text_of(client.get("/me/recovered/"))
    assert Client().post("/sign-in/code/", {"code": codes[0]}).status_code == 422
    shown = text_of(client.post("/me/recovery/"))
    assert shown.count("<li><code") == 10
    assert Client().post("/sign-in/code/", {"code": codes[1]}).status_code == 422


def test_signing_out_is_a_post_and_ends_it(ana):
    client = comes_in(ana)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/"
    assert (client.get("/me/").status_code, SignIn.objects.count()) == (302, 0)


def test_signing_in_again_leaves_one_sign_in_in_this_browser(ana):
    client = comes_in(ana)
    before = client.cookies[settings.SIGN_IN_COOKIE].value
    tries(client, ana.sign_in_name)
    assert (SignIn.objects.count(), client.cookies[settings.SIGN_IN_COOKIE].value == before) == (1, False)


FRESH = ["/me/passkeys/add/", "/me/passphrase/", "/me/recovery/", "/me/mail/", "/me/tokens/"]


@pytest.mark.parametrize("address", FRESH)
def test_what_opens_doors_asks_whether_it_is_still_her(ana, address):
    client = comes_in(ana)
    assert client.get(address).status_code == 200
    grown_old(client)
    there = f"/me/prove/?next={address.replace('/', '%2F')}"
    assert [client.get(address)["Location"], client.post(address)["Location"]] == [there, there]
    assert client.post(there, {"passphrase": "wrong but long enough"}).status_code == 422
    assert client.get(address).status_code == 302
    assert client.post(there, {"passphrase": GOOD, "next": address})["Location"] == address
    assert client.get(address).status_code == 200


def test_the_passphrase_of_another_is_no_proof(ana):
    join(name="Ben", prefers={}, passphrase=OTHER, passkey=None)
    client = comes_in(ana)
    grown_old(client)
    assert client.post("/me/prove/", {"passphrase": OTHER}).status_code == 422


def test_a_changed_passphrase_signs_out_the_others(ana):
    here, there = comes_in(ana), comes_in(ana)
    same = here.post("/me/passphrase/", {"passphrase": OTHER, "again": "something else entirely"})
    assert (same.status_code, Passphrase.objects.count()) == (422, 1)
    assert "Your sign-in name is the one you had." in text_of(
        here.post("/me/passphrase/", {"passphrase": OTHER, "again": OTHER})
    )
    assert (here.get("/me/").status_code, there.get("/me/").status_code) == (200, 302)
    assert access.person_by_passphrase(ana.sign_in_name, GOOD) is None
    assert access.person_by_passphrase(ana.sign_in_name, OTHER) == ana.person


def test_a_new_sign_in_name_ends_the_old_one(ana):
    drawn = set_passphrase(passphrase=OTHER, new_name=True, by=ana.person)
    assert access.person_by_passphrase(ana.sign_in_name, OTHER) is None
    assert access.person_by_passphrase(drawn, OTHER) == ana.person


def test_one_changes_what_one_is_called_and_how_pages_speak(ana):
    client = comes_in(ana)
    given = {"name": " Zo\u200be ", "language": "es", "timezone": "Europe/Madrid"}
    assert client.post("/me/", given).status_code == 302
    kept = Person.objects.get()
    assert (kept.name, kept.prefers["language"], kept.prefers["timezone"]) == ("Zoe", "es", "Europe/Madrid")
    assert '<html lang="es"' in text_of(client.get("/me/"))
    assert client.post("/me/", {**given, "name": "Moderadora"}).status_code == 422
    assert Person.objects.get().name == "Zoe"


def test_browsers_are_listed_and_signed_out(ana):
    here = comes_in(ana)
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
    there, third = Client(headers={"user-agent": agent}), comes_in(ana)
    tries(there, ana.sign_in_name)
    page = text_of(here.get("/me/"))
    assert ("Firefox on Linux" in page, page.count("(this one)"), page.count("Sign it out")) == (True, 1, 2)
    ref = access.sign_in_of_token(there.cookies[settings.SIGN_IN_COOKIE].value).ref
    here.post("/me/browsers/", {"ref": ref})
    assert [one.get("/me/").status_code for one in (here, there, third)] == [200, 302, 200]
    here.post("/me/browsers/", {"others": "1"})
    assert [one.get("/me/").status_code for one in (here, there, third)] == [200, 302, 302]


def test_a_token_is_shown_once_and_taken_away(ana):
    client = comes_in(ana)
    made = text_of(client.post("/me/tokens/", {"label": "My script"}))
    token = made.partition('<code translate="no">')[2].partition("</code>")[0]
    assert access.person_of_access_token(token) == ana.person
    assert token not in str(AccessToken.objects.values().get())
    assert (token in text_of(client.get("/me/")), "My script" in text_of(client.get("/me/"))) == (False, True)
    client.post(f"/me/tokens/{AccessToken.objects.get().ref}/")
    assert access.person_of_access_token(token) is None


def test_nobody_touches_what_is_anothers(ana):
    ben = signed_in(Client(), person("Ben"))
    hers, _ = sign_in(person=ana.person, device="x", by=ana.person)
    client = comes_in(ana)
    client.post("/me/tokens/", {"label": "Mine"})
    token = AccessToken.objects.get()
    answers = [
        ben.post("/me/browsers/", {"ref": hers.ref}),
        ben.post(f"/me/tokens/{token.ref}/"),
        ben.post("/me/passkeys/0123456789abcdef/", {"label": "x"}),
    ]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert (SignIn.objects.filter(pk=hers.pk).exists(), AccessToken.objects.count()) == (True, 1)


@pytest.mark.parametrize("standing", ["asking", "suspended"])
def test_who_waits_or_is_suspended_still_has_their_own_page(ana, standing):
    Person.objects.update(standing=standing)
    page = text_of(comes_in(ana).get("/me/"))
    said = {"asking": "You have asked to join", "suspended": "You cannot take part for now"}
    assert [word for word in said.values() if word in page] == [said[standing]]


def test_who_is_suspended_is_led_to_what_was_decided(ana):
    Person.objects.update(standing="suspended")
    main = comes_in(ana).get("/today/", follow=True).content.decode().partition("<main")[2]
    assert main.count('<p><a href="/safety/">') == 1


def test_a_visitor_is_led_to_the_door_from_every_page_of_oneself(client):
    for address in ["/me/", "/me/recovered/", "/me/prove/", *FRESH]:
        assert client.get(address)["Location"].startswith("/sign-in/?next=%2Fme%2F")
    assert client.post("/me/browsers/")["Location"] == "/sign-in/"


def test_the_page_about_oneself_asks_as_much_for_one_as_for_three(ana, django_assert_max_num_queries):
    client = comes_in(ana)
    with django_assert_max_num_queries(12):
        client.get("/me/")
    for number in range(3):
        comes_in(ana)
        client.post("/me/tokens/", {"label": f"Token {number}"})
    with django_assert_max_num_queries(12):
        client.get("/me/")
