"""The law of the cursors: in whatever order things are said here, said elsewhere, read, and put, everyone
gets every message once, in order."""

import asyncio
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from beenthere.live.hub import Door, Limits
from beenthere.live.hub.rooms import Room
from beenthere.live.hub.socket import Socket

PAGE = 3
STEPS = st.lists(
    st.sampled_from(["here", "here", "elsewhere", "lost", "gap", "answer", "answer", "late", "take", "come"]),
    max_size=60,
)


class World:
    """A conversation of numbers, two sockets that take what they are given when told to, and reads that
    are answered when told to: with what stood there when they were asked, or when they are answered."""

    def __init__(self) -> None:
        self.last = 0
        self.asked: list[tuple] = []
        door = Door("", None, None, lambda *_: True, self.read, None, None, page=PAGE)
        self.room = Room("talk0001", door, self.ask, lambda room: None)
        self.sockets: list[Socket] = []
        self.heard: dict[Socket, list[int]] = {}

    def come(self) -> None:
        limits = Limits(frames_waiting=4, bytes_waiting=10**6)
        socket = Socket(None, person=f"person {len(self.sockets)}", sign_in="", limits=limits)
        socket.drained = lambda: self.room.drained(socket)
        self.sockets.append(socket)
        self.heard[socket] = []
        self.room.sit(socket, 0)

    def read(self, person: str, ref: str, after: int):
        numbers = list(range(after + 1, min(self.last, after + PAGE) + 1))
        return [{"number": number} for number in numbers], numbers[-1] if numbers else after

    def ask(self, function, *given):
        future = asyncio.get_running_loop().create_future()
        self.asked.append((future, function, given, function(*given)))
        return future

    def answer(self, *, late: bool) -> None:
        if self.asked:
            future, function, given, early = self.asked.pop(0)
            future.set_result(function(*given) if late else early)

    def take(self) -> None:
        """Every socket's reader takes all that waits."""
        for socket in self.sockets:
            while socket._waiting:
                frame = json.loads(socket._waiting.popleft())
                if "number" in frame:
                    self.heard[socket].append(frame["number"])
            socket._bytes = 0
            if socket._was_full:
                socket._was_full = False
                socket.drained()

    def step(self, step: str) -> None:
        if step in ("here", "elsewhere", "lost"):
            self.last += 1
        if step == "here":
            self.room.said_here([(self.last, json.dumps({"number": self.last}))])
        elif step == "elsewhere":
            self.room.said_elsewhere()
        elif step == "gap":
            self.room.missed_something()
        elif step in ("answer", "late"):
            self.answer(late=step == "late")
        elif step == "take":
            self.take()
        elif step == "come":
            self.come()


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_in_any_order_everyone_gets_everything_once(steps):
    async def live() -> None:
        world = World()
        world.come()
        for step in steps:
            world.step(step)
            for _ in range(4):
                await asyncio.sleep(0)
        world.room.missed_something()
        while world.asked or world.room._task is not None or any(one._waiting for one in world.sockets):
            world.answer(late=False)
            world.take()
            await asyncio.sleep(0)
        for socket in world.sockets:
            assert world.heard[socket] == list(range(1, world.last + 1))

    asyncio.run(live())
