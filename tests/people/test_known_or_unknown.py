"""Who is here is itself a secret: every door answers the known and the unknown with the same bytes."""

from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from re2 import sub

from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE
from beenthere.people.actions import (
    begin_one_time_codes,
    give_mail_address,
    invite,
    join,
    leave_address,
    make_recovery_codes,
    use_recovery_code,
)
from beenthere.people.actions.joining import take_invitation
from beenthere.web.told import first_told
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GOOD = "four lamps beside the old canal"
# What is drawn anew for every page, whoever asks.
DRAWN = (
    r'name="(csrfmiddlewaretoken|asked|told|shown)" value="[^"]*"',
    r'data-options="[^"]*"',
    r"/mail/forget/[^/]+/",
)


@pytest.fixture(autouse=True)
def open_place(db):
    forget_place()
    tell_place(name="The Lamp", languages=("en",), joining="invited", by=SITE)
    yield
    forget_place()


@pytest.fixture
def ana():
    return join(name="Ana", prefers={}, passphrase=GOOD, passkey=None, standing="member")


def seen(answer, *said: str) -> dict:
    """All that a stranger sees of an answer; what they `said` themselves, and what is drawn anew, masked."""
    body = answer.content.decode()
    for one in said:
        for written in (one, quote(one)):
            body = body.replace(written, "SAID")
    for drawn in DRAWN:
        body = sub(drawn, "DRAWN", body)
    headers = {name: value for name, value in answer.headers.items() if name != "Content-Length"}
    cookies = {name: {**one, "expires": "", "length": len(one.value)} for name, one in answer.cookies.items()}
    return {"status": answer.status_code, "headers": headers, "cookies": cookies, "body": body}


def test_signing_in_by_a_known_and_an_unknown_name(ana):
    both = {}
    for name in (ana.sign_in_name, "nobody-knows-this-11"):
        given = {"sign_in_name": name, "passphrase": "wrong but long enough"}
        both[name] = seen(Client().post("/sign-in/", given), name)
    one, other = both.values()
    assert one == other
    assert one["status"] == 422


def test_also_where_there_is_a_second_step(ana):
    from beenthere.people.models import OneTimeCodes

    begin_one_time_codes(by=ana.person)
    OneTimeCodes.objects.update(confirmed_at=ana.person.made_at)
    test_signing_in_by_a_known_and_an_unknown_name(ana)


def test_waiting_after_many_tries(ana):
    answers = []
    for name in (ana.sign_in_name, "nobody-knows-this-11"):
        client = Client(REMOTE_ADDR=f"10.0.0.{len(answers)}")
        given = {"sign_in_name": name, "passphrase": "wrong but long enough"}
        answers.append([seen(client.post("/sign-in/", given), name) for _ in range(6)])
    assert answers[0] == answers[1]
    assert [one["status"] for one in answers[0]] == [422] * 5 + [429]


def test_a_recovery_code_that_was_used_and_one_that_never_was(ana):
    (used, *_) = make_recovery_codes(by=ana.person)
    use_recovery_code(code=used)
    other = "0000-" * 6 + "0000"
    one, two = (seen(Client().post("/sign-in/code/", {"code": code}), code) for code in (used, other))
    assert one == two


def test_an_invitation_that_was_used_and_one_that_never_was():
    used = invite(by=SITE)
    take_invitation(used)
    never = "x" * len(used)
    pages = [seen(Client().get(f"/begin/with/{code}/"), code) for code in (used, never)]
    assert pages[0] == pages[1]
    joined = []
    for code in (used, never):
        given = {"told": first_told("").sealed(), "name": "Zoe", "passphrase": GOOD, "adult": "yes"}
        given |= {"languages": ["en"], "timezone": "UTC", "invitation": code}
        joined.append(seen(Client().post("/begin/join/", given), code))
    assert joined[0] == joined[1]
    assert joined[0]["status"] == 422


def test_leaving_an_address_that_is_known_and_one_that_is_not(ana):
    give_mail_address(address="ana@example.org", by=ana.person)
    leave_address(address="ben@example.org", prefers={})
    pages = []
    for address in ("ana@example.org", "ben@example.org", "new@example.org"):
        given = {"told": first_told("My mum died").sealed(), "adult": "yes", "mail": address}
        pages.append(seen(Client().post("/begin/address/", given), address))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0]["status"] == 200


def test_giving_an_address_that_another_has(ana):
    give_mail_address(address="ana@example.org", by=ana.person)
    pages = []
    for name, address in (("Ben", "ana@example.org"), ("Eli", "new@example.org")):
        client = signed_in(Client(), person(name))
        pages.append(seen(client.post("/me/mail/", {"address": address, "sender": ""}), address))
    assert pages[0] == pages[1]


def test_links_of_mail_that_lead_nowhere(ana):
    """Forged, and of a row that is gone."""
    from beenthere.foundation.carried import carry
    from beenthere.people.actions.mail import CONFIRM, FORGET

    gone = carry({"row": "0" * 16, "of": "0" * 64}, purpose=CONFIRM)
    for path, token in (("confirm", gone), ("forget", carry({"person": ana.person.ref}, purpose=FORGET))):
        pages = [seen(Client().get(f"/mail/{path}/{one}/"), one) for one in (token, "forged")]
        assert pages[0] == pages[1], path
    assert mail.outbox == []


def test_the_cookies_of_a_stranger_are_those_of_anybody(ana):
    """Neither name nor length tells who has been here."""
    names = {settings.CSRF_COOKIE_NAME}
    for name in (ana.sign_in_name, "nobody-knows-this-11"):
        given = {"sign_in_name": name, "passphrase": "wrong but long enough"}
        assert set(Client().post("/sign-in/", given).cookies) == names
