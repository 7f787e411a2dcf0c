"""The log says who came in, who was kept out, and where somebody tried what is not theirs; no more."""

import pytest
from django.test import Client
from structlog.testing import capture_logs

from beenthere.people.actions import join, make_access_token
from beenthere.stories.actions import write_piece
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PASSPHRASE = "seven quiet lamps on the canal"


def lines(logs: list[dict]) -> list[tuple]:
    return [tuple(line.get(name) for name in ("event", "way", "outcome", "why", "at", "by")) for line in logs]


@pytest.fixture
def ana():
    return join(name="Anemone", prefers={}, passphrase=PASSPHRASE, passkey=None)


@pytest.mark.parametrize(
    ("passphrase", "outcome"), [(PASSPHRASE, "open"), ("nine loud lamps on a hill", "shut")]
)
def test_each_try_to_come_in(ana, passphrase, outcome):
    with capture_logs() as logs:
        Client().post("/sign-in/", {"sign_in_name": ana.sign_in_name, "passphrase": passphrase})
    assert lines(logs) == [("door", "sign in", outcome, None, None, "")]
    assert [word for word in (ana.sign_in_name, passphrase, "Anemone") if word in str(logs)] == []


def test_a_try_at_what_is_not_theirs(ana):
    cleo = person("Cleo")
    piece = write_piece(
        words="PLANTED", about={"experiences": [], "language": "en"}, audience="me", by=ana.person
    )
    with capture_logs() as logs:
        signed_in(Client(), cleo).get(f"/stories/{piece.ref}/")
    assert lines(logs) == [("refused", None, None, "not theirs", "stories:piece", cleo.ref)]
    assert [word for word in ("PLANTED", piece.ref, "Cleo") if word in str(logs)] == []


def test_a_token_that_opens_nothing(ana):
    token = make_access_token(label="", by=ana.person)[1]
    with capture_logs() as logs:
        Client().get("/api/v1/conversations/", headers={"Authorization": f"Bearer {token}x"})
    assert [(line["event"], line["why"], token in str(line)) for line in logs] == [
        ("refused", "no token", False)
    ]


def test_a_form_that_another_site_sends(ana):
    browser = signed_in(Client(enforce_csrf_checks=True), ana.person)
    with capture_logs() as logs:
        browser.post("/me/passphrase/", {"passphrase": PASSPHRASE})
    assert lines(logs) == [("refused", None, None, "not from here", "people:passphrase", ana.person.ref)]


def test_what_is_well_leaves_no_line(ana):
    browser = signed_in(Client(), ana.person)
    with capture_logs() as logs:
        browser.get("/today/")
        browser.get("/nothing-has-this-address/")
    assert lines(logs) == []
