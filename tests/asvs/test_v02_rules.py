"""V2 and V15: what is sent is looked at on the server, and nothing more than was asked for is taken."""

import json
import re

import pytest
from django.test import Client

from beenthere.people.actions import join, make_access_token
from beenthere.people.models import Passphrase, Person, SignIn
from beenthere.safety.models import Steward
from beenthere.stories.models import Piece
from tests.asvs.code import scripts
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PHRASE = "four lamps beside the old canal"


@pytest.fixture
def ana() -> Person:
    return person("Ana")


@pytest.fixture
def call(ana):
    _, token = make_access_token(label="mine", by=ana)

    def asking(method: str, path: str, told: object = None) -> int:
        given = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
        headers = {"Authorization": f"Bearer {token}"}
        return getattr(Client(), method)(f"/api/v1{path}", headers=headers, **given).status_code

    return asking


# Each is refused, whatever a page in the browser would have let through.
WRONG = [
    ("patch", "/me/", {"name": ""}),
    ("patch", "/me/", {"name": "x" * 41}),
    ("patch", "/me/", {"name": ["Ana"]}),
    ("patch", "/me/", {"capacity": -1}),
    ("patch", "/me/", {"capacity": 10**30}),
    ("patch", "/me/", {"capacity": 1.5}),
    ("patch", "/me/", {"paused": "perhaps"}),
    ("post", "/pieces/", {"words": "", "audience": "me"}),
    ("post", "/pieces/", {"words": "x" * 4001, "audience": "me"}),
    ("post", "/pieces/", {"words": 7, "audience": "me"}),
    ("post", "/pieces/", {"words": {"$ne": ""}, "audience": "me"}),
    ("post", "/pieces/", {"words": "Mine.", "audience": "everybody"}),
    ("post", "/pieces/", {"words": "Mine.", "experiences": [{"experience": "no-such-thing"}]}),
    ("post", "/pieces/", {"words": "Mine.", "experiences": [{"experience": "x", "known": False}] * 9}),
    ("put", "/introductions/telling", {"languages": ["klingon tongue"]}),
    ("put", "/introductions/telling", {"timezone": "Nowhere/Nothing", "languages": ["en"]}),
    ("get", "/pieces/NOT-A-REF", None),
    ("get", "/conversations/0123456789abcdef/messages?after=-1", None),
    ("get", "/conversations/0123456789abcdef/messages?after=99999999999999999999", None),
    ("get", "/conversations/0123456789abcdef/messages?after=1e3", None),
    ("get", "/conversations/0123456789abcdef/messages?after=true", None),
]


@pytest.mark.parametrize(
    ("method", "path", "told"), WRONG, ids=[f"{path} {told}"[:60] for _, path, told in WRONG]
)
def test_what_is_not_as_it_must_be_is_refused_by_the_server(call, ana, method, path, told):
    """2.2.1, 2.2.2, 1.4.2, 15.3.5: kind, length, range, list; nothing of it is kept."""
    assert call(method, path, told) == 422
    assert (Person.objects.get(pk=ana.pk).name, Person.objects.get().capacity, Piece.objects.count()) == (
        "Ana",
        3,
        0,
    )


def test_what_is_as_it_must_be_is_taken(call):
    """So that the refusals above are about what is wrong in them."""
    right = {"words": "Mine.", "audience": "me", "experiences": []}
    assert [call("post", "/pieces/", right), call("patch", "/me/", {"capacity": 2})] == [201, 200]
    assert call("get", "/conversations/0123456789abcdef/messages?after=1") == 404


EXTRA = {
    "standing": "suspended",
    "ref": "0123456789abcdef",
    "pk": 999,
    "id": 999,
    "person": "x",
    "is_steward": True,
    "steward": "on",
    "made_at": "2000-01-01T00:00:00Z",
    "ends_at": "2000-01-01T00:00:00Z",
    "author": "x",
}


