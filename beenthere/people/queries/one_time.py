"""What an app of one-time codes is told."""

from urllib.parse import quote, urlencode

from ..core.one_time import DIGITS, SECONDS


def address_of(secret: str, *, place: str, called: str) -> str:
    """What an app reads (`otpauth://`). `place` and `called` stand in its list, so neither says too much."""
    told = urlencode(
        {"secret": secret, "issuer": place, "algorithm": "SHA1", "digits": DIGITS, "period": SECONDS},
        quote_via=quote,
    )
    return f"otpauth://totp/{quote(place, safe='')}:{quote(called, safe='')}?{told}"
