"""V4 and V13: what the server answers to what it was not built for, and what it shows nobody."""

import ast
import logging
import socket
import tomllib

import pytest
from django.conf import settings
from django.test import Client

from beenthere.people.actions import sign_in
from beenthere.settings import Place
from beenthere.web.asgi import site
from tests.asvs.code import ROOT, calling, importing, trees
from tests.asvs.door import answer, knock, request
from tests.asvs.test_v03_headers import open_place_for_all, over_tls
from tests.cast import person, signed_in
from tests.services.place import served_in_thread
from tests.web.test_attacks_csrf import addresses

__all__ = ["open_place_for_all", "over_tls"]
pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
KINDS = {
    "/about/": "text/html; charset=utf-8",
    "/nowhere/": "text/html; charset=utf-8",
    "/api/v1/place": "application/json; charset=utf-8",
    "/api/v1/me/": "application/json; charset=utf-8",
    "/api/v1/openapi.json": "application/json",
    "/static/ui/base.css": 'text/css; charset="utf-8"',
    "/static/people/passkey.js": 'text/javascript; charset="utf-8"',
    "/static/ui/favicon.svg": "image/svg+xml",
    "/static/ui/fonts/literata-latin.woff2": "font/woff2",
}


@pytest.mark.parametrize("path", sorted(KINDS))
def test_every_answer_says_of_which_kind_it_is(path, open_place_for_all):
    """4.1.1."""
    assert answer(request(path))[1]["content-type"] == KINDS[path]


def test_a_refusal_before_any_page_says_so_too():
    told = request("/", "POST", content_length="9" * 12)
    assert answer(told)[1]["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "/.git/HEAD",
        "/.git/config",
        "/static/.git/HEAD",
        "/static/../.git/HEAD",
        "/static/..%2f..%2f.git/HEAD",
        "/static/%2e%2e/%2e%2e/settings.py",
        "/static/../settings.py",
        "/.env",
        "/.svn/entries",
        "/secret/pages.key",
        "/beenthere.sqlite3",
        "/run.py",
        "/pyproject.toml",
    ],
)
def test_nothing_of_where_it_came_from_is_served(path, open_place_for_all):
    """13.4.1: no folder of version control, no setting, no secret, no code."""
    status, _, body = answer(request(path))
    assert (status, "ref:" in body, "[core]" in body) == (404, False, False)


@pytest.mark.parametrize("path", ["/static/", "/static/ui/", "/static/ui/fonts/", "/static", "/media/"])
def test_no_folder_is_listed(path, open_place_for_all):
    """13.4.3."""
    status, _, body = answer(request(path))
    listed = [word for word in ("passkey.js", "OFL-literata", "Index of", "Listing of") if word in body]
    assert (status in (301, 404), listed) == (True, [])


@pytest.mark.parametrize("path", ["/", "/about/", "/api/v1/place", "/static/ui/base.css", "/sign-in/"])
def test_trace_repeats_nothing(path, open_place_for_all):
    """13.4.4."""
    status, _, body = answer(request(path, "TRACE", x_planted="planted-header"))
    assert (status, "planted-header" in body) == (405, False)


def test_debugging_is_off_and_cannot_be_on_over_tls():
    """13.4.2."""
    assert (Place.model_fields["debug"].default, settings.DEBUG) == (False, False)
    assert Place.model_fields["local_tools"].default is False
    debug = next(
        node
        for node in trees()["settings.py"].body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DEBUG"
    )
    assert ast.unparse(debug.value) == "PLACE.debug and (not PLACE.own_address.startswith('https:'))"
    assert importing("debug_toolbar", "silk", "werkzeug", "pdb", "ipdb", "django_extensions") == set()


PUBLIC = {
    "",
    "about/",
    "api/v1/crisis/rules",
    "api/v1/help",
    "api/v1/log",
    "api/v1/openapi.json",
    "api/v1/papers",
    "api/v1/place",
    "begin/address/",
    "begin/join/",
    "gallery/",  # not over TLS
    "help/",
    "help/no-network/",
    "help/supporting/",
    "help/words/",
    "help/worker.js",
    "leaving/",
    "me/device/",  # what this browser keeps, told by itself
    "pairing/",
    "rules/",
    "safety/goodbye/",
    "safety/log/",  # what stewards did, for everybody
    "safety/papers/",
    "sign-in/",
    "sign-in/code/",
    "stories/",
}


def test_what_is_open_without_signing_in_is_meant_to_be(open_place_for_all):
    """13.4.5: no page of health, of numbers or of documentation; the API describes itself on purpose."""
    plain = {one for one in addresses() if "/1/" not in one and not one.endswith("/1")}
    assert {one.lstrip("/") for one in plain if Client().get(one).status_code == 200} == PUBLIC
    words = ("health", "status", "metrics", "debug", "admin", "docs", "swagger", "redoc", "graphql")
    assert [one for one in plain for word in words if word in one.split("/")] == []


