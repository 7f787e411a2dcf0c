"""One open socket: what waits to go out, within bounds, and its end."""

import asyncio
from collections import deque
from collections.abc import Callable

from .door import Limits

AT_ONCE = 32 * 1024  # characters that go out in one write


class Socket:
    """Texts are `put`, one task of its own writes them. Belongs to the event loop."""

    def __init__(self, send, *, person: str, sign_in: str, limits: Limits) -> None:
        self.person, self.sign_in = person, sign_in
        self.bad_frames = 0
        self.seats: dict = {}  # by conversation
        self.drained: Callable[[], None] = lambda: None
        self._send, self._limits = send, limits
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[str] = deque()
        self._bytes = 0
        self._was_full = False
        self._code: int | None = None
        self._wake: asyncio.Future | None = None
        self._room: asyncio.Future | None = None
        self._since: float | None = None

    @property
    def is_full(self) -> bool:
        """Whether more would have to wait: its reader is slower than its writers."""
        if len(self._waiting) < self._limits.frames_waiting and self._bytes < self._limits.bytes_waiting:
            return False
        self._was_full = True
        return True

    @property
    def is_closing(self) -> bool:
        return self._code is not None

    def put(self, text: str) -> None:
        """Goes out after what waits. The caller looks at `is_full` before."""
        self._waiting.append(text)
        self._bytes += len(text)
        self._stir()

    def close(self, code: int) -> None:
        """What waits is thrown away. A connection that takes nothing is cut."""
        if self._code is not None:
            return
        self._code = code
        self._waiting.clear()
        self._bytes = 0
        if self._since is None:
            self._stir()
        else:
            self._cut()

    def has_not_read_for(self, now: float) -> float:
        """Seconds since something was last taken, 0 when nothing waits."""
        return 0.0 if self._since is None else now - self._since

    async def has_room(self) -> None:
        """Returns when not too much waits: so who does not read is not read either."""
        while self.is_full and self._code is None:
            self._room = self._loop.create_future()
            await self._room

    async def write(self) -> None:
        """Writes until the socket is closed by either side."""
        try:
            while self._code is None:
                await self._write_what_waits()
                if self._was_full and self._code is None:
                    self._was_full = False
                    self._free()
                    self.drained()
                elif self._code is None:
                    self._wake = self._loop.create_future()
                    await self._wake
            await self._send({"type": "websocket.close", "code": self._code})
        except OSError:
            pass  # the other side is gone; the reading end hears of it
        finally:
            self._free()

    async def _write_what_waits(self) -> None:
        waiting, send = self._waiting, self._send
        try:
            while waiting:
                self._since = self._loop.time()
                text = self._next() if len(waiting) == 1 else self._next_after_others()
                await send({"type": "websocket.send", "text": text})
        finally:
            self._since = None

    def _next(self) -> str:
        text = self._waiting.popleft()
        self._bytes -= len(text)
        return text

    def _next_after_others(self) -> str:
        """The next text. Where the server is uvicorn and its buffer takes more, those that can go out in one
        write with it were put before it: each write of its own costs as much as all else about a text."""
        protocol = getattr(self._send, "__self__", None)
        text, length = self._next(), 0
        if not _takes_more(protocol):
            return text
        while self._waiting and (length := length + len(text)) < AT_ONCE:
            protocol.conn.send_text(text.encode())
            text = self._next()
        return text

    def _stir(self) -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(None)

    def _free(self) -> None:
        if self._room is not None and not self._room.done():
            self._room.set_result(None)

    def _cut(self) -> None:
        """ASGI knows no way to end a connection whose buffer is full; uvicorn's transport does."""
        transport = getattr(getattr(self._send, "__self__", None), "transport", None)
        if transport is not None:
            transport.abort()


def _takes_more(protocol) -> bool:
    """Whether what is put into the connection of this protocol goes out with its next `send`."""
    connection = getattr(protocol, "conn", None)
    if connection is None or not hasattr(connection, "send_text"):
        return False
    is_open = protocol.handshake_complete and not protocol.close_sent and connection.state.name == "OPEN"
    return is_open and protocol.writable.is_set()
