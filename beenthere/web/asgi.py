"""The door of the place: a raw ASGI application before Django.

A request's body is read whole here, by the event loop, before one of the few threads of the pages is
taken: else eight slow posts would stop every page. Sockets are refused until the live hub is there.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")

from beenthere.web.refusals import refusal  # noqa: E402  # after the settings are named

KILO = 1024
MOST = 256 * KILO
MOST_UPLOAD = 50 * KILO * KILO
UPLOADS = "/pair/"
SECONDS = 10.0
# A body that is too large is read on and thrown away so far, because a browser that is cut off while
# it sends shows an error of its own instead of our page.
MOST_THROWN_AWAY = 64 * KILO * KILO
THREADS = 8

Message = dict
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Site:
    """Hands whole requests to `pages` (an ASGI application over the WSGI ones)."""

    def __init__(self, pages, *, uploads: bool, seconds: float = SECONDS) -> None:
        self.pages, self.uploads, self.seconds = pages, uploads, seconds

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "websocket":
            await _refuse_socket(scope, receive, send)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        most = MOST_UPLOAD if self.uploads and scope["path"].startswith(UPLOADS) else MOST
        try:
            async with asyncio.timeout(self.seconds):
                body = await _whole_body(scope, receive, most)
        except TimeoutError:
            await refusal(scope, send, status=408, most=most)
        except _TooLarge:
            await refusal(scope, send, status=413, most=most)
        except _Gone:
            return
        else:
            await self.pages(scope, _once(body), send)


class _TooLarge(Exception):
    pass


class _Gone(Exception):
    """The browser went away before its request was complete."""


async def _whole_body(scope: Message, receive: Receive, most: int) -> bytes:
    told = _told_length(scope)
    if told > most + MOST_THROWN_AWAY:
        raise _TooLarge
    parts, length = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Gone
        part = message.get("body", b"")
        length += len(part)
        if max(length, told) <= most:
            parts.append(part)
        else:
            parts.clear()
        if not message.get("more_body", False) or length > most + MOST_THROWN_AWAY:
            break
    if max(length, told) > most:
        raise _TooLarge
    return b"".join(parts)


def _told_length(scope: Message) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit() and len(value) < 20:
            return int(value)
    return 0


def _once(body: bytes) -> Receive:
    messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _refuse_socket(scope: Message, receive: Receive, send: Send) -> None:
    await receive()
    if "websocket.http.response" in scope.get("extensions", {}):
        await send({"type": "websocket.http.response.start", "status": 404, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})
    else:
        await send({"type": "websocket.close", "code": 1000})


def site() -> Site:
    """The application as the settings want it."""
    from django.conf import settings

    from beenthere.web.wsgi import application as pages

    return Site(WSGIMiddleware(pages, workers=THREADS), uploads=settings.PLACE.local_tools)
