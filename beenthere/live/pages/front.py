"""The end in the process that holds the port."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

import structlog

from .parts import BODY, END, HEAD, READY, START, opened, request_parts

log = structlog.get_logger(__name__)
# Until a back that was begun (again) takes a request.
PATIENCE = 20.0

Receive = Callable[[], Awaitable[dict]]
Send = Callable[[dict], Awaitable[None]]
Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Unanswered(Exception):
    """The pages did not answer: they ended meanwhile, or failed. `was_told`: the browser has a part of the
    answer, so it can be told nothing else."""

    def __init__(self, *, was_told: bool) -> None:
        super().__init__("the pages did not answer")
        self.was_told = was_told


class Front:
    """An ASGI application for whole requests (`receive` gives the body at once). At most `most` are under
    way, others wait their turn. Raises Unanswered. `control` is one end of a pair of sockets, whose other
    end the back has."""

    def __init__(self, control: socket.socket, most: int, *, patience: float = PATIENCE) -> None:
        self._control, self._patience = control, patience
        self._turns = asyncio.Semaphore(most)
        self._idle: list[Line] = []

    async def __call__(self, scope: dict, receive: Receive, send: Send) -> None:
        body = (await receive()).get("body", b"")
        async with self._turns:
            line = await self._line()
            is_whole = False
            try:
                await self._hand_over(line, scope, body, send)
                is_whole = True
            finally:
                if is_whole:
                    self._idle.append(line)
                else:
                    line[1].close()

    async def begin(self) -> None:
        """Afterwards the back is awake and has everything loaded that its first request needs."""
        async with self._turns:
            self._idle.append(await self._line())

    async def close(self) -> None:
        """The back sees that no more requests come."""
        for _, writer in self._idle:
            writer.close()
        self._idle.clear()
        self._control.close()

    async def _line(self) -> Line:
        while self._idle:
            reader, writer = self._idle.pop()
            if not reader.at_eof():
                return reader, writer
            writer.close()  # that back has ended
        mine, theirs = socket.socketpair()
        try:
            with theirs:
                socket.send_fds(self._control, [b"."], [theirs.fileno()])
        except OSError as failure:
            mine.close()
            raise Unanswered(was_told=False) from failure
        reader, writer = await asyncio.open_connection(sock=mine)
        try:
            async with asyncio.timeout(self._patience):
                kind, _ = await _part(reader)
        except (TimeoutError, EOFError, OSError) as failure:
            writer.close()
            raise Unanswered(was_told=False) from failure
        assert kind == READY, kind
        return reader, writer

    async def _hand_over(self, line: Line, scope: dict, body: bytes, send: Send) -> None:
        reader, writer = line
        was_told = False
        try:
            writer.write(request_parts(scope, body))
            await writer.drain()
            while True:
                kind, content = await _part(reader)
                if kind == START:
                    status, headers = opened(content)
                    was_told = True
                    await send({"type": "http.response.start", "status": status, "headers": headers})
                elif kind == BODY:
                    await send({"type": "http.response.body", "body": content, "more_body": True})
                elif kind == END:
                    await send({"type": "http.response.body", "body": content})
                    return
                else:
                    raise EOFError
        except (EOFError, OSError) as failure:
            log.error("The pages did not answer", why=type(failure).__name__)
            raise Unanswered(was_told=was_told) from failure


async def _part(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """Raises EOFError when the other side ended."""
    kind, length = HEAD.unpack(await reader.readexactly(HEAD.size))
    return kind, await reader.readexactly(length) if length else b""
