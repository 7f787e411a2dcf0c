"""Rooms of ten for benchmarks of live delivery: ours, made through the models, served over a socket of the
loopback; and the driver, the same for every server (uvloop and picows)."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_connect

ROOT = Path(__file__).resolve().parents[1]
ROOMS, SEATS = 10, 10
OUTSTANDING = 200  # over all sockets
WORDS = (
    "I was there too, for two years, and what helped me was that somebody stayed on the phone that night. {}"
)


@contextmanager
def server(module: str, folder: Path):
    """`python -m <module> <folder>`; yields what it prints in its first line, as JSON."""
    environment = {**os.environ, "BEENTHERE_DATA": str(folder), "BEENTHERE_BUS": "memory"}
    environment |= {"PYTHONPATH": str(ROOT), "BEENTHERE_LOG_LEVEL": "ERROR"}
    child = subprocess.Popen(
        [sys.executable, "-m", module, str(folder)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        yield json.loads(child.stdout.readline())
    finally:
        child.terminate()
        child.wait(30)


class Listener(WSListener):
    """`heard(listener, text)` for each text."""

    def __init__(self, heard: Callable) -> None:
        self.heard = heard
        self.transport: WSTransport | None = None

    def on_ws_connected(self, transport: WSTransport) -> None:
        self.transport = transport

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            self.heard(self, frame.get_payload_as_utf8_text())

    def say(self, **frame) -> None:
        self.transport.send(WSMsgType.TEXT, json.dumps(frame).encode())


class Driver:
    """Sockets of ROOMS rooms; a message counts when all SEATS heard it (a server sends after its commit)."""

    def __init__(self, seats: list[dict]) -> None:
        self.seats = seats  # url, headers, ref, opens
        self.sockets: list[Listener] = []
        self.waiting: dict[str, list] = {}  # mark: [how many heard, when sent, who sent]
        self.delivered, self.took = 0, []
        self.opened = 0
        self.refused: list[str] = []
        self.closed_loop = False
        self.number = 0

    async def open(self) -> None:
        for seat in self.seats:
            _, listener = await ws_connect(
                lambda: Listener(self._heard), seat["url"], extra_headers=seat["headers"]
            )
            listener.ref = seat["ref"]
            self.sockets.append(listener)
            if seat["opens"]:
                listener.say(open=seat["ref"], after=0)
            else:
                self.opened += 1
        until = time.monotonic() + 30
        while self.opened < len(self.seats):
            assert time.monotonic() < until, f"{self.opened} of {len(self.seats)} opened"
            await asyncio.sleep(0.05)

    def say(self, socket: Listener) -> None:
        self.number += 1
        mark = f"m{self.number}"
        self.waiting[mark] = [0, time.perf_counter(), socket]
        socket.say(say=socket.ref, mark=mark, words=WORDS.format(mark))

    def _heard(self, listener: Listener, text: str) -> None:
        frame = json.loads(text)
        if "said" in frame:
            mark = frame["words"].rpartition(" ")[2]
            message = self.waiting[mark]
            message[0] += 1
            if message[0] == SEATS:
                del self.waiting[mark]
                self.delivered += 1
                self.took.append(time.perf_counter() - message[1])
                if self.closed_loop:
                    self.say(message[2])
        elif "open" in frame:
            self.opened += 1
        elif "refused" in frame:
            self.refused.append(frame["why"])

    async def saturate(self, seconds: float) -> float:
        """Messages a second with OUTSTANDING under way all the time."""
        self.closed_loop = True
        for number in range(OUTSTANDING):
            self.say(self.sockets[number % len(self.sockets)])
        await asyncio.sleep(min(2, seconds / 4))
        before, began = self.delivered, time.perf_counter()
        await asyncio.sleep(seconds)
        rate = (self.delivered - before) / (time.perf_counter() - began)
        self.closed_loop = False
        await self.settle()
        return rate

    async def at(self, rate: float, seconds: float) -> list[float]:
        """Seconds until everyone heard, each message, at `rate` messages a second; sorted."""
        self.took.clear()
        began, sent = time.perf_counter(), 0
        while (now := time.perf_counter() - began) < seconds:
            while sent < now * rate:
                self.say(self.sockets[sent * 7 % len(self.sockets)])
                sent += 1
            await asyncio.sleep(0.001)
        await self.settle()
        assert len(self.took) == sent, f"{len(self.took)} of {sent} came; refused: {set(self.refused)}"
        return sorted(self.took)

    async def settle(self) -> None:
        until = time.monotonic() + 30
        while self.waiting and time.monotonic() < until:
            await asyncio.sleep(0.05)
        assert not self.waiting, f"{len(self.waiting)} were lost; refused: {set(self.refused)}"


def ours(facts: dict) -> list[dict]:
    """The seats of a server of `benchmarks.peers.beenthere_room`."""
    origin = f"http://localhost:{facts['port']}"
    return [
        {
            "url": f"ws://localhost:{facts['port']}/live/",
            "headers": {"Origin": origin, "Cookie": f"{facts['cookie']}={token}"},
            "ref": ref,
            "opens": True,
        }
        for ref, tokens in facts["rooms"]
        for token in tokens
    ]


def theirs(facts: dict) -> list[dict]:
    """The seats of a server of `benchmarks.peers.channels_room`."""
    return [
        {
            "url": f"ws://localhost:{facts['port']}/rooms/{room}/",
            "headers": {"Cookie": f"sessionid={session}"},
            "ref": str(room),
            "opens": False,
        }
        for room, sessions in enumerate(facts["rooms"])
        for session in sessions
    ]
