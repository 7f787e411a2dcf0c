"""Keyed digests: what must be found again without being kept. A stolen database without the secret
cannot tell which address or name a digest stands for, not even by trying them all."""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings

from beenthere.foundation.secrets import read_or_make_secret

LENGTH = 64


def digest(purpose: str, text: str) -> str:
    """HMAC-SHA256 in hexadecimal of `text` (as given; fold it before) for one purpose, so that the same
    text under two purposes cannot be joined."""
    message = f"{len(purpose)}:{purpose}:{text}".encode()
    return hmac.new(_secret(), message, hashlib.sha256).hexdigest()


@lru_cache(maxsize=1)
def _secret() -> bytes:
    return read_or_make_secret(settings.DATA / "secret" / "digests.key").encode()
