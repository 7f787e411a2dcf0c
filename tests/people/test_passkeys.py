"""Passkeys: only a true answer to a question asked here, now and once opens the door."""

import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.test import Client
from fido2.cose import ES256
from fido2.utils import sha256, websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from beenthere.foundation import clock
from beenthere.foundation.keys.actions import destroy_key
from beenthere.people import access
from beenthere.people.actions import LastDoor, add_passkey, join, passkey_made, take_passkey_away, use_passkey
from beenthere.people.core.passkeys import Door, Untrue, is_of
from beenthere.people.models import Passkey, Person, SignIn

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
GOOD = "four lamps beside the old canal"
PRESENT = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
HOME = "https://here.example"


class Authenticator:
    """A device that keeps one passkey."""

    def __init__(self) -> None:
        self.key, self.id, self.count = ec.generate_private_key(ec.SECP256R1()), b"a" * 32, 0

    def makes(self, options: str, *, origin: str = HOME, host: str = "") -> dict:
        asked = json.loads(options)
        public = ES256.from_cryptography_key(self.key.public_key())
        kept = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        flags = PRESENT | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(sha256((host or asked["rp"]["id"]).encode()), flags, self.count, kept)
        said = _said("webauthn.create", asked, origin)
        return self._answer(said, attestationObject=AttestationObject.create("none", data, {}))

    def shows(self, options: str, *, origin: str = HOME, host: str = "", key=None) -> dict:
        asked = json.loads(options)
        self.count += 1
        data = AuthenticatorData.create(sha256((host or asked["rpId"]).encode()), PRESENT, self.count)
        said = _said("webauthn.get", asked, origin)
        signature = (key or self.key).sign(bytes(data) + said.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(said, authenticatorData=data, signature=signature)

    def _answer(self, said: CollectedClientData, **parts: bytes) -> dict:
        response = {
            name: websafe_encode(bytes(part)) for name, part in {"clientDataJSON": said, **parts}.items()
        }
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response}


def _said(kind: str, asked: dict, origin: str) -> CollectedClientData:
    return CollectedClientData.create(kind, websafe_decode(asked["challenge"]), origin)


@pytest.fixture
def door(settings) -> Door:
    settings.ALLOWED_HOSTS = ["here.example", "there.example", "127.0.0.1"]
    return Door("here.example", "Beenthere")


@pytest.fixture
def asked(door, rf):
    """Asks as a page of here.example does."""

    def asking(*, make: bool = False, host: str = "here.example") -> dict:
        return access.passkey_asked(rf.get("/", headers={"host": host}), make=make)

    return asking


@pytest.fixture
def phone(door, asked):
    """An authenticator, and who joined with it."""
    phone, question = Authenticator(), asked(make=True)
    made = passkey_made(door=door, asked=question["asked"], answer=phone.makes(question["options"]))
    joined = join(name="Ana", prefers={}, passphrase=None, passkey=made)
    assert joined.sign_in_name is None
    phone.owner = joined.person
    return phone


def test_who_joined_with_a_passkey_comes_back_with_it(door, asked, phone):
    question = asked()
    answer = phone.shows(question["options"])
    assert use_passkey(door=door, asked=question["asked"], answer=answer) == phone.owner
    assert Passkey.objects.get().used_at is not None


def test_what_is_asked(asked):
    made, shown = json.loads(asked(make=True)["options"]), json.loads(asked()["options"])
    assert made["rp"] == {"name": "Beenthere", "id": "here.example"}
    choice = made["authenticatorSelection"]
    assert (choice["residentKey"], choice["userVerification"]) == ("required", "required")
    assert made["user"]["name"] == "Beenthere"
    assert (shown["rpId"], shown.get("allowCredentials")) == ("here.example", None)
    assert asked(host="127.0.0.1:8000") is None


def test_a_question_is_answered_once(door, asked, phone):
    question = asked()
    answer = phone.shows(question["options"])
    use_passkey(door=door, asked=question["asked"], answer=answer)
    with pytest.raises(Untrue):
        use_passkey(door=door, asked=question["asked"], answer=phone.shows(question["options"]))


