"""The driver, the same for every server: rooms of ten, messages under way all the time, and what it all cost.

A message ends in a mark of its own. It counts when each of the ten of its room has heard the mark once, its
sender too, and the server acknowledged it where it says so apart. The driver looks for marks in the bytes and
takes nothing else apart, so that it is not what is measured; its cost is told beside each rate.
"""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.peers.costs import cost_of_driver, cost_of_servers
from benchmarks.rooms import SEATS, WORDS

MARK = re.compile(rb"\(([a-p]{6})\)")
LONGEST = 8  # bytes of a mark in its brackets
LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
EVERYONE = (1 << SEATS) - 1
ACKNOWLEDGED = 1 << SEATS
PATIENCE = 60


class Member:
    """One of the ten of a room, connected. Each kind of server has its way to `say`; what comes is fed."""

    acknowledges = False  # whether the server acknowledges apart from delivering

    def __init__(self, room: int, seat: int) -> None:
        self.room, self.bit = room, 1 << seat
        self.driver: Driver | None = None
        self._rest = b""

    def say(self, mark: bytes, words: str) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError

    def feed(self, chunk: bytes) -> None:
        """Tells the driver of each mark, also of one that comes in two chunks."""
        chunk = self._rest + chunk
        end = 0
        for found in MARK.finditer(chunk):
            end = found.end()
            self.driver.heard(self, found[1])
        self._rest = chunk[max(end, len(chunk) - LONGEST + 1) :]


@dataclass(frozen=True, slots=True)
class Seen:
    """Of one window: messages a second, seconds until all ten heard (half of the messages were quicker), and
    cores that the driver and the servers took."""

    rate: float
    half: float
    driver: float
    servers: float


class Driver:
    """`under_way`: so many messages are under way all the time."""

    def __init__(self, members: Sequence[Member], under_way: int) -> None:
        self.members, self.under_way = members, under_way
        self.waiting: dict[bytes, list] = {}  # mark: [bits of those who heard, when it was sent, its sender]
        self.delivered = self.wrong = self.number = 0
        self.took: list[float] = []
        self.refused: set[str] = set()
        self._goes_on = False
        for member in members:
            member.driver = self

    def say(self, member: Member) -> None:
        mark = mark_of(self.number)
        self.number += 1
        self.waiting[mark] = [0, time.perf_counter(), member]
        member.say(mark, WORDS.format(f"({mark.decode()})"))

    def heard(self, member: Member, mark: bytes) -> None:
        message = self.waiting.get(mark)
        if message is None or message[0] & member.bit or message[2].room != member.room:
            self.wrong += 1
            return
        self._count(mark, message, member.bit)

    def acknowledged(self, mark: bytes) -> None:
        self._count(mark, self.waiting[mark], ACKNOWLEDGED)

    def _count(self, mark: bytes, message: list, bit: int) -> None:
        message[0] |= bit
        sender = message[2]
        if message[0] != (EVERYONE | ACKNOWLEDGED if sender.acknowledges else EVERYONE):
            return
        del self.waiting[mark]
        self.delivered += 1
        self.took.append(time.perf_counter() - message[1])
        if self._goes_on:
            self.say(sender)

    async def saturate(self, *, warm: float, seconds: float) -> Seen:
        """A window of `seconds` after `warm` seconds. Raises AssertionError when one was lost or doubled."""
        self._goes_on = True
        for number in range(self.under_way):
            self.say(self.members[number * 7 % len(self.members)])
        await asyncio.sleep(warm)
        self.took.clear()
        before, driver, servers = self.delivered, cost_of_driver(), cost_of_servers()
        began = time.perf_counter()
        await asyncio.sleep(seconds)
        lasted = time.perf_counter() - began
        count = self.delivered - before
        took = sorted(self.took)
        seen = Seen(
            rate=count / lasted,
            half=took[len(took) // 2] if took else float("nan"),
            driver=(cost_of_driver() - driver) / lasted,
            servers=(cost_of_servers() - servers) / lasted,
        )
        self._goes_on = False
        await self.settle()
        return seen

    def say_in_each_room(self) -> None:
        for member in self.members[::SEATS]:
            self.say(member)

    async def nobody_hears(self, seconds: float = 1) -> None:
        """What is said now nobody hears. Raises AssertionError when somebody does."""
        before = self.delivered
        self.say_in_each_room()
        await asyncio.sleep(seconds)
        heard = sum(message[0] != 0 for message in self.waiting.values()) + self.delivered - before
        assert not heard, f"{heard} were told before they were kept"

    async def settle(self) -> None:
        until = time.monotonic() + PATIENCE
        while self.waiting and time.monotonic() < until:
            await asyncio.sleep(0.05)
        told = f"{len(self.waiting)} lost, {self.wrong} twice or elsewhere; refused: {self.refused or 'none'}"
        assert not self.waiting and not self.wrong, told


def mark_of(number: int) -> bytes:
    """Six letters: digits might look like a phone number to who reads along."""
    return f"{number:06x}".translate(LETTERS).encode()
