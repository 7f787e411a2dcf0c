"""The wrapping key: it wraps every data key, and lives outside both databases.

It is the text of 32 random bytes (URL-safe base64) in a file that its owner alone can read, or in
the environment. While a rotation is on its way there are two: the next one wraps, both open.
"""

import base64
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from beenthere.foundation.secrets import read_or_make_secret

SIZE = 32
NONCE = 12


class WrappingKeyMissing(RuntimeError):
    """There are keys in the store, and nothing that opens them."""


@dataclass(frozen=True)
class WrappingKey:
    """`id` tells which key wrapped a row, and nothing of the key."""

    id: str
    secret: bytes = field(repr=False)


def wrapping_keys() -> list[WrappingKey]:
    """The keys that open, the one that wraps first; empty where none was made. Read afresh each time:
    another process may rotate."""
    given = settings.PLACE.wrapping_key.get_secret_value()
    if given:
        return [_from_text(text) for text in given.split(",")]
    texts = [path.read_text() for path in (next_path(), settings.PLACE.wrapping_key_path) if path.exists()]
    return [_from_text(text) for text in texts]


def make_wrapping_key() -> WrappingKey:
    """The first wrapping key, made unless it is there."""
    return _from_text(read_or_make_secret(settings.PLACE.wrapping_key_path, length=SIZE))


def next_path() -> Path:
    path = settings.PLACE.wrapping_key_path
    return path.with_name(f"{path.name}.next")


def take_over_next() -> None:
    """Afterwards the next key is the only one. Call it when nothing is wrapped by the old one."""
    os.replace(next_path(), settings.PLACE.wrapping_key_path)
    sync_folder(next_path().parent)


def wrap(secret: bytes, *, ref: str, owner: str, purpose: str, by: WrappingKey) -> bytes:
    """`secret` sealed by the wrapping key and bound to its row."""
    return seal_bytes(by.secret, secret, bound("key", ref, owner, purpose))


def unwrap(wrapped: bytes, *, ref: str, owner: str, purpose: str, by: WrappingKey) -> bytes:
    """What was wrapped; raises InvalidTag for another row, owner, purpose or wrapping key."""
    return open_bytes(by.secret, wrapped, bound("key", ref, owner, purpose))


def seal_bytes(secret: bytes, plain: bytes, aad: bytes) -> bytes:
    """AES-256-GCM: 12 random bytes of nonce, ciphertext, tag."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(NONCE)
    return nonce + AESGCM(secret).encrypt(nonce, plain, aad)


def open_bytes(secret: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The inverse of `seal_bytes`; raises InvalidTag when anything differs."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(secret).decrypt(sealed[:NONCE], sealed[NONCE:], aad)


def bound(*parts: str) -> bytes:
    """The parts as one text that no other parts can give: each with its length before it."""
    return b"".join(len(part.encode()).to_bytes(2) + part.encode() for part in parts)


def sync_folder(folder: Path) -> None:
    """Makes renames within `folder` durable."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _from_text(text: str) -> WrappingKey:
    secret = base64.urlsafe_b64decode(text.strip() + "=" * (-len(text.strip()) % 4))
    if len(secret) != SIZE:
        raise WrappingKeyMissing("A wrapping key is the URL-safe base64 of 32 bytes.")
    return WrappingKey(hashlib.sha256(b"beenthere wrapping key" + secret).hexdigest()[:16], secret)
