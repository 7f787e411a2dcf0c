"""V12, and what of V4 and V13 hangs on it: nothing goes in the open where the address says https."""

import asyncio
import ssl
from pathlib import Path

import pytest
from django.core.mail.backends.smtp import EmailBackend
from pydantic import ValidationError
from redis.connection import SSLConnection
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from beenthere.foundation.post import mail_settings
from beenthere.foundation.tls import LOOPBACK, sealed_bus, sealed_database, tls_settings
from beenthere.people.core.passkeys import Door, is_of
from beenthere.settings import Place, postgresql
from beenthere.web.asgi import site
from tests.asvs.code import trees
from tests.asvs.door import answer, knock, request
from tests.asvs.test_v03_headers import open_place_for_all, over_tls

__all__ = ["open_place_for_all", "over_tls"]
pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
OWN = "https://here.example"


@pytest.fixture
def at_home(over_tls, monkeypatch):
    monkeypatch.setattr(over_tls.PLACE, "address", OWN)


@pytest.mark.parametrize(
    ("path", "query", "there"),
    [("/about/", "", "/about/"), ("/help/", "country=ES", "/help/?country=ES"), ("//evil.example", "", None)],
)
def test_a_page_in_the_open_leads_to_tls(at_home, path, query, there):
    """12.2.1, 4.1.2: to our own name, whatever host was asked for."""
    status, headers, _ = answer(request(path, query=query, scheme="http"))
    assert (status, headers["location"]) == (308, OWN + (there or path))
    assert headers["location"].startswith(f"{OWN}/")


@pytest.mark.parametrize(
    "told",
    [
        request("/api/v1/place"),
        request("/api/v1/me/", authorization="Bearer x"),
        request("/sign-in/", "POST"),
        request("/about/", "DELETE"),
    ],
    ids=["open API", "API", "form", "method"],
)
def test_what_carries_something_in_the_open_is_refused(at_home, told):
    """4.1.2: a program that was set up for http hears so the first time."""
    status, headers, _ = answer(told, b"sign_in_name=x")
    assert (status, headers.get("location")) == (403, None)


@pytest.mark.parametrize(("scheme", "status"), [("ws", 403), ("wss", 403)])
def test_a_socket_in_the_open_is_refused(at_home, scheme, status, monkeypatch):
    """4.4.1: without TLS it is not even looked at; with it, the sign-in decides."""
    looked = []
    place = site()

    async def hub(scope, receive, send) -> None:
        looked.append(scope["scheme"])
        await receive()
        await send({"type": "websocket.http.response.start", "status": 403, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})

    place.hub = hub
    found, _, _ = answer(knock(scheme=scheme, origin=OWN), at=place)
    assert (found, looked) == (status, ["wss"] if scheme == "wss" else [])


def test_without_https_in_its_address_nothing_is_led_away(open_place_for_all):
    assert answer(request("/about/"))[0] == 200
    assert tls_settings("http://localhost:8000", 8000)["TLS"] is False


def test_over_tls_pages_are_there(at_home, open_place_for_all):
    assert answer(request("/about/", scheme="https"))[0] == 200


def seen_behind_a_proxy(comes_from: str, **headers: str) -> tuple[str, str]:
    """Scheme and address as the place sees them, where `serve` trusts whom it trusts."""
    seen = []

    async def place(scope, receive, send) -> None:
        seen.append((scope["scheme"], scope["client"][0]))

    told = {**request("/", **headers), "client": (comes_from, 1)}
    asyncio.run(ProxyHeadersMiddleware(place, LOOPBACK)(told, None, None))
    return seen[0]


def test_only_what_stands_before_us_says_who_asks():
    """4.1.3, 15.3.4: what somebody adds in front is not the address that counts; others are not heard."""
    said = {"x_forwarded_for": "6.6.6.6, 203.0.113.7", "x_forwarded_proto": "https"}
    assert seen_behind_a_proxy("127.0.0.1", **said) == ("https", "203.0.113.7")
    assert seen_behind_a_proxy("198.51.100.9", **said) == ("http", "198.51.100.9")
    assert seen_behind_a_proxy("127.0.0.1") == ("http", "127.0.0.1")
    assert LOOPBACK == ["127.0.0.1", "::1"]


