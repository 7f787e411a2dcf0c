"""The door of the place: a raw ASGI application before Django.

A request's body is read whole here, by the event loop, before one of the few threads of the pages is
taken: else eight slow posts would stop every page. Sockets at `/live/` go to the hub. The threads of the
pages may be in another process (`live.pages`).
"""

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")

from beenthere.live.batches import close_all  # noqa: E402
from beenthere.live.hub.entrance import refuse  # noqa: E402
from beenthere.live.pages import Front, Unanswered  # noqa: E402
from beenthere.web.guard import guarded, lacks_tls, lead_to_tls  # noqa: E402
from beenthere.web.refusals import refusal  # noqa: E402  # after the settings are named

KILO = 1024
MOST = 256 * KILO
MOST_UPLOAD = 50 * KILO * KILO
UPLOADS = "/pair/"
LIVE = "/live/"
SECONDS = 10.0
# A body that is too large is read on and thrown away so far, because a browser that is cut off while
# it sends shows an error of its own instead of our page.
MOST_THROWN_AWAY = 64 * KILO * KILO
THREADS = 8

Message = dict
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Site:
    """Hands whole requests to `pages` (an ASGI application over the WSGI ones), sockets to `hub`."""

    def __init__(self, pages, *, uploads: bool, seconds: float = SECONDS, hub=None) -> None:
        self.pages, self.uploads, self.seconds, self.hub = pages, uploads, seconds, hub

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        send = guarded(send)
        if lacks_tls(scope):
            await lead_to_tls(scope, receive, send)
        elif scope["type"] == "http":
            await self._answer(scope, receive, send)
        elif self.hub is not None and scope["path"] == LIVE:
            await self.hub(scope, receive, send)
        else:
            await _refuse_socket(scope, receive, send)

    async def say_goodbye(self) -> None:
        """Ends the open sockets. For the server, before it ends connections itself."""
        if self.hub is not None:
            await self.hub.close()

    async def _live(self, receive: Receive, send: Send) -> None:
        waking: asyncio.Task | None = None
        while (await receive())["type"] == "lifespan.startup":
            if isinstance(self.pages, Front):
                waking = asyncio.create_task(_wake(self.pages))
            await send({"type": "lifespan.startup.complete"})
        await self.say_goodbye()
        if waking is not None:
            await waking
            await self.pages.close()
        await asyncio.to_thread(close_all)
        await send({"type": "lifespan.shutdown.complete"})

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
            try:
                await self.pages(scope, _once(body), send)
            except Unanswered as fault:
                if not fault.was_told:  # else the server cuts the connection
                    await refusal(scope, send, status=503, most=most)


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


async def _wake(pages: Front) -> None:
    """So that the first page has nothing to wait for. When it fails, the first page is told so."""
    with suppress(Unanswered):
        await pages.begin()


async def _refuse_socket(scope: Message, receive: Receive, send: Send) -> None:
    await receive()
    await refuse(scope, send, 404)


def site(control: socket.socket | None = None) -> Site:
    """The application as the settings want it. `control`: our end of the pair of sockets to the process of
    the pages; without it they are made in this one."""
    from django.conf import settings

    from beenthere.live.hub import Hub

    if control is None:
        from beenthere.web.wsgi import application

        pages = WSGIMiddleware(application, workers=THREADS)
    else:
        pages = Front(control, THREADS)
    return Site(pages, uploads=settings.PLACE.local_tools, hub=Hub(_door()))


def _door():
    from django.conf import settings

    from beenthere.conversations import sockets
    from beenthere.conversations.events import CLOSED, SAID
    from beenthere.live.hub import Door
    from beenthere.people.events import SIGNED_OUT
    from beenthere.people.queries import signed_in

    return Door(
        cookie=settings.SIGN_IN_COOKIE,
        admit=sockets.admit,
        alive=signed_in,
        may_read=sockets.may_read,
        read=sockets.read,
        commit=sockets.commit,
        draft=sockets.Draft,
        frame=sockets.frame,
        batch=sockets.BATCH,
        said=SAID,
        closed=CLOSED,
        signed_out=SIGNED_OUT,
        signs=getattr(sockets, "signs", None),
    )
