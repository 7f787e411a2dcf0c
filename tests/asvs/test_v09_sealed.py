"""V9, and algorithms of V11: what travels sealed through a browser is ours, fresh, and for its purpose."""

import ast
import base64
import json
import os
import re
from datetime import UTC, datetime

import pytest
from argon2 import extract_parameters
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from django.conf import settings
from django.contrib.auth.hashers import get_hashers
from fido2.cose import RS256

from beenthere.foundation import carried as carrying
from beenthere.foundation import clock, digests
from beenthere.foundation.carried import HOUR, Stale, carried, carry
from beenthere.foundation.digests import digest
from beenthere.foundation.keys import wrapping
from beenthere.foundation.keys.wrapping import bound
from beenthere.people import access
from beenthere.people.actions import join, make_access_token, passkey_made, sign_in
from beenthere.people.core.passkeys import APPROVED, Untrue
from beenthere.people.models import Passphrase
from tests.asvs.code import calling, calls, importing, trees
from tests.cast import person
from tests.people.test_passkeys import Authenticator, asked, door

__all__ = ["asked", "door"]
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def opens(sealed: str, **more) -> bool:
    try:
        return carried(sealed, **{"purpose": "told", **more}) == {"words": "mine"}
    except Stale:
        return False


@pytest.fixture
def sealed() -> str:
    return carry({"words": "mine"}, purpose="told")


def test_one_changed_bit_opens_nothing(sealed):
    """9.1.1: wherever it is changed, the nonce, the words or the tag."""
    whole = base64.urlsafe_b64decode(sealed)
    assert opens(sealed)
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        assert not opens(base64.urlsafe_b64encode(bytes(changed)).decode())


def test_it_says_nothing_of_how_it_is_opened():
    """9.1.2: one algorithm; what is unsealed, or sealed otherwise under the very key, is not ours."""
    secret, nonce = carrying._secret(), os.urandom(12)
    plain = json.dumps({"at": clock.now().timestamp(), "is": {"words": "mine"}}).encode()
    aad = bound("carried", "told")
    others = [plain, nonce + plain, nonce + ChaCha20Poly1305(secret).encrypt(nonce, plain, aad)]
    others.append(nonce + AESGCM(secret).encrypt(nonce, plain, b""))
    others.append(nonce + AESGCM(secret[:16]).encrypt(nonce, plain, aad))
    forged = [base64.urlsafe_b64encode(one).decode() for one in others]
    forged += ["", "none", "eyJhbGciOiJub25lIn0.e30."]
    assert [opens(one) for one in forged] == [False] * len(forged)
    right = nonce + AESGCM(secret).encrypt(nonce, plain, aad)
    assert opens(base64.urlsafe_b64encode(right).decode())


def test_only_a_key_of_this_place_opens_it(sealed, settings):
    """9.1.3, 9.2.3, 8.4.1: the key is the place's own, and nothing in what was sent chooses it."""
    settings.SECRET_KEY = "another place"
    assert not opens(sealed)
    elsewhere = carry({"words": "mine"}, purpose="told")
    settings.SECRET_KEY = _own
    assert (opens(sealed), opens(elsewhere)) == (True, False)


_own = settings.SECRET_KEY


def test_it_is_good_for_its_time(sealed):
    """9.2.1: neither afterwards nor before."""
    with clock.stopped_at(datetime(2026, 1, 1, tzinfo=UTC)) as hands:
        made = carry({"words": "mine"}, purpose="told")
        hands.move(HOUR)
        assert [opens(made, seconds=HOUR), opens(made, seconds=HOUR - 1)] == [True, False]
        hands.move(-2 * HOUR)
        assert not opens(made, seconds=HOUR)


def test_it_is_good_for_its_purpose(sealed):
    """9.2.2, 9.2.4: one key, and each purpose bound into the seal."""
    assert opens(sealed)
    assert [opens(sealed, purpose=one) for one in ("Told", "tol", "told ", "")] == [False] * 4
    assert bound("a", "bc") != bound("ab", "c")


def test_every_seal_names_its_purpose():
    """9.2.4: by a constant, never by something that was sent."""
    named = [
        ast.unparse(one.value)
        for place, name, node in calls()
        if name in ("carry", "carried")
        for one in node.keywords
        if one.arg == "purpose"
    ]
    sealing = [node for _, name, node in calls() if name in ("carry", "carried")]
    assert len(named) == len(sealing) > 6
    assert [name for name in named if not name.isupper()] == []


def test_tokens_of_one_kind_open_no_door_of_another():
    """9.2.2: a sign-in is no token of the API, and the other way round."""
    ana = person("Ana")
    _, cookie = sign_in(person=ana, device="x", by=ana)
    _, token = make_access_token(label="mine", by=ana)
    assert [access.sign_in_of_token(one) is None for one in (cookie, token)] == [False, True]
    assert [access.person_of_access_token(one) is None for one in (cookie, token)] == [True, False]


