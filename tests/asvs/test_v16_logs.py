"""V16: a line of the log is one line, says when, how grave and what, and goes to one place."""

import logging
import re
import ssl
from datetime import UTC, datetime

import pytest
import structlog
from django.core import mail
from django.db import OperationalError
from django.test import Client

from beenthere.foundation import logs
from beenthere.foundation.pace import Pace
from beenthere.people.actions import give_mail_address, join
from beenthere.people.actions.mail import ask_to_confirm
from beenthere.people.models import SignIn
from beenthere.web import middleware
from beenthere.web.asgi import site
from tests.asvs.code import calling, importing
from tests.asvs.door import answer, knock, request
from tests.asvs.test_v03_headers import over_tls
from tests.cast import person, signed_in
from tests.foundation.test_attacks import logs_of_a_place

__all__ = ["over_tls"]
pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PHRASE = "four lamps beside the old canal"
FORGED = 'a\nlevel=error event="forged"\r\n\x1b[31mred\x1b[0m\u2028next "quoted" = x\x00'


def fields_of(line: str) -> dict[str, str]:
    """A line as a program that knows logfmt reads it."""
    found = re.findall(r'(\w+)=("(?:[^"\\]|\\.)*"|\S*)', line)
    return {name: value.strip('"') for name, value in found}


def test_a_line_says_when_how_grave_and_what():
    """16.2.1, 16.2.2, 16.2.4: UTC to the microsecond, whatever the zone of the machine or of a member."""
    with logs_of_a_place(terminal=False) as stream:
        structlog.get_logger("ours").warning("Something went by", person="ref1", where="people.tasks")
        logging.getLogger("django.request").error("Went wrong: %s", "/talk/")
    lines = [fields_of(line) for line in stream.getvalue().splitlines()]
    assert [(one["level"], one["event"]) for one in lines] == [
        ("warning", "Something went by"),
        ("error", "Went wrong: /talk/"),
    ]
    for one in lines:
        at = datetime.fromisoformat(one["timestamp"].replace("Z", "+00:00"))
        assert (at.utcoffset().total_seconds(), one["timestamp"][-1], at.tzinfo) == (0, "Z", UTC)
    assert (lines[0]["person"], lines[0]["where"]) == ("ref1", "people.tasks")


@pytest.mark.parametrize("terminal", [False, True])
def test_nobody_writes_a_line_of_their_own(terminal):
    """16.4.1: neither as the event nor as a value; no sign steers the terminal of who reads."""
    with logs_of_a_place(terminal=terminal) as stream:
        structlog.get_logger("ours").warning(f"Odd {FORGED}", value=FORGED)
        logging.getLogger("django.security").warning("Host %s", FORGED)
    text = stream.getvalue()
    assert text.count("\n") == 2
    assert [sign for sign in ("\r", "\u2028", "\x00", "\x1b[31m") if sign in text] == []


def test_logs_go_to_one_place():
    """16.2.3: standard error, as docs/security.md says; no file, no socket, no mail of errors."""
    with logs_of_a_place(terminal=False):
        handlers = {name: logging.getLogger(name).handlers for name in logging.root.manager.loggerDict}
        own = {name: found for name, found in handlers.items() if found and name != "asyncio"}
        assert [type(one) for one in logging.getLogger().handlers] == [logging.StreamHandler]
    assert {name for name in own if name.startswith(("beenthere", "django.request"))} == set()
    assert calling("FileHandler", "SysLogHandler", "SMTPHandler", "HTTPHandler", "QueueHandler") == set()
    assert importing("sentry_sdk", "logging.handlers", "opentelemetry") == set()
    assert calling("StreamHandler") == {"foundation/logs.py"}


def test_what_opens_doors_is_in_no_line(caplog):
    """16.2.5: names, passphrases, codes, tokens and addresses, right ones and wrong ones."""
    with logs_of_a_place(terminal=False) as stream:
        joined = join(name="PlantedName", prefers={"language": "en"}, passphrase=PHRASE, passkey=None)
        browser = Client(raise_request_exception=False)
        given = {"sign_in_name": joined.sign_in_name, "passphrase": "PlantedWrong lamps canal"}
        browser.post("/sign-in/", given)
        browser.post("/sign-in/", {**given, "passphrase": PHRASE})
        browser.post("/sign-in/code/", {"code": "planted-code-0000"})
        browser.get("/nowhere/", headers={"Authorization": "Bearer planted-token"})
        browser.get("/me/", headers={"Cookie": "planted=cookie"}, REMOTE_ADDR="203.0.113.99")
        logging.getLogger("ours").warning("The search reads what is written")
    text = stream.getvalue() + caplog.text
    assert "The search reads" in text
    planted = ["Planted", "planted", joined.sign_in_name, PHRASE, "203.0.113.99"]
    assert [word for word in planted if word in text] == []


