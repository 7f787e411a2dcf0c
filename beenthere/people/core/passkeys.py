"""Passkeys (WebAuthn): what the browser is asked, and whether what it answers is true.

Chance is an argument: challenges and handles are given. A kept credential is plain JSON: `id`, `key` (the
attested credential data), `count`.
"""

from dataclasses import dataclass
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
)

LONGEST_ID = 1023
# ES256, EdDSA, ES384, ES512: 128 bits of strength or more. RSA of devices has 2048 bits, which are 112.
APPROVED = (-7, -8, -35, -36)


class Untrue(ValueError):
    """What the browser sent does not prove what it should."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where passkeys are asked for: the host name of the page and what the place is called."""

    host: str
    name: str

    @property
    def can_open(self) -> bool:
        """Browsers keep passkeys for names alone, never for a number such as 127.0.0.1."""
        return not (self.host.startswith("[") or ":" in self.host or self.host.replace(".", "").isdigit())


def asked_to_make(door: Door, *, challenge: bytes, handle: bytes, called: str, there: list[str]) -> dict:
    """What `navigator.credentials.create` is given. `there` are ids of passkeys that exist already."""
    options, _ = _server(door).register_begin(
        {"id": handle, "name": called, "displayName": called},
        credentials=[
            PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=websafe_decode(one))
            for one in there
        ]
        or None,
        resident_key_requirement="required",
        user_verification="required",
        challenge=challenge,
    )
    return dict(options)["publicKey"]


def asked_to_show(door: Door, *, challenge: bytes) -> dict:
    """What `navigator.credentials.get` is given: any passkey of this place."""
    options, _ = _server(door).authenticate_begin(user_verification="required", challenge=challenge)
    return dict(options)["publicKey"]


def made(door: Door, *, challenge: bytes, answer: Any) -> dict:
    """The credential that the browser made. Raises Untrue."""
    try:
        seen = _server(door).register_complete(_state(challenge), answer)
        data = seen.credential_data
        if data is None or len(data.credential_id) > LONGEST_ID or data.public_key[3] not in APPROVED:
            raise Untrue("There is no key in it that we take.")
    except Exception as why:
        raise Untrue("This is no passkey for this page.") from why
    return {
        "id": websafe_encode(data.credential_id),
        "key": websafe_encode(bytes(data)),
        "count": seen.counter,
    }


def id_shown(answer: Any) -> str:
    """The id of the credential that an answer claims to be of. Raises Untrue."""
    try:
        return websafe_encode(AuthenticationResponse.from_dict(answer).raw_id)
    except Exception as why:
        raise Untrue("This is no answer of a passkey.") from why


def shown(door: Door, *, challenge: bytes, answer: Any, credential: dict) -> int:
    """The new count, where `answer` proves that `credential` was there. Raises Untrue, also for a count
    that did not grow: then somebody has a copy."""
    try:
        key = AttestedCredentialData(websafe_decode(credential["key"]))
        _server(door).authenticate_complete(_state(challenge), [key], answer)
        count = AuthenticationResponse.from_dict(answer).response.authenticator_data.counter
    except Exception as why:
        raise Untrue("This passkey does not open this door.") from why
    if (count or credential["count"]) and count <= credential["count"]:
        raise Untrue("This passkey was used elsewhere.")
    return count


def _server(door: Door) -> Fido2Server:
    server = Fido2Server(
        PublicKeyCredentialRpEntity(name=door.name, id=door.host),
        verify_origin=lambda origin: is_of(door, origin),
    )
    server.allowed_algorithms = [one for one in server.allowed_algorithms if one.alg in APPROVED]
    return server


def is_of(door: Door, origin: str) -> bool:
    """Only this very name, and only over TLS where it is not this machine itself."""
    local = door.host == "localhost" or door.host.endswith(".localhost")
    for start in [f"{scheme}://{door.host}" for scheme in (("https", "http") if local else ("https",))]:
        if origin == start or (origin.startswith(f"{start}:") and origin[len(start) + 1 :].isdecimal()):
            return True
    return False


def _state(challenge: bytes) -> dict:
    return {"challenge": websafe_encode(challenge), "user_verification": "required"}
