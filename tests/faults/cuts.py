"""A line that is cut at random bytes, again and again: no gap, nothing twice, every promise kept.

`python -m tests.faults.cuts --rounds 1000`: everybody of a served place talks through a proxy that passes
so many bytes in both directions, often the half of a frame or of a handshake, and then drops the line.
`--record` writes what was seen into benchmarks/RESULTS.md.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.faults.audit import audited
from tests.faults.planted import BUGS
from tests.faults.talkers import Talkers, until
from tests.faults.warm import place

BYTES = (1, 3000)  # of both directions together, the handshake (about 600) with them
COMES_UP = 60.0
STEP = 300.0  # seconds for a tenth of the cuts


class CuttingProxy:
    """Passes bytes on to `port`. While `cuts`, each line is dropped after a random number of them;
    `in_frames` counts those that were cut after their handshake."""

    def __init__(self, port: int) -> None:
        self.port, self.cuts, self.cut, self.in_frames = port, True, 0, 0
        self._lines: set[asyncio.Task] = set()

    async def __aenter__(self) -> "CuttingProxy":
        self._server = await asyncio.start_server(self._line, "127.0.0.1", 0)
        self.address = self._server.sockets[0].getsockname()[:2]
        return self

    async def __aexit__(self, *failure) -> None:
        self._server.close()
        for line in list(self._lines):
            line.cancel()
        await asyncio.gather(*self._lines, return_exceptions=True)
        await self._server.wait_closed()

    async def _line(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._lines.add(task)
        try:
            there, onward = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            writer.transport.abort()
            self._lines.discard(task)
            return
        line = Line(self, random.randint(*BYTES), (writer, onward))
        ways = [asyncio.create_task(line.carry(*way)) for way in ((reader, onward), (there, writer))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            line.drop()
            self._lines.discard(task)


class Line:
    def __init__(self, proxy: CuttingProxy, left: int, ends: tuple) -> None:
        self.proxy, self.left, self.ends, self.passed = proxy, left, ends, 0

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while bytes_ := await reader.read(65_536):
                if self.proxy.cuts and len(bytes_) >= self.left:
                    writer.write(bytes_[: self.left])
                    await asyncio.sleep(0)  # what was still to pass has passed
                    self.proxy.cut += 1
                    self.proxy.in_frames += self.passed > 600
                    return
                self.left = max(1, self.left - len(bytes_))
                self.passed += len(bytes_)
                writer.write(bytes_)
                await writer.drain()

    def drop(self) -> None:
        for end in self.ends:
            end.transport.abort()


@dataclass
class Seen:
    cuts: int = 0
    in_frames: int = 0
    kept: int = 0
    shown: int = 0
    connects: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            f"{self.cuts} cuts in {self.seconds:.0f} s, {self.in_frames} of them after the handshake;",
            f"{self.kept} messages were promised, {self.shown} times one was shown; {self.connects} sockets.",
            f"**{len(self.wrong)} gaps, repeats or broken promises.**",
            *self.wrong[:20],
        ]


async def cutting(served, rounds: int, tell: Callable[[str], None]) -> Seen:
    began = time.monotonic()
    await asyncio.to_thread(served.start)
    async with CuttingProxy(served.port) as proxy, Talkers(served, address=proxy.address) as talkers:
        seen = Seen()
        if not await talkers.until_kept(1, COMES_UP):
            seen.wrong.append(f"nothing was promised for {COMES_UP} s:\n{served.said()[-2000:]}")
            return seen
        for share in range(1, 11):
            wanted = rounds * share // 10
            if not await until(lambda wanted=wanted: proxy.cut >= wanted or talkers.wrong, STEP):
                seen.wrong.append(f"no {wanted} cuts in time")
            if seen.wrong or talkers.wrong:
                break
            tell(f"{proxy.cut} cuts, {talkers.kept} kept")
        proxy.cuts = False
        seen.wrong += await talkers.rest()
        seen.wrong += await asyncio.to_thread(audited, served, talkers) + talkers.wrong
        seen.cuts, seen.in_frames, seen.seconds = proxy.cut, proxy.in_frames, time.monotonic() - began
        seen.kept, seen.shown = talkers.kept, talkers.shown
        seen.connects = sum(one.connects for one in talkers.all)
        return seen


def campaign(rounds: int, *, bug: str = "none", tell: Callable[[str], None] = lambda line: None) -> Seen:
    """What was seen of so many cuts, or a few more; `wrong` is empty when all was well."""
    with place(bug=bug) as served:
        return asyncio.run(cutting(served, rounds, tell))


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=1000)
    asked.add_argument("--bug", choices=list(BUGS), default="none")
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    seen = campaign(given.rounds, bug=given.bug, tell=lambda line: print(line, file=sys.stderr, flush=True))
    if given.record:
        from benchmarks.results import record

        command = f"python -m tests.faults.cuts --rounds {given.rounds}"
        record("Reconnects through a proxy that cuts at random bytes", command, seen.lines())
    else:
        print(*seen.lines(), sep="\n")
    return int(bool(seen.wrong))


if __name__ == "__main__":
    sys.exit(main())