def test_a_certificate_that_fails_is_told():
    """16.3.4: a mail that could not leave, by the kind of the error alone."""
    ana = person("Ana")
    give_mail_address(address="ana@planted.example", by=ana)

    def fail(self):
        raise ssl.SSLCertVerificationError("planted.example does not match")

    with pytest.MonkeyPatch.context() as patch, logs_of_a_place(terminal=False) as stream:
        patch.setattr(mail.EmailMessage, "send", fail)
        assert ask_to_confirm(person_ref=ana.ref) is False
    (line,) = stream.getvalue().splitlines()
    told = fields_of(line)
    assert (told["event"], told["why"], told["person"]) == (
        "A mail was not sent",
        "SSLCertVerificationError",
        ana.ref,
    )
    assert "planted" not in line


def test_a_database_that_fails_is_told_and_opens_nothing(monkeypatch):
    """16.3.4, 16.5.2, 16.5.3: who asks cannot be known, so nobody is let in, and the page says *not now*."""

    def fails(**named):
        raise OperationalError("planted: the server closed the connection")

    browser = signed_in(Client(raise_request_exception=False), person("Ana"))
    with logs_of_a_place(terminal=False) as stream:
        monkeypatch.setattr("beenthere.people.access._signed_in", fails)
        told = browser.get("/me/")
    assert (told.status_code, "planted" in told.content.decode()) == (503, False)
    lines = [fields_of(line) for line in stream.getvalue().splitlines()]
    assert [one["why"] for one in lines if one["level"] == "error"] == ["OperationalError"]


@pytest.mark.parametrize("broken", ["within", "seconds_to_wait"])
def test_without_counting_nobody_is_let_in(monkeypatch, broken):
    """16.5.3: a limit that cannot be looked at is no open door."""

    def fails(*given, **named):
        raise OperationalError("the disk is full")

    joined = join(name="Ana", prefers={}, passphrase=PHRASE, passkey=None)
    monkeypatch.setattr(f"beenthere.people.actions.trying.{broken}", fails)
    given = {"sign_in_name": joined.sign_in_name, "passphrase": PHRASE}
    told = Client(raise_request_exception=False).post("/sign-in/", given)
    assert (told.status_code, SignIn.objects.count()) == (503, 0)


def test_the_machinery_of_logs_is_ours():
    """16.2.4: Django asks `foundation.logs`, so that every part of the place writes alike."""
    from django.conf import settings

    assert settings.LOGGING_CONFIG == "beenthere.foundation.logs.set_up_logs"
    assert logs.formatter(terminal=False).processors[-1].__class__ is structlog.processors.LogfmtRenderer


def events(stream) -> list[tuple]:
    found = [fields_of(line) for line in stream.getvalue().splitlines()]
    return [(one.get("why"), one.get("at")) for one in found if one["event"] == "refused"]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_what_the_door_refuses_is_told(over_tls):
    """16.3.3: too large, without TLS, a socket from elsewhere; nothing of what was sent."""
    place = site()  # setting up Django, it sets up its logs too
    with logs_of_a_place(terminal=False) as stream:
        answer(request("/planted/", "POST", scheme="https", content_length="9" * 12), at=place)
        answer(request("/planted/", "POST", x_planted="planted"), at=place)
        answer(knock(scheme="wss", origin="https://planted.example"), at=place)
    assert events(stream) == [
        ("too large", "door"),
        ("no TLS", "door"),
        ("not from here, or not signed in", "live"),
    ]
    assert "planted" not in stream.getvalue()


def test_who_goes_too_fast_is_told(monkeypatch):
    """16.3.3."""
    monkeypatch.setattr(
        middleware, "SENDING", {known: Pace(most=0, each_second=1) for known in (True, False)}
    )
    with logs_of_a_place(terminal=False) as stream:
        Client().post("/sign-in/", {"sign_in_name": "planted", "passphrase": "planted"})
    assert (events(stream), "planted" in stream.getvalue()) == ([("too often", "pages")], False)


def test_a_forged_form_is_told():
    """16.3.3: by Django's own word, and ours."""
    with logs_of_a_place(terminal=False) as stream:
        Client(enforce_csrf_checks=True).post("/sign-in/", {"sign_in_name": "planted"})
    assert [why for why, _ in events(stream)] == ["not from here"]
