"""V3: what every answer carries, however it came about, so that a browser does no more than show it."""

import pytest
from django.conf import settings
from django.test import Client

from beenthere.foundation.tls import tls_settings
from beenthere.web.asgi import MOST, Site
from tests.asvs.door import answer, knock, request
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NEVER = {"object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'none'"}
# A page, a file, a page that is not there, the API, what is too large, a socket that is not opened.
ANSWERS = {
    "page": (request("/about/"), 200),
    "script": (request("/static/people/passkey.js"), 200),
    "picture": (request("/static/ui/favicon.svg"), 200),
    "not there": (request("/nowhere/"), 404),
    "no such file": (request("/static/nowhere.js"), 404),
    "API": (request("/api/v1/place"), 200),
    "API, refused": (request("/api/v1/me/"), 401),
    "wrong host": ({**request("/about/"), "headers": [(b"host", b"evil.example")]}, 400),
    "wrong method": (request("/about/", method="TRACE"), 405),
    "forged form": (request("/sign-in/", method="POST"), 403),
    "too large": (request("/", method="POST", content_length=str(10 * 1024 * MOST)), 413),
    "socket": (knock("/live/"), 403),
    "no such socket": (knock("/elsewhere/"), 404),
}


@pytest.fixture(params=sorted(ANSWERS))
def answered(request, open_place_for_all) -> dict[str, str]:
    told, status = ANSWERS[request.param]
    found, headers, _ = answer(dict(told))
    assert found == status
    return headers


@pytest.fixture
def open_place_for_all():
    from beenthere.foundation.place import forget_place, tell_place
    from beenthere.foundation.refs import SITE

    forget_place()
    tell_place(name="The Lamp", by=SITE)
    yield
    forget_place()


def test_every_answer_has_a_policy_that_lets_nothing_in(answered):
    """3.4.3, 3.4.6: no plugin, no other base, no frame around it, and what is not named is not loaded."""
    policy = {part.strip() for part in answered["content-security-policy"].split(";")}
    assert NEVER - policy == set()
    sources = {word for part in policy for word in part.split()[1:] if "-src" in part.split()[0]}
    assert sources - {"'none'", "'self'"} == set()


def test_no_answer_is_guessed_at_or_tells_where_one_came_from(answered):
    """3.4.4, 3.4.5, 3.2.1."""
    kept = ("x-content-type-options", "referrer-policy", "cross-origin-opener-policy")
    assert [answered[name] for name in kept] == ["nosniff", "same-origin", "same-origin"]


def test_no_answer_opens_itself_to_other_sites(answered):
    """3.4.2: no origin, ours or another, is let in by CORS."""
    assert [name for name in answered if name.startswith("access-control-")] == []


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost"])
def test_asking_for_it_changes_nothing(origin, open_place_for_all):
    asked = {"access_control_request_method": "POST", "access_control_request_headers": "authorization"}
    for path in ("/api/v1/me/", "/api/v1/place", "/sign-in/"):
        _, headers, _ = answer(request(path, method="OPTIONS", origin=origin, **asked))
        assert [name for name in headers if name.startswith("access-control-")] == []


@pytest.fixture
def over_tls(settings):
    """The place as it is where its address begins with https."""
    for name, value in tls_settings("https://here.example", 8000).items():
        setattr(settings, name, value)
    settings.ALLOWED_HOSTS = ["here.example", "localhost", "testserver"]
    return settings


@pytest.mark.parametrize("what", sorted(ANSWERS))
def test_every_answer_over_tls_says_that_it_stays_so(what, over_tls, open_place_for_all):
    """3.4.1: a year at least, and every name below this one."""
    told, status = ANSWERS[what]
    scheme = "wss" if told["type"] == "websocket" else "https"
    found, headers, _ = answer({**told, "scheme": scheme})
    # The page of the host and of the form come earlier or later; what counts is the header.
    assert found == status
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains"


def test_over_tls_every_cookie_is_for_this_host_and_never_without_tls(over_tls):
    """3.3.1, 3.3.2, 3.3.3, 3.3.4: `__Host-`, Secure, Lax, out of reach of scripts, for no other host."""
    from beenthere.people.actions import join

    phrase = "four lamps beside the old canal"
    joined = join(name="Ana", prefers={"language": "en"}, passphrase=phrase, passkey=None)
    browser, seen = Client(), {}
    given = {"sign_in_name": joined.sign_in_name, "passphrase": phrase}
    me = {"name": "Ana", "language": "es", "timezone": "Europe/Madrid"}
    for address, sent in (
        ("/sign-in/", None),
        ("/sign-in/", given),
        ("/me/", me),
        ("/i18n/setlang/", {"language": "en"}),
    ):
        asked = browser.get if sent is None else browser.post
        for name, cookie in asked(address, sent or {}, secure=True).cookies.items():
            flags = ("secure", "httponly", "samesite", "path", "domain")
            seen.setdefault(name, set()).add(tuple(cookie[flag] for flag in flags))
    names = {f"__Host-beenthere_{one}" for one in ("sign_in", "known", "csrf", "language")}
    assert seen == {name: {(True, True, "Lax", "/", "")} for name in names}


def test_signing_out_over_tls_takes_the_very_cookie_away(over_tls):
    browser = signed_in(Client(), person("Ana"))
    answer = browser.post("/sign-out/", secure=True)
    cookie = answer.cookies[settings.SIGN_IN_COOKIE]
    assert (cookie.key, cookie.value, cookie["max-age"], bool(cookie["secure"])) == (
        "__Host-beenthere_sign_in",
        "",
        0,
        True,
    )


def test_signing_out_leaves_nothing_in_the_browser():
    """14.3.1: the pages and what was stored go with the sign-in; on other answers nothing is cleared."""
    browser = signed_in(Client(), person("Ana"))
    assert "Clear-Site-Data" not in browser.get("/me/").headers
    assert browser.post("/sign-out/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_deleting_oneself_leaves_nothing_in_the_browser():
    browser = signed_in(Client(), person("Ana"))
    assert browser.post("/safety/delete-me/").headers["Clear-Site-Data"] == '"cache", "storage"'


def test_a_door_without_pages_is_guarded_too():
    """The guard is of the door itself: what fails before Django carries the same headers."""
    status, headers, _ = answer(
        request("/", method="POST", content_length="9" * 12), at=Site(None, uploads=False)
    )
    assert (status, headers["x-content-type-options"]) == (413, "nosniff")
