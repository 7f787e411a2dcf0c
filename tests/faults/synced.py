"""What is acknowledged was synced before: seen by strace, message by message.

`python -m tests.faults.synced --sends 1000`: one person sends one message after another. For each, after its
bytes arrived and before the bytes that acknowledge it leave, one thread must have written to the log of the
database and then seen a sync of that file return 0. `--bug syncs_lazily` and `--bug tells_before_keeping`
must be found. A kill could not tell the first of the two: the page cache outlives a process.
"""

import argparse
import asyncio
import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

from websockets.asyncio.client import connect

from tests.faults.planted import BUGS
from tests.faults.warm import Place, place, tree
from tests.services.found import remembered

CALLS = "read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,pwrite64,fdatasync,fsync"
LINE = re.compile(r"(\d+) +(.*)")
UNFINISHED, RESUMED = " <unfinished ...>", re.compile(r"<\.\.\. \w+ resumed>")
ARRIVED = re.compile(r'\\"mark\\":\s*\\"(s\d+)\\"')
ACKNOWLEDGED = re.compile(r'\\"kept\\":\s*\\"(s\d+)\\"')
LOG = "beenthere.sqlite3-wal>"
COMES_UP = 60.0
PAUSE = 0.08  # so that nothing of the one before is on its way; longer than that of `tells_before_keeping`


@dataclass
class Seen:
    """Marks in the order in which they arrived, and those whose acknowledgement left after a sync."""

    arrived: list[str] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    synced: list[str] = field(default_factory=list)


def calls(lines: Iterator[str]) -> Iterator[tuple[str, str, bool, bool]]:
    """Each system call of strace's lines as (thread, text, whether it begins here, whether it ends here)."""
    begun: dict[str, str] = {}
    for line in lines:
        found = LINE.match(line)
        if found is None:
            continue
        thread, text = found[1], found[2]
        if text.endswith(UNFINISHED):
            begun[thread] = text.removesuffix(UNFINISHED)
            yield thread, begun[thread], True, False
        elif RESUMED.match(text):
            yield thread, begun.pop(thread, "") + RESUMED.sub("", text), False, True
        else:
            yield thread, text, True, True


def judged(lines: Iterator[str]) -> Seen:
    """What the lines show; a message arrives when a read ends, and is acknowledged when a write begins."""
    seen, wrote, waiting = Seen(), {}, {}
    for thread, text, begins, ends in calls(lines):
        name = text.partition("(")[0]
        if name in ("fdatasync", "fsync"):
            if ends and LOG in text and text.rstrip().endswith("= 0"):
                for mark in wrote.pop(thread, set()):
                    waiting[mark] = True
        elif name == "pwrite64":
            if ends and LOG in text:
                wrote.setdefault(thread, set()).update(waiting)
        elif name.startswith("re"):
            for mark in ARRIVED.findall(text) if ends else ():
                if mark not in waiting:
                    seen.arrived.append(mark)
                    waiting[mark] = False
        else:
            for mark in ACKNOWLEDGED.findall(text) if begins else ():
                seen.acknowledged.append(mark)
                if waiting.pop(mark, False):
                    seen.synced.append(mark)
    return seen


async def send_all(served: Place, sends: int) -> None:
    """Everybody in turn says something, each after what was said before is acknowledged, and PAUSE after it.
    The bytes go out unmasked (masked with zeros), so that strace can read them."""
    with patch("websockets.frames.secrets.token_bytes", bytes):
        async with AsyncExitStack() as stack:
            sockets = [
                (ref, await stack.enter_async_context(await opened(served, token)))
                for ref, _, token in served.seats
            ]
            for number in range(sends):
                ref, socket = sockets[number % len(sockets)]
                await say(socket, ref, f"s{number}")
                await asyncio.sleep(PAUSE)


async def opened(served: Place, token: str):
    """A socket not entered yet, once the place answers. Raises OSError when it never does."""
    until = asyncio.get_running_loop().time() + COMES_UP
    while True:
        try:
            _, line = await asyncio.open_connection("127.0.0.1", served.port)
        except OSError:
            if asyncio.get_running_loop().time() > until:
                raise
            await asyncio.sleep(0.1)
            continue
        line.close()
        break
    return connect(
        f"ws://localhost:{served.port}/live/",
        origin=f"http://localhost:{served.port}",
        additional_headers={"Cookie": f"{served.cookie}={token}"},
        compression=None,
        proxy=None,
        ping_interval=None,
        open_timeout=COMES_UP,
    )


async def say(socket, ref: str, mark: str) -> None:
    while True:
        await socket.send(f'{{"say":"{ref}","mark":"{mark}","words":"Number {mark}."}}')
        heard = await socket.recv()
        if f'"kept":"{mark}"' in heard:
            return
        assert '"why":"slow"' in heard, heard
        await asyncio.sleep(0.5)


def campaign(sends: int, *, bug: str = "none") -> Seen:
    """What strace saw of so many sends to a served place on SQLite."""
    with place(bug=bug) as served:
        seen_at = served.folder.parent / "calls"
        served.start(under=tracer(seen_at))
        try:
            asyncio.run(send_all(served, sends))
        finally:
            end(served)
        with seen_at.open(errors="replace") as lines:
            return judged(line.rstrip("\n") for line in lines)


def tracer(seen_at: Path) -> list[str]:
    words = [str(remembered("strace")), "-f", "-q", "-y", "-s", "4096", "--seccomp-bpf"]
    return [*words, "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(seen_at)]


def end(served: Place) -> None:
    """The place is killed, not its tracer: that writes what it has, and ends."""
    for one in tree(served.pid)[1:]:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue
    served._command.wait(60)


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--sends", type=int, default=1000)
    asked.add_argument("--bug", choices=list(BUGS), default="none")
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    seen = campaign(given.sends, bug=given.bug)
    lines = [
        f"{given.sends} messages sent one after another, {len(set(seen.acknowledged))} acknowledged;",
        f"**before {len(set(seen.synced))} of these acknowledgements a sync of the log had returned.**",
    ]
    if given.record:
        from benchmarks.results import record

        command = f"python -m tests.faults.synced --sends {given.sends}"
        record("A sync before each acknowledgement (strace, SQLite)", command, lines)
    else:
        print(*lines, sep="\n")
    return int(len(set(seen.synced)) < given.sends)


if __name__ == "__main__":
    sys.exit(main())
