"""V14 and V15: what is kept in a browser, what stands in addresses, what is of others, and secrets."""

import ast
import hashlib
import re
import subprocess
import threading
from contextlib import suppress

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from beenthere.people import access
from beenthere.people.actions import make_access_token
from tests.asvs.code import OURS, ROOT, scripts, templates, trees
from tests.cast import person, signed_in
from tests.web.test_attacks_csrf import addresses

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
# What scripts keep in a browser: drafts, sealed by a key of the sign-in, and that one left just now.
STORED = {
    "conversations/static/conversations/drafts.js": {"localStorage"},
    "people/static/people/device.js": {"caches.open", "localStorage"},  # tells what is there
    "signposts/static/signposts/keep.js": {"caches.open"},  # other help, the same for everybody
    "signposts/static/signposts/leave.js": {"indexedDB", "localStorage", "sessionStorage"},  # empties them
    "signposts/static/signposts/worker.js": {"caches.open"},
}
# Fonts and their licences are all that is of others in what browsers get.
OF_OTHERS = {
    "atkinson-latin-ext.woff2",
    "atkinson-latin.woff2",
    "literata-latin-ext.woff2",
    "literata-latin.woff2",
}


def test_scripts_keep_nothing_but_sealed_drafts():
    """14.3.3: and no script reads or writes a cookie."""
    kept = re.compile(
        r"\b(localStorage|sessionStorage|indexedDB|caches\.open|document\.cookie|cookieStore)\b"
    )
    found = {place: set(kept.findall(text)) for place, text in scripts().items() if kept.search(text)}
    assert found == STORED
    assert "AES-GCM" in scripts()["conversations/static/conversations/drafts.js"]


def test_no_message_of_another_window_is_heard():
    """3.5.5: only what no other origin can send is listened to: our own socket, the channel of this origin by
    which all its windows leave, and the worker's own pages, which can say one word."""
    heard = re.compile(r"(\S*?)\.?addEventListener\(\s*[\"']message[\"']|\bonmessage\b")
    found = {place: heard.findall(text) for place, text in scripts().items() if heard.search(text)}
    assert found == {
        "conversations/static/conversations/line.js": ["this.socket"],
        "signposts/static/signposts/leave.js": ["others?"],
        "signposts/static/signposts/worker.js": [""],
    }
    assert "new BroadcastChannel(" in scripts()["signposts/static/signposts/leave.js"]
    worker = scripts()["signposts/static/signposts/worker.js"]
    assert re.findall(r"event\.data\s*[!=]==\s*\"(\w+)\"", worker) == ["forget"]


def test_browsers_get_nothing_that_is_no_longer_kept_up():
    """3.7.1: HTML, CSS and modules; no plugin, applet or frame."""
    old = re.compile(r"<(?:object|embed|applet|frame|frameset|iframe|param)\b|ActiveX|\.swf\b|application/x-")
    assert {place: old.findall(text) for place, text in templates().items() if old.search(text)} == {}
    kinds = {path.suffix for path in OURS.rglob("static/**/*") if path.is_file()}
    assert kinds <= {".css", ".js", ".json", ".svg", ".woff2", ".txt"}


def test_what_is_of_others_is_known():
    """15.1.2: no script of others; the fonts, each beside its licence and named in docs/security.md."""
    fonts = {path.name for path in OURS.rglob("static/**/*.woff2")}
    assert fonts == OF_OTHERS
    licences = {path.name for path in OURS.rglob("static/**/OFL-*.txt")}
    assert licences == {"OFL-atkinson-hyperlegible-next.txt", "OFL-literata.txt"}
    ours = [
        place for place, text in scripts().items() if re.search(r"@license|Copyright|sourceMappingURL", text)
    ]
    assert ours == []


def test_a_token_in_an_address_opens_nothing():
    """14.2.1: sign-ins by the cookie, programs by their header, and by nothing else."""
    ana = person("Ana")
    _, token = make_access_token(label="mine", by=ana)
    browser = signed_in(Client(), ana)
    cookie = browser.cookies[settings.SIGN_IN_COOKIE].value
    for name in ("token", "access_token", "key", "api_key", "Authorization", settings.SIGN_IN_COOKIE):
        assert Client().get("/api/v1/me/", {name: token}).status_code == 401
        assert Client().get("/me/", {name: cookie}).status_code == 302


# Forms that ask by GET, so that what is typed stands in the address: a country, and words of the desk's own.
BY_GET = {"signposts/templates/signposts/help_now.html"}


def test_what_is_typed_stands_in_no_address():
    """14.2.1: every form is sent in the body, but for the choice of a country."""
    forms = {
        place: [tag for tag in re.findall(r"<form\b[^>]*>", text) if 'method="post"' not in tag.lower()]
        for place, text in templates().items()
    }
    assert {place for place, found in forms.items() if found} == BY_GET
    carried = {str(one.pattern) for one in get_resolver().url_patterns if "token" in str(one.pattern)}
    assert carried == set()


def test_every_page_of_a_member_is_kept_by_nobody():
    """14.2.2, 14.3.2: whatever the address, signed in or not, page or refusal."""
    browser = signed_in(Client(raise_request_exception=False), person("Ana"))
    found = {one: browser.get(one).headers.get("Cache-Control") for one in addresses()}
    assert len(found) > 60
    assert {one: said for one, said in found.items() if said != "no-store"} == {}


def test_no_more_than_two_passphrases_are_hashed_at_once(monkeypatch):
    """15.2.2: each takes 100 MB; more of them wait their turn."""
    at_once, most, lock = [0], [0], threading.Lock()
    gate = threading.Barrier(3, timeout=2)

    def slow(*given):
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        with suppress(threading.BrokenBarrierError):
            gate.wait()
        with lock:
            at_once[0] -= 1
        return "hashed"

    monkeypatch.setattr(access, "make_password", slow)
    threads = [threading.Thread(target=access.hashed, args=("x",)) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert most == [2]


def test_no_secret_stands_in_the_source():
    """13.3.1: secrets are made on the first start, in a folder that is in no checkout."""
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    assert [
        one for one in names if re.search(r"\.(?:key|pem|p12|pfx|env|sqlite3)$|(?:^|/)secret/", one)
    ] == []
    told = {place: ast.unparse(tree) for place, tree in trees().items()}
    words = re.compile(
        r"BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|(?:password|secret|token)\s*=\s*'[^'{]{8,}'", re.I
    )
    assert {place: words.findall(text) for place, text in told.items() if words.search(text)} == {}


def test_secrets_are_their_owners_alone(tmp_path):
    """13.3.2."""
    from beenthere.foundation.secrets import read_or_make_secret

    path = tmp_path / "secret" / "one.key"
    made = read_or_make_secret(path)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert (read_or_make_secret(path), len(made) * 6 >= 256) == (made, True)
    assert hashlib.sha256(made.encode()).hexdigest() != hashlib.sha256(b"").hexdigest()


def test_a_place_is_one_host_of_its_own():
    """3.5.4: cookies are for one host, and no page is framed by or shared with another."""
    told = ast.unparse(trees()["settings.py"])
    names = ("SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "LANGUAGE_COOKIE_DOMAIN")
    assert [name for name in names if name in told or getattr(settings, name) is not None] == []
    assert (settings.CSRF_TRUSTED_ORIGINS, settings.SECURE_CROSS_ORIGIN_OPENER_POLICY) == ([], "same-origin")