def test_tokens_of_another_place_open_nothing_here(monkeypatch):
    """8.4.1: a place is one community; its digests are under a key of its own."""
    ana = person("Ana")
    _, cookie = sign_in(person=ana, device="x", by=ana)
    here = digest(access.TOKEN, cookie)
    monkeypatch.setattr(digests, "_secret", lambda: b"another place")
    assert digest(access.TOKEN, cookie) != here
    assert access.sign_in_of_token(cookie) is None


def test_there_is_one_cipher_in_one_place():
    """11.2.1, 11.3.1, 11.3.2: AES-256-GCM of `cryptography`; no mode without a tag, no padding."""
    assert importing("cryptography.hazmat.primitives.ciphers") == {"foundation/keys/wrapping.py"}
    assert calling("AESGCM") == {"foundation/keys/wrapping.py"}
    assert importing("Crypto", "Cryptodome", "nacl", "OpenSSL", "jwt", "jose", "gnupg", "rsa") == set()
    text = " ".join(ast.unparse(tree) for tree in trees().values())
    assert [word for word in ("ECB", "CBC", "PKCS1v15", "Fernet", "ARC4", "TripleDES") if word in text] == []


def test_keys_have_256_bits():
    """11.2.3."""
    secret, plain = os.urandom(wrapping.SIZE), b"words"
    assert wrapping.open_bytes(secret, wrapping.seal_bytes(secret, plain, b"x"), b"x") == plain
    sizes = [wrapping.SIZE, len(carrying._secret()), len(wrapping.make_wrapping_key().secret)]
    assert [size * 8 for size in sizes] == [256, 256, 256]
    assert len(digests._secret()) * 6 >= 256  # URL-safe base64: six bits a sign


def test_the_same_words_are_never_sealed_alike():
    secret = os.urandom(32)
    assert len({wrapping.seal_bytes(secret, b"words", b"x")[:12] for _ in range(500)}) == 500


def test_hashes_are_of_256_bits():
    """11.4.1, 11.4.3: SHA-256 everywhere, and under a key (HMAC) where what is hashed could be guessed."""
    names = [name for _, name, _ in calls()]
    assert {name for name in names if re.fullmatch(r"(?:hashlib|hmac)\.\w+", name)} <= {
        "hashlib.sha256",
        "hmac.new",
        "hmac.compare_digest",
    }
    assert calling("hmac.new") >= {"foundation/digests.py"}
    weak = re.compile(r"\b(?:md5|sha1|MD5|SHA1|crc32|adler32)\b")
    # Codes of apps are HMAC-SHA1, because apps know no other (RFC 6238); collisions do not break those.
    assert {place for place, tree in trees().items() if weak.search(ast.unparse(tree))} == {
        "people/core/one_time.py",
        "people/queries/one_time.py",
    }
    assert len(digest("x", "y")) * 4 == 256


def test_no_key_is_made_of_a_passphrase():
    """11.4.4: passphrases open doors; a key that would have to be stretched out of one there is none."""
    assert calling("pbkdf2_hmac", "scrypt", "hash_secret_raw", "PBKDF2HMAC", "Scrypt", "HKDF") == set()
    assert importing("cryptography.hazmat.primitives.kdf", "argon2") == set()


def test_passphrases_are_hashed_slowly():
    """11.4.2: argon2id, at least what OWASP asks (19 MiB, 2 passes), a salt for each, and no other hasher."""
    for name in ("Ana", "Ben"):
        join(name=name, prefers={}, passphrase="four lamps beside the old canal", passkey=None)
    hashed = list(Passphrase.objects.values_list("hashed", flat=True))
    for one in hashed:
        told = extract_parameters("$" + one.partition("$")[2])
        assert (told.type.name, told.hash_len >= 16, told.salt_len >= 16) == ("ID", True, True)
        assert (told.memory_cost >= 19 * 1024, told.time_cost >= 2) == (True, True)
    assert (len(set(hashed)), [one.algorithm for one in get_hashers()]) == (2, ["argon2"])


def test_passkeys_are_of_strong_curves(door, asked):
    """11.2.3, 11.6.1: what is asked for, and what is taken whatever the browser sends."""
    question = asked(make=True)
    offered = [one["alg"] for one in json.loads(question["options"])["pubKeyCredParams"]]
    assert (sorted(offered), RS256.ALGORITHM in offered) == (sorted(APPROVED), False)
    phone = Authenticator()
    assert passkey_made(door=door, asked=question["asked"], answer=phone.makes(question["options"]))
    from cryptography.hazmat.primitives.asymmetric import rsa

    weak = Authenticator()
    public = RS256.from_cryptography_key(rsa.generate_private_key(65537, 2048).public_key())
    weak.key = type("Key", (), {"public_key": lambda self: public})()
    import tests.people.test_passkeys as passkeys

    real = passkeys.ES256.from_cryptography_key
    try:
        passkeys.ES256.from_cryptography_key = staticmethod(lambda key: key)
        question = asked(make=True)
        with pytest.raises(Untrue):
            passkey_made(door=door, asked=question["asked"], answer=weak.makes(question["options"]))
    finally:
        passkeys.ES256.from_cryptography_key = real
