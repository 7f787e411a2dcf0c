"""Members on websockets: ours, and Django Channels'."""

import asyncio
import json
import time

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

from benchmarks.peers.driver import PATIENCE, Member
from benchmarks.rooms import SEATS


class SocketMember(Member):
    def __init__(self, seat: dict, room: int, place: int) -> None:
        super().__init__(room, place)
        self.seat = seat
        self.is_open = not seat["opens"]
        self.transport: WSTransport | None = None

    async def open(self) -> None:
        listener = Listener(self)
        self.transport, _ = await ws_connect(
            lambda: listener, self.seat["url"], extra_headers=self.seat["headers"]
        )
        if self.seat["opens"]:
            self._send(open=self.seat["ref"], after=0)

    def say(self, mark: bytes, words: str) -> None:
        self._send(say=self.seat["ref"], mark=mark.decode(), words=words)

    def heard(self, payload: bytes) -> None:
        if self.is_open:
            if payload.startswith(b'{"refused"'):
                self.driver.refused.add(json.loads(payload)["why"])
            self.feed(payload)
        elif payload.startswith(b'{"open"'):
            self.is_open = True

    def close(self) -> None:
        self.transport.disconnect()

    def _send(self, **frame) -> None:
        self.transport.send(WSMsgType.TEXT, json.dumps(frame).encode())


class Listener(WSListener):
    def __init__(self, member: SocketMember) -> None:
        self.member = member

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.member.heard(frame.get_payload_as_bytes())


async def members_of(seats: list[dict]) -> list[SocketMember]:
    """`seats`, ten after ten of a room, connected and open."""
    members = [SocketMember(seat, *divmod(number, SEATS)) for number, seat in enumerate(seats)]
    for member in members:
        await member.open()
    until = time.monotonic() + PATIENCE
    while not all(member.is_open for member in members):
        assert time.monotonic() < until, "not all could open their conversation"
        await asyncio.sleep(0.02)
    return members