def test_what_is_for_builders_is_not_there_over_tls(over_tls, open_place_for_all):
    """15.2.3: neither the gallery, nor the demo, nor the tools for this machine."""
    paths = ("/gallery/", "/demo/", "/pair/", "/pair/example/")
    assert [answer(request(path, scheme="https"))[0] for path in paths] == [404] * 4


def test_tests_do_not_leave_the_checkout():
    """15.2.3: what is built and installed is `beenthere` alone."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert told["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"] == ["beenthere"]
    assert importing("tests", "pytest", "hypothesis", "playwright") == set()


# Where a line to somewhere else is opened: the database and the bus of the settings, mail of Django, our own
# processes, and the program in a terminal, which is no part of the server.
LINES = {
    "psycopg": {"live/bus/postgresql.py"},
    "redis": {"live/bus/valkey.py"},
    "socket": {
        "cli/pages.py",
        "cli/serve.py",
        "live/bus/unix.py",
        "live/pages/back.py",
        "live/pages/front.py",
        "live/pages/parts.py",
        "web/asgi.py",
    },
    "urllib.request": {"cli/talking/asking.py"},
    "http.client": {"cli/talking/asking.py"},
}
OTHERS = ("requests", "httpx", "aiohttp", "urllib3", "ftplib", "smtplib", "imaplib", "paramiko", "ldap")


def test_lines_to_elsewhere_are_opened_in_known_places_alone():
    """1.3.6, 13.2.4, 13.2.5: none of them goes where a member says."""
    assert {name: importing(name) for name in LINES} == LINES
    assert importing(*OTHERS) == set()
    assert calling("urlopen", "create_connection", "build_opener") == {"cli/talking/asking.py"}


def test_the_program_in_a_terminal_is_led_nowhere_else():
    """15.3.2: it takes one address and follows no redirect; the server itself makes no such request."""
    from beenthere.cli.talking import asking

    told = [name for name in dir(asking) if "edirect" in name]
    assert told != []
    assert {place.split("/")[0] for place in importing("urllib.request", "http.client")} == {"cli"}


def test_two_lengths_are_not_one_request():
    """4.2.1: a message whose end could be read in two ways is refused, and the line closed."""
    both = (
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"
    )
    twice = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 40\r\n\r\nabcd"
    place = site()
    with served_in_thread(place, place.hub) as served:
        for sent in (both, twice):
            with socket.create_connection(("127.0.0.1", served.port), timeout=20) as line:
                line.sendall(sent)
                said = b""
                while part := line.recv(65536):
                    said += part
            assert (said.startswith(b"HTTP/1.1 400"), said.count(b"HTTP/1.1")) == (True, 1)


def test_no_header_of_a_proxy_is_believed_in_the_open(open_place_for_all):
    """4.1.3: neither the host nor the scheme nor the one who asks; a page names itself by the real ones."""
    forged = {
        "x_forwarded_host": "evil.example",
        "x_forwarded_proto": "https",
        "x_forwarded_for": "6.6.6.6",
        "x_original_url": "/safety/desk/",
        "x_rewrite_url": "/safety/desk/",
    }
    plain, told = answer(request("/about/")), answer(request("/about/", **forged))
    assert told[0] == plain[0] == 200
    assert "evil.example" not in told[2]
    assert "strict-transport-security" not in told[1]
    assert (settings.USE_X_FORWARDED_HOST, settings.SECURE_PROXY_SSL_HEADER) == (False, None)


def test_a_socket_is_for_whoever_is_signed_in_as_on_pages():
    """4.4.3, 4.4.4: the cookie of the sign-in itself, no token of its own, never one in the address."""
    assert "cookie=settings.SIGN_IN_COOKIE" in ast.unparse(trees()["web/asgi.py"])
    assert "query_string" not in ast.unparse(trees()["live/hub/entrance.py"])
    ana = person("Ana")
    _, token = sign_in(person=ana, device="x", by=ana)
    own = {"origin": "http://localhost"}
    assert answer(knock("/live/", query=f"token={token}", **own))[0] == 403
    assert answer(knock("/live/", authorization=f"Bearer {token}", **own))[0] == 403


def test_a_page_that_breaks_says_nothing_of_why(monkeypatch, caplog, open_place_for_all):
    """16.5.1: by a page as by the API: one sentence, no trace, no query, no setting."""
    caplog.set_level(logging.CRITICAL)

    def broken(*given, **named):
        raise RuntimeError("planted SELECT secret FROM people_person")

    monkeypatch.setattr("beenthere.web.views.plain.rules_here", broken)
    monkeypatch.setattr("beenthere.api.place.the_place", broken, raising=False)
    browser = signed_in(Client(raise_request_exception=False), person("Ana"))
    told = browser.get("/rules/")
    assert told.status_code == 500
    for word in ("planted", "SELECT", "RuntimeError", "Traceback", "beenthere/", "SECRET_KEY"):
        assert word not in told.content.decode()