def test_a_question_is_answered_within_fifteen_minutes(door, asked, phone):
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)) as hands:
        question = asked()
        hands.move(901)
        with pytest.raises(Untrue):
            use_passkey(door=door, asked=question["asked"], answer=phone.shows(question["options"]))


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("here.example", "https://here.example:8443"),
        ("localhost", "http://localhost:8000"),
        ("localhost", "https://localhost"),
    ],
)
def test_a_true_origin(host, origin):
    assert is_of(Door(host, "Here"), origin)


@pytest.mark.parametrize(
    "false",
    [
        {"origin": "https://there.example"},
        {"origin": "http://here.example"},
        {"origin": "https://sub.here.example"},
        {"origin": "https://here.example.elsewhere.example:443"},
        {"origin": "https://here.example:443@elsewhere.example:443"},
        {"host": "there.example"},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
    ids=[
        "another site",
        "no TLS",
        "below it",
        "looks like it",
        "looks more like it",
        "made for another",
        "another key",
    ],
)
def test_a_false_answer_opens_nothing(door, asked, phone, false):
    question = asked()
    with pytest.raises(Untrue):
        use_passkey(door=door, asked=question["asked"], answer=phone.shows(question["options"], **false))


def test_an_answer_to_another_question_opens_nothing(door, asked, phone):
    one, two = asked(), asked()
    with pytest.raises(Untrue):
        use_passkey(door=door, asked=one["asked"], answer=phone.shows(two["options"]))


def test_a_question_of_another_host_opens_nothing_here(door, asked, phone):
    question = asked(host="there.example")
    with pytest.raises(Untrue):
        use_passkey(
            door=door, asked=question["asked"], answer=phone.shows(question["options"], host="here.example")
        )


def test_a_copy_whose_count_did_not_grow_opens_nothing(door, asked, phone):
    question = asked()
    use_passkey(door=door, asked=question["asked"], answer=phone.shows(question["options"]))
    phone.count, question = 0, asked()
    with pytest.raises(Untrue):
        use_passkey(door=door, asked=question["asked"], answer=phone.shows(question["options"]))


@pytest.mark.parametrize("answer", [{}, {"id": "x"}, {"rawId": "ñ", "response": {}}, {"response": None}])
def test_what_is_no_answer_opens_nothing(door, asked, answer):
    for make, open_by in ((True, passkey_made), (False, use_passkey)):
        with pytest.raises(Untrue):
            open_by(door=door, asked=asked(make=make)["asked"], answer=answer)


def test_the_credential_is_sealed_and_goes_with_its_owner(phone):
    stored = bytes(Passkey.objects.values_list("credential", flat=True).get().stored)
    assert (b"aaaa" in stored, websafe_encode(phone.id).encode() in stored) == (False, False)
    destroy_key(owner=phone.owner.ref, by=phone.owner)
    phone.owner.delete()
    assert Passkey.objects.count() == 0


def test_the_only_way_in_stays_and_no_passkey_twice(phone):
    kept = Passkey.objects.select_related("person").get()
    with pytest.raises(LastDoor):
        take_passkey_away(passkey=kept, by=phone.owner)
    with pytest.raises(ValueError, match="already"):
        add_passkey(credential=kept.credential, called="Twice", by=phone.owner)
    assert Passkey.objects.count() == 1


def test_by_the_pages(asked, phone):
    client = Client(headers={"host": "here.example"})
    question = asked()
    answer = {
        "passkey": json.dumps(phone.shows(question["options"])),
        "asked": question["asked"],
        "next": "/me/",
    }
    assert client.post("/sign-in/", answer)["Location"] == "/me/"
    assert SignIn.objects.get().person == phone.owner
    assert client.cookies[settings.SIGN_IN_COOKIE].value
    assert client.post("/sign-in/", answer).status_code == 422
    assert [
        client.post("/sign-in/", {"passkey": sent}).status_code for sent in ("{", "[]", "x" * 30_000)
    ] == [400] * 3


def test_the_passkey_of_another_is_no_proof(asked, phone):
    joined = join(name="Ben", prefers={}, passphrase=GOOD, passkey=None)
    client = Client(headers={"host": "here.example"})
    client.post("/sign-in/", {"sign_in_name": joined.sign_in_name, "passphrase": GOOD})
    SignIn.objects.update(proved_at=datetime(2026, 1, 1, tzinfo=UTC))
    question = asked()
    answer = {"passkey": json.dumps(phone.shows(question["options"])), "asked": question["asked"]}
    assert client.post("/me/prove/", answer).status_code == 422
    assert Person.objects.count() == 2
