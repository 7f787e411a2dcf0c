"""TLS: what holds where the place is reached over https, which `BEENTHERE_ADDRESS` says, and that no line to
another machine goes without it.

The place itself listens on the loopback alone. Whatever ends TLS stands before it on the same machine.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

TWO_YEARS = 2 * 365 * 24 * 3600
HSTS = f"max-age={TWO_YEARS}; includeSubDomains"
COOKIES = ("sign_in", "known", "csrf", "language")
LOOPBACK = ["127.0.0.1", "::1"]  # who may say for whom it asks, and whether over TLS
CHECKED = "verify-full"


def tls_settings(address: str, port: int) -> dict:
    """What Django and the door want to know. Over TLS cookies are kept for this very host and are never sent
    without it (`__Host-`); else they are named by port: two places on one `localhost` would share them."""
    tls = urlsplit(address).scheme == "https"
    names = {one: f"__Host-beenthere_{one}" if tls else f"beenthere_{one}_{port}" for one in COOKIES}
    return {
        "TLS": tls,
        "SIGN_IN_COOKIE": names["sign_in"],
        "KNOWN_COOKIE": names["known"],
        "CSRF_COOKIE_NAME": names["csrf"],
        "LANGUAGE_COOKIE_NAME": names["language"],
        **{f"{one}_COOKIE_SECURE": tls for one in ("CSRF", "LANGUAGE")},
        **{f"{one}_COOKIE_HTTPONLY": True for one in ("CSRF", "LANGUAGE")},
        **{f"{one}_COOKIE_SAMESITE": "Lax" for one in ("CSRF", "LANGUAGE")},
        "SECURE_HSTS_SECONDS": TWO_YEARS if tls else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": tls,
    }


def sealed_database(url: str) -> str:
    """The address of a PostgreSQL database; on another machine over TLS to a server whose certificate was
    checked. ValueError for one that asks for less."""
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query))
    if any(not asked.get(one, "/").startswith("/") for one in ("host", "hostaddr")):
        raise ValueError("the host of a database stands before its name, not behind it")
    if not url or is_here(parts.hostname):
        return url
    if asked.get("sslmode", CHECKED) != CHECKED:
        raise ValueError(f"a database on another machine is reached with sslmode={CHECKED}")
    asked = {"sslrootcert": "system", **asked, "sslmode": CHECKED}
    return urlunsplit(parts._replace(query=urlencode(asked)))


def sealed_bus(url: str) -> str:
    """The same for the bus: Redis or Valkey on another machine is `rediss://`, with a password."""
    parts = urlsplit(url)
    if parts.scheme in ("", "postgresql") or is_here(parts.hostname):
        return url
    if parts.scheme != "rediss" or not parts.password or "ssl_" in parts.query:
        raise ValueError("a bus on another machine is rediss://name:word@host, its certificate checked")
    return url


def is_here(host: str | None) -> bool:
    """Whether it is this very machine."""
    return not host or host in ("localhost", *LOOPBACK)
