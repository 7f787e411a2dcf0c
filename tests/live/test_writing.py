"""What waits for one socket goes out in few writes, in order, and stops where the server takes no more."""

import asyncio

import pytest
from websockets.frames import Frame
from websockets.protocol import OPEN
from websockets.server import ServerProtocol
from websockets.streams import StreamReader

from beenthere.live.hub.door import Limits
from beenthere.live.hub.socket import Socket


class Uvicorns:
    """As uvicorn's protocol: `send` waits until it may write, and writes all that its connection holds."""

    handshake_complete, close_sent = True, False

    def __init__(self) -> None:
        self.conn = ServerProtocol(state=OPEN)
        self.writable = asyncio.Event()
        self.writable.set()
        self.writes: list[bytes] = []

    async def send(self, message: dict) -> None:
        await self.writable.wait()
        if message["type"] == "websocket.send":
            self.conn.send_text(message["text"].encode())
            self.writes.append(b"".join(self.conn.data_to_send()))


def texts_in(written: bytes) -> list[str]:
    reader, texts = StreamReader(), []
    reader.feed_data(written)
    while reader.buffer:
        parsing = Frame.parse(reader.read_exact, mask=False)
        with pytest.raises(StopIteration) as parsed:
            next(parsing)
        texts.append(parsed.value.value.data.decode())
    return texts


def written_by(texts: list[str], *, holds_back: bool = False, send=None) -> tuple[list[bytes], list[str]]:
    """The writes, and what waits still."""

    async def run():
        protocol = Uvicorns()
        if holds_back:
            protocol.writable.clear()
        socket = Socket(send or protocol.send, person="p", sign_in="s", limits=Limits())
        for text in texts:
            socket.put(text)
        task = asyncio.create_task(socket.write())
        await asyncio.sleep(0.01)
        left = list(socket._waiting)
        protocol.writable.set()
        socket.close(1001)
        await task
        return protocol.writes, left

    return asyncio.run(run())


def test_what_waits_together_goes_out_in_one_write():
    texts = [f"número {number}" for number in range(30)]
    writes, left = written_by(texts)
    assert [texts_in(write) for write in writes] == [texts]
    assert left == []


def test_a_write_has_an_end():
    texts = [f"{number}" * 1000 for number in range(10, 50)]
    writes, _ = written_by(texts)
    assert [text for write in writes for text in texts_in(write)] == texts
    assert all(len(write) < 36 * 1024 for write in writes)


def test_what_the_server_does_not_take_keeps_waiting():
    texts = ["one", "two", "three"]
    assert written_by(texts, holds_back=True) == ([b"\x81\x03one"], texts[1:])


def test_any_other_server_gets_text_after_text():
    sent = []

    async def send(message):
        sent.append(message.get("text"))

    written_by(["one", "two"], send=send)
    assert sent == ["one", "two", None]
