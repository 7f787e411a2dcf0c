"""Opening data keys, and holding them open for a moment.

A key stays open in this process for half a minute at most; a destroyed one is dropped at once in
every process that hears of it.
"""

import threading
import time
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag

from beenthere.foundation import wire

from .models import Key
from .wrapping import WrappingKey, WrappingKeyMissing, unwrap, wrapping_keys

DESTROYED = "keys.destroyed"
SECONDS = 30.0
MOST = 10_000


class KeyGone(RuntimeError):
    """The key is not in the store: what it sealed is unreadable for good."""


class _Opened:
    """Keys held open: by ref (ref -> owner, secret) and the sealing one by (owner, purpose)."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.secrets: dict[str, tuple[float, str, bytes]] = {}
        self.sealing: dict[tuple[str, str], tuple[float, str]] = {}

    def drop(self, owner: str = "") -> None:
        with self.lock:
            if not owner:
                self.secrets.clear()
                self.sealing.clear()
                return
            self.secrets = {ref: held for ref, held in self.secrets.items() if held[1] != owner}
            self.sealing = {pair: held for pair, held in self.sealing.items() if pair[0] != owner}


_opened = _Opened()
drop_opened = _opened.drop
wire.subscribe(DESTROYED, _opened.drop)
wire.subscribe(wire.GAP, lambda ref: _opened.drop())


def open_key(ref: str) -> bytes:
    """The 32 bytes of the key `ref`, retired or not. Raises KeyGone."""
    held = _opened.secrets.get(ref)
    if held and held[0] > time.monotonic():
        return held[2]
    key = Key.objects.filter(ref=ref).first()
    if key is None:
        raise KeyGone("The key of these words was destroyed, or the wrong key store was put back.")
    return _hold(key)


def sealing_key(owner: str, purpose: str = "person") -> tuple[str, bytes]:
    """Ref and bytes of the key that seals for `owner` now. Raises KeyGone."""
    held = _opened.sealing.get((owner, purpose))
    if held and held[0] > time.monotonic():
        return held[1], open_key(held[1])
    key = Key.objects.filter(owner=owner, purpose=purpose, retired_at=None).first()
    if key is None:
        raise KeyGone("There is no key to seal these words with.")
    secret = _hold(key)
    with _opened.lock:
        _opened.sealing[owner, purpose] = (time.monotonic() + SECONDS, key.ref)
    return key.ref, secret


def open_keys(refs: Iterable[str]) -> None:
    """Afterwards the keys `refs` that exist are held open: one look into the store for them all."""
    now = time.monotonic()
    missing = {ref for ref in refs if _opened.secrets.get(ref, (0.0,))[0] <= now}
    if missing:
        wrapping = wrapping_keys()
        for key in Key.objects.filter(ref__in=missing):
            _hold(key, wrapping)


def open_sealing_keys(owners: Iterable[str], purpose: str = "person") -> None:
    """Afterwards the keys that seal for `owners` are held open, those that exist: one look for them all."""
    now = time.monotonic()
    missing = {owner for owner in owners if _opened.sealing.get((owner, purpose), (0.0,))[0] <= now}
    if missing:
        wrapping = wrapping_keys()
        for key in Key.objects.filter(owner__in=missing, purpose=purpose, retired_at=None):
            _hold(key, wrapping)
            with _opened.lock:
                _opened.sealing[key.owner, purpose] = (now + SECONDS, key.ref)


def unwrapped(key: Key, at_hand: list[WrappingKey] | None = None) -> bytes:
    """The bytes of `key`. Raises WrappingKeyMissing when no wrapping key at hand opens it."""
    for wrapping in at_hand or wrapping_keys():
        if wrapping.id == key.wrapped_by:
            try:
                return unwrap(
                    bytes(key.wrapped), ref=key.ref, owner=key.owner, purpose=key.purpose, by=wrapping
                )
            except InvalidTag as damage:
                raise WrappingKeyMissing("A key in the store is damaged or was moved.") from damage
    raise WrappingKeyMissing("The wrapping key at hand is not the one that wrapped the key store.")


def _hold(key: Key, at_hand: list[WrappingKey] | None = None) -> bytes:
    secret = unwrapped(key, at_hand)
    with _opened.lock:
        if len(_opened.secrets) >= MOST:
            _opened.secrets.clear()
            _opened.sealing.clear()
        _opened.secrets[key.ref] = (time.monotonic() + SECONDS, key.owner, secret)
    return secret