def test_serve_believes_it_over_tls_alone():
    """The server is told so in one place, and listens on the loopback, so that nobody else stands there."""
    import ast

    (config,) = [
        node
        for node in ast.walk(trees()["cli/serve.py"])
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "uvicorn.Config"
    ]
    told = {one.arg: ast.unparse(one.value) for one in config.keywords}
    assert (told["proxy_headers"], told["forwarded_allow_ips"]) == ("settings.TLS", "LOOPBACK")
    assert [told[name] for name in ("server_header", "access_log")] == ["False", "False"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:word@db.example/place",
        "postgresql://me:word@10.0.0.5:5432/place?sslmode=verify-full",
    ],
)
def test_a_database_elsewhere_is_reached_over_checked_tls(url):
    """12.3.1, 12.3.2, 12.3.3, 12.3.4."""
    told = postgresql(Place(database=url).database)["OPTIONS"]
    assert (told["sslmode"], told["sslrootcert"]) == ("verify-full", "system")


def test_the_bus_of_postgresql_goes_by_the_same_address():
    from beenthere.live.bus.postgresql import PostgresqlBus

    url = sealed_database("postgresql://me:word@db.example/place")
    assert "sslmode=verify-full" in PostgresqlBus(url)._url


@pytest.mark.parametrize(
    "url",
    [
        *(
            f"postgresql://me:word@db.example/place?sslmode={mode}"
            for mode in ("disable", "prefer", "require")
        ),
        "postgresql://me:word@db.example/place?sslmode=verify-ca",
        "postgresql:///place?host=db.example",
        "postgresql://localhost/place?hostaddr=10.0.0.5",
    ],
)
def test_a_database_is_never_asked_with_less(url):
    with pytest.raises(ValidationError):
        Place(database=url)


def test_an_authority_of_ones_own_can_be_named():
    """12.3.4: then that one alone is believed."""
    url = sealed_database("postgresql://me:word@db.example/place?sslrootcert=/etc/own-ca.pem")
    assert postgresql(url)["OPTIONS"]["sslrootcert"] == "/etc/own-ca.pem"


@pytest.mark.parametrize(
    "url", ["postgresql://me@localhost/place", "postgresql:///place?host=/run/postgresql", ""]
)
def test_a_database_of_this_machine_needs_none(url):
    assert sealed_database(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "redis://:word@bus.example",
        "rediss://bus.example",
        "rediss://:word@bus.example?ssl_cert_reqs=none",
        "valkey://:word@bus.example",
    ],
)
def test_a_bus_elsewhere_needs_tls_and_a_password(url):
    """12.3.1, 13.2.3."""
    with pytest.raises(ValidationError):
        Place(bus=url)
    assert sealed_bus("rediss://me:word@bus.example") == "rediss://me:word@bus.example"
    assert [sealed_bus(one) for one in ("unix", "memory", "postgresql")] == ["unix", "memory", "postgresql"]


def test_certificates_of_the_bus_are_checked():
    line = SSLConnection(host="bus.example")
    assert (line.cert_reqs, line.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_mail_elsewhere_goes_over_checked_tls():
    for address in ("smtp://me:word@post.example", "smtps://me:word@post.example"):
        told = mail_settings(address)
        post = EmailBackend(
            host=told["EMAIL_HOST"], use_tls=told["EMAIL_USE_TLS"], use_ssl=told["EMAIL_USE_SSL"]
        )
        assert post.use_tls or post.use_ssl
        assert (post.ssl_context.verify_mode, post.ssl_context.check_hostname) == (ssl.CERT_REQUIRED, True)
        assert post.ssl_context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_no_certificate_is_ever_let_pass():
    """12.3.2: nowhere is checking switched off."""
    off = (
        "_create_unverified_context",
        "CERT_NONE",
        "check_hostname = False",
        "verify=False",
        "sslmode=disable",
    )
    root = Path(__file__).resolve().parents[2] / "beenthere"
    texts = {path.name: path.read_text(encoding="utf-8") for path in root.rglob("*.py")}
    assert {name: word for name, text in texts.items() for word in off if word in text} == {}


def test_passkeys_are_asked_for_over_tls_alone():
    assert is_of(Door("here.example", "Here"), OWN)
    assert not is_of(Door("here.example", "Here"), "http://here.example")


def test_a_certificate_of_ones_own_can_be_shown():
    """13.2.1: instead of a password that never changes."""
    url = sealed_database("postgresql://place@db.example/place?sslcert=/run/own.pem&sslkey=/run/own.key")
    told = postgresql(url)
    shown = [told["OPTIONS"][name] for name in ("sslcert", "sslkey", "sslmode")]
    assert (shown, told["PASSWORD"]) == (["/run/own.pem", "/run/own.key", "verify-full"], "")
