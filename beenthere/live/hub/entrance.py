"""Who may open a socket: only a page of this very site, and only with a sign-in that holds.

A browser sends the cookie with a socket that any site opens, so the origin must be ours exactly; and
the host must be one that the settings name, else a name that somebody points at this machine would be
its own origin.
"""

from django.conf import settings
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

SCHEMES = {"ws": "http", "wss": "https"}


def is_our_origin(scope: dict) -> bool:
    """Whether the socket was asked for by a page of this site: same scheme, host and port."""
    hosts, origins = _headers(scope, b"host"), _headers(scope, b"origin")
    if len(hosts) != 1 or len(origins) != 1:
        return False
    domain, _port = split_domain_port(hosts[0])
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    return origins[0] == f"{SCHEMES.get(scope.get('scheme', 'ws'))}://{hosts[0]}"


def token_of(scope: dict, cookie: str) -> str:
    """The token of the sign-in cookie; "" without one."""
    return parse_cookie("; ".join(_headers(scope, b"cookie"))).get(cookie, "")


def _headers(scope: dict, name: bytes) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


async def refuse(scope: dict, send, status: int = 403) -> None:
    """Answers before anything is opened."""
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": status, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close", "code": 1000})
