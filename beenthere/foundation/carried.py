"""Values that travel sealed in a form, so that nothing of a visitor is kept before they chose to stay.

base64 of: 12 bytes nonce | ciphertext and tag of {"at": seconds, "is": value}
"""

import base64
import binascii
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from django.conf import settings

from beenthere.foundation import clock
from beenthere.foundation.keys.wrapping import bound, open_bytes, seal_bytes

HOUR = 3600


class Stale(ValueError):
    """What was carried is too old, was changed, or was sealed for something else."""


def carry(value: Any, *, purpose: str) -> str:
    """`value` (plain JSON) sealed as text for a hidden field. Nobody but this place can read it."""
    plain = json.dumps({"at": clock.now().timestamp(), "is": value}, ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(seal_bytes(_secret(), plain, bound("carried", purpose))).decode()


def carried(text: str, *, purpose: str, seconds: float = 12 * HOUR) -> Any:
    """What `carry` sealed. Raises Stale when older than `seconds` or not ours."""
    try:
        stored = base64.urlsafe_b64decode(text.encode())
        told = json.loads(open_bytes(_secret(), stored, bound("carried", purpose)))
    except (InvalidTag, binascii.Error, ValueError, UnicodeError) as why:
        raise Stale("Not ours.") from why
    if not 0 <= clock.now().timestamp() - told["at"] <= seconds:
        raise Stale("Too old.")
    return told["is"]


def _secret() -> bytes:
    return hashlib.sha256(b"carried" + settings.SECRET_KEY.encode()).digest()
