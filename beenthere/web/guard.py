"""What holds for every answer, whoever gives it: pages, files, refusals, sockets that are not opened.

Where the place is reached over https, nothing is answered without TLS: a page leads there. The API, what is
sent and sockets are refused, so that a program that is set up wrongly is noticed and not led on.
"""

from collections.abc import Awaitable, Callable
from functools import wraps

import structlog
from django.conf import settings

from beenthere.foundation.tls import HSTS
from beenthere.live.hub.entrance import refuse

ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"content-security-policy",
        b"default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
)
log = structlog.get_logger(__name__)
STARTS = ("http.response.start", "websocket.http.response.start")

Send = Callable[[dict], Awaitable[None]]


def guarded(send: Send) -> Send:
    """`send`, that puts into every answer what it does not say itself. An open socket has its answer behind
    it: the hub unwraps this and writes to the server's own."""

    @wraps(send)
    async def guarding(message: dict) -> None:
        if message["type"] in STARTS:
            headers = list(message.get("headers", []))
            there = {bytes(name).lower() for name, _ in headers}
            hsts = ((b"strict-transport-security", HSTS.encode()),) if settings.TLS else ()
            headers += [(name, value) for name, value in (*ALWAYS, *hsts) if name not in there]
            message = {**message, "headers": headers}
        await send(message)

    return guarding


def lacks_tls(scope: dict) -> bool:
    """Whether it was asked in the open, where it must not be."""
    return settings.TLS and scope.get("scheme") not in ("https", "wss")


async def lead_to_tls(scope: dict, receive: Callable[[], Awaitable[dict]], send: Send) -> None:
    """Leads who wanted to see a page to it, and refuses everything else."""
    await receive()
    log.warning("refused", why="no TLS", at="door", kind=scope["type"])
    if scope["type"] == "websocket":
        return await refuse(scope, send)
    own = settings.PLACE.own_address
    path = scope.get("raw_path") or scope["path"].encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    status = 403
    if scope["method"] in ("GET", "HEAD") and not scope["path"].startswith("/api/"):
        status, asked = 308, b"?" + scope["query_string"] if scope.get("query_string") else b""
        headers.append((b"location", own.encode() + path + asked))
    body = f"{own}/\n".encode()
    headers.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    return await send({"type": "http.response.body", "body": body})
