"""Codes that an app makes anew every thirty seconds (TOTP, RFC 6238). Chance and the clock are arguments."""

from base64 import b32decode, b32encode
from hmac import compare_digest
from io import BytesIO

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

BYTES, DIGITS, SECONDS = 20, 6, 30
SKEW = 1  # steps that a clock may be wrong, both ways
GROUP = 4


def secret_of(chance: bytes) -> str:
    """The secret as apps want it: `BYTES` random bytes in base 32."""
    if len(chance) != BYTES:
        raise ValueError(f"A secret is made of {BYTES} bytes.")
    return b32encode(chance).decode()


def grouped(secret: str) -> str:
    """The same, to be read and typed: four signs at a time."""
    return " ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP))


def folded_one_time_code(typed: str) -> str:
    """The six digits that were typed; "" for anything else."""
    digits = "".join(typed.split())
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdecimal() else ""


def code_at(secret: str, step: int) -> str:
    """The code of one step."""
    return HOTP(b32decode(secret), DIGITS, SHA1()).generate(step).decode()  # noqa: S303 -- what apps know


def step_opened(secret: str, typed: str, *, seconds: int, last_step: int) -> int | None:
    """The step whose code was typed, at `seconds` (Unix time) or one step before or after. None for a wrong
    code, and for one of a step that was used before or lies behind one that was."""
    code, now = folded_one_time_code(typed), seconds // SECONDS
    found = None
    for step in range(max(now - SKEW, 0), now + SKEW + 1):  # all of them, whichever it is: the same work
        if compare_digest(code_at(secret, step), code) and step > last_step:
            found = step
    return found


def picture_of(address: str) -> str:
    """The address as a square that a camera reads: SVG without style and script, dark on light."""
    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#fff", dark="#000"
    )
    return out.getvalue().decode()