def test_fields_that_no_form_asked_for_change_nothing(call, ana):
    """15.3.3: neither by the API nor by a page."""
    before = {"standing": ana.standing, "ref": ana.ref, "made_at": ana.made_at, "ends_at": None}
    assert call("patch", "/me/", {**EXTRA, "name": "Anna"}) == 200
    assert call("post", "/pieces/", {**EXTRA, "words": "Mine.", "audience": "me", "experiences": []}) in (
        201,
        422,
    )
    browser = signed_in(Client(), ana)
    browser.post("/me/", {**EXTRA, "name": "Ann", "language": "en", "timezone": "UTC"})
    ana.refresh_from_db()
    assert {name: getattr(ana, name) for name in before} == before
    assert (Steward.objects.count(), [one.author for one in Piece.objects.all()]) == (0, [ana])
    assert [one.ref for one in Piece.objects.all()] != [EXTRA["ref"]]


def test_what_stands_in_an_address_is_no_part_of_a_form(ana):
    """15.3.7: a form is read from the body alone; the last of two values counts, and never both."""
    joined = join(name="Ben", prefers={}, passphrase=PHRASE, passkey=None)
    asked = f"/sign-in/?sign_in_name={joined.sign_in_name}&passphrase={PHRASE.replace(' ', '+')}"
    assert Client().post(asked, {}).status_code == 422
    twice = {"sign_in_name": [joined.sign_in_name, "other-name-here-11"], "passphrase": PHRASE}
    assert Client().post("/sign-in/", twice).status_code == 422
    twice["sign_in_name"].reverse()
    assert Client().post("/sign-in/", twice).status_code == 302
    here = signed_in(Client(), ana)
    given = {"name": ["First", "Second"], "language": "en", "timezone": "UTC"}
    assert here.post("/me/?name=Third", given).status_code == 302
    assert Person.objects.get(pk=ana.pk).name == "Second"


@pytest.mark.parametrize(
    ("address", "given", "kept"),
    [
        ("/me/quiet/", {"since": "22:00", "until": ""}, False),
        ("/me/quiet/", {"since": "22:00", "until": "07:00"}, True),
        ("/me/passphrase/", {"passphrase": PHRASE, "again": PHRASE + "."}, False),
        ("/me/passphrase/", {"passphrase": PHRASE, "again": PHRASE}, True),
    ],
)
def test_what_belongs_together_is_looked_at_together(ana, address, given, kept):
    """2.2.3."""
    here = signed_in(Client(), ana)
    assert here.post(address, given).status_code == (422 if not kept else 302 if "quiet" in address else 200)
    found = Person.objects.get(pk=ana.pk).prefers.get("quiet_since") or Passphrase.objects.count()
    assert bool(found) is kept


def test_a_step_cannot_be_left_out(ana):
    """2.3.1: no sign-in, no place and no answer without what comes before."""
    visitor = Client()
    assert visitor.post("/begin/join/", {"name": "Eve", "passphrase": PHRASE}).status_code in (
        302,
        403,
        404,
        422,
    )
    assert visitor.post("/begin/here/").status_code in (302, 404)
    assert visitor.post("/first/", {"place_name": "Mine"}).status_code == 404
    assert visitor.get("/me/recovered/")["Location"].startswith("/sign-in/")
    here = signed_in(Client(), ana)
    assert here.post("/introductions/0123456789abcdef/", {"answer": "yes"}).status_code == 404
    assert (Person.objects.count(), SignIn.objects.filter(person=ana).count()) == (1, 1)


def test_scripts_compare_strictly_and_keep_names_of_others_apart():
    """15.3.5, 15.3.6: no `==`, and no object that takes a name which somebody sent."""
    loose = re.compile(r"[^=!<>]==[^=]|!=[^=]")
    assert {
        place for place, text in scripts().items() if loose.search(re.sub(r"//[^\n]*", "", text))
    } == set()
    written = re.compile(r"\w+\[(?![\"'`\d])[^\]\n]*\]\s*=[^=]|__proto__|Object\.assign\(|\.prototype\b")
    found = {place: set(written.findall(text)) for place, text in scripts().items() if written.search(text)}
    assert found == KNOWN_WRITES


# The names come from lists of our own.
KNOWN_WRITES = {
    "conversations/static/conversations/covering.js": {"Object.assign("},
    "conversations/static/conversations/items.js": {"Object.assign("},
    "people/static/people/passkey.js": {"response[name] = "},
}
