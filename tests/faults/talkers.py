"""People who talk and read over real sockets, and remember what they were promised and shown.

Each keeps a cursor, as a page does, and sends again with the same mark until a message is kept. What must
not happen is written into `wrong`.
"""

import asyncio
import json
import random
from collections import Counter
from dataclasses import dataclass, field

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, WebSocketException

AGAIN = {"slow", "busy", "not_kept", "failed"}  # refusals that mean: not sent, kept here, try again
WORDS = "I was there too, and somebody stayed on the phone that night. {}"


@dataclass
class Talker:
    """`address` is (host, port) of what is dialled; the place itself, or a proxy before it."""

    name: str
    ref: str
    membership: str
    token: str
    cookie: str
    place_port: int
    address: tuple[str, int]
    outstanding: int = 2
    talking: bool = True
    cursor: int = 0
    sent: int = 0
    connects: int = 0
    resent: int = 0
    pending: dict[str, bool] = field(default_factory=dict)  # marks not promised yet; whether under way
    kept: dict[str, int] = field(default_factory=dict)
    seen: dict[int, str] = field(default_factory=dict)  # number: mark
    by: dict[int, str] = field(default_factory=dict)  # number: ref of the author's membership
    refusals: Counter = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    async def live(self) -> None:
        """Connects again and again until it is cancelled."""
        origin = f"http://localhost:{self.place_port}"
        while True:
            try:
                async with connect(
                    f"ws://localhost:{self.place_port}/live/",
                    host=self.address[0],
                    port=self.address[1],
                    origin=origin,
                    additional_headers={"Cookie": f"{self.cookie}={self.token}"},
                    compression=None,
                    proxy=None,
                    ping_interval=None,
                    open_timeout=10,
                    close_timeout=1,
                ) as socket:
                    self.connects += 1
                    await self._talk(socket)
            except ConnectionClosed as ended:
                if ended.rcvd is not None and ended.rcvd.code not in (1001, 1012):
                    self.wrong.append(f"{self.name} was closed with {ended.rcvd.code}")
            except (OSError, EOFError, WebSocketException, TimeoutError):
                pass
            await asyncio.sleep(random.uniform(0.005, 0.05))

    async def _talk(self, socket) -> None:
        await self._tell(socket, open=self.ref, after=self.cursor)
        for mark in self.pending:
            self.pending[mark] = False
        speaking = asyncio.create_task(self._speak(socket))
        try:
            async for text in socket:
                self._hear(json.loads(text))
        finally:
            speaking.cancel()
            await asyncio.gather(speaking, return_exceptions=True)

    async def _speak(self, socket) -> None:
        while True:
            while self.talking and len(self.pending) < self.outstanding:
                self.sent += 1
                self.pending[f"{self.name}-{self.sent}"] = False
            for mark in [mark for mark, under_way in self.pending.items() if not under_way]:
                self.pending[mark] = True
                await self._tell(socket, say=self.ref, mark=mark, words=WORDS.format(mark))
            await asyncio.sleep(random.uniform(0.01, 0.05))

    async def _tell(self, socket, **frame) -> None:
        await socket.send(json.dumps(frame))

    def _hear(self, frame: dict) -> None:
        if "said" in frame:
            self._shown(frame)
        elif "kept" in frame:
            self._promised(frame["kept"], frame["number"])
        elif "refused" in frame:
            self._refused(frame["refused"], frame["why"])
        elif "closed" in frame:
            self.wrong.append(f"{self.name} lost the conversation")
        elif "open" in frame and frame["now"] != self.cursor:
            self.wrong.append(f"{self.name} stands at {self.cursor}, is told {frame['now']}")

    def _shown(self, frame: dict) -> None:
        number, mark = frame["number"], frame["words"].rpartition(" ")[2]
        if number != self.cursor + 1:
            self.wrong.append(f"{self.name} was shown {number} after {self.cursor}")
        if number in self.seen and self.seen[number] != mark:
            self.wrong.append(f"{self.name} was shown two different {number}")
        self.seen[number], self.by[number] = mark, frame["by"]
        self.cursor = max(self.cursor, number)

    def _promised(self, mark: str, number: int) -> None:
        if self.kept.setdefault(mark, number) != number:
            self.wrong.append(f"{self.name} was promised {mark} as {self.kept[mark]} and as {number}")
        self.pending.pop(mark, None)

    def _refused(self, mark: str, why: str) -> None:
        self.refusals[why] += 1
        if why not in AGAIN:
            self.wrong.append(f"{self.name} was refused: {why}")
        if mark in self.pending:
            self.resent += 1
            # As a page waits: whoever asks too fast is slowed, and the harness with them.
            wait = random.uniform(0.3, 0.9)
            asyncio.get_running_loop().call_later(wait, self._may_send_again, mark)

    def _may_send_again(self, mark: str) -> None:
        if mark in self.pending:
            self.pending[mark] = False


class Talkers:
    """Everybody of a place, talking inside the block. Connect to `address`, by default the place itself."""

    def __init__(self, place, *, address: tuple[str, int] | None = None, outstanding: int = 2) -> None:
        self.all = [
            Talker(
                f"t{number}",
                ref,
                membership,
                token,
                place.cookie,
                place.port,
                address or ("127.0.0.1", place.port),
                outstanding,
            )
            for number, (ref, membership, token) in enumerate(place.seats)
        ]

    async def __aenter__(self) -> "Talkers":
        self._tasks = [asyncio.create_task(one.live()) for one in self.all]
        return self

    async def __aexit__(self, *failure) -> None:
        for task in self._tasks:
            task.cancel()
        for outcome in await asyncio.gather(*self._tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

    @property
    def kept(self) -> int:
        return sum(len(one.kept) for one in self.all)

    @property
    def shown(self) -> int:
        return sum(len(one.seen) for one in self.all)

    @property
    def wrong(self) -> list[str]:
        return [line for one in self.all for line in one.wrong]

    async def until_kept(self, more: int, seconds: float) -> bool:
        """Whether so many more were promised in that time."""
        wanted = self.kept + more
        return await until(lambda: self.kept >= wanted, seconds)

    async def rest(self, seconds: float = 60) -> list[str]:
        """Nobody begins another message until all are promised and shown to everyone; those that were not."""
        self.fall_silent()
        all_kept = await until(lambda: not any(one.pending for one in self.all), seconds)
        all_shown = await until(lambda: not self._behind(), 15)
        left = [] if all_kept else [f"never promised: {[*one.pending]}" for one in self.all if one.pending]
        return left + ([] if all_shown else self._behind())

    def fall_silent(self) -> None:
        """Nobody begins another message; those that are under way are sent again until they are kept."""
        for one in self.all:
            one.talking = False

    def talk_on(self) -> None:
        for one in self.all:
            one.talking = True

    def _behind(self) -> list[str]:
        newest: dict[str, int] = {}
        for one in self.all:
            newest[one.ref] = max([newest.get(one.ref, 0), one.cursor, *one.kept.values()])
        return [
            f"{one.name} was shown {one.cursor} of {newest[one.ref]}"
            for one in self.all
            if one.cursor < newest[one.ref]
        ]


async def until(is_true, seconds: float) -> bool:
    deadline = asyncio.get_running_loop().time() + seconds
    while not is_true():
        if asyncio.get_running_loop().time() > deadline:
            return False
        await asyncio.sleep(0.01)
    return True
