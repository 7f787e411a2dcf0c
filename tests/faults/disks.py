"""A disk that is full, or that fails to sync, under a place at work.

`python -m tests.faults.disks --fault full|eio|tmpfs --times 10`. While the disk fails, senders must hear
`not_kept`, pages must come (or say calmly, with 503, that they cannot), and nothing may be promised that is
not there later; afterwards the same marks are kept, once. `full` and `eio` are injected by strace into the
files of the databases; `tmpfs` is a small disk that is really full (root alone can mount one).
"""

import argparse
import asyncio
import http.client
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.faults.audit import audited
from tests.faults.talkers import WORDS, Talkers, until
from tests.faults.warm import Place, place, tree
from tests.services.found import remembered

INJECTED = {
    "full": [
        "-e",
        "trace=pwrite64,ftruncate,fallocate",
        "-e",
        "inject=pwrite64,ftruncate,fallocate:error=ENOSPC",
    ],
    "eio": ["-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO"],
}
FAILS_FOR = (1.0, 2.0)  # seconds
CALM = {200, 302, 422, 503}
SMALL = "6m"
REFUSED = 10.0  # seconds until somebody must have been refused


@dataclass
class Seen:
    times: int = 0
    kept: int = 0
    refused: Counter = field(default_factory=Counter)  # by code, while the disk failed
    pages: Counter = field(default_factory=Counter)  # by status, while the disk failed
    wrong: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        return [
            f"{self.times} times; {self.kept} messages were promised. While the disk failed, refusals were",
            f"{dict(self.refused)}, pages by status {dict(self.pages)}.",
            f"**{len(self.wrong)} lost, doubled, wrongly refused, or pages with an error.**",
            *self.wrong[:20],
        ]


@contextmanager
def injected(served: Place, fault: str) -> Iterator[None]:
    """Inside the block that fault befalls every process of the place, in the files of its databases."""
    files = [served.folder / "beenthere.sqlite3", served.folder / "keys" / "keys.sqlite3"]
    names = [f"{file}{ending}" for file in files for ending in ("", "-wal", "-shm", "-journal")]
    words = [str(remembered("strace")), "-f", "-o", "/dev/null", *INJECTED[fault]]
    words += [word for name in names for word in ("-P", name)]
    pids = tree(served.pid)
    words += [word for pid in pids for word in ("-p", str(pid))]
    tracer = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        _wait_until_traced(pids, tracer)
        yield
    finally:
        tracer.terminate()
        tracer.wait(30)


def _wait_until_traced(pids: list[int], tracer: subprocess.Popen) -> None:
    deadline = time.monotonic() + 30
    while not all(f"TracerPid:\t{tracer.pid}\n" in status for status in _threads(pids)):
        assert tracer.poll() is None, "strace may not attach to the place on this machine"
        assert time.monotonic() < deadline, "strace does not attach"
        time.sleep(0.02)


def _threads(pids: list[int]) -> Iterator[str]:
    for pid in pids:
        for task in Path("/proc", str(pid), "task").iterdir():
            yield (task / "status").read_text()


@contextmanager
def filled(served: Place, fault: str) -> Iterator[None]:
    """Inside the block there is no room on the small disk of the place."""
    ballast = served.folder / "ballast"
    try:
        with ballast.open("wb", buffering=0) as heavy:
            for size in (65_536, 4096, 1):
                try:
                    while True:
                        heavy.write(bytes(size))
                except OSError:
                    continue
        yield
    finally:
        ballast.unlink()


@contextmanager
def small_disk() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="beenthere-small-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL},mode=0700", "tmpfs", folder]
        subprocess.run(mount, check=True)
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


class Form:
    """The page of a conversation as a browser without JavaScript has it: one mark, sent until it is kept."""

    def __init__(self, served: Place, seat: tuple[str, str, str]) -> None:
        self.served, (self.ref, _, token) = served, seat
        self.cookies = {served.cookie: token}
        self.kept: list[str] = []
        self.opened = 0

    def open(self) -> int:
        """The status; with 200 there is a fresh mark to send."""
        status, _, text = self._ask("GET", f"/talk/{self.ref}/")
        if status == 200:
            self.fields = dict(re.findall(r'name="(csrfmiddlewaretoken|mark)" value="([^"]+)"', text))
            assert len(self.fields) == 2, text
            self.opened += 1
            self.fields["mark"] = f"form-{self.opened}"  # in the words too, where a long number would be held
        return status

    def send(self) -> int:
        fields = {**self.fields, "words": WORDS.format(self.fields["mark"])}
        status, _, text = self._ask("POST", f"/talk/{self.ref}/", urlencode(fields))
        if status == 302:
            self.kept.append(self.fields["mark"])
        elif status == 503 and f'value="{self.fields["mark"]}"' not in text:
            return -503  # what one wrote must be in the box again, under the same mark
        return status

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, dict, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        address = f"localhost:{self.served.port}"
        headers = {"Host": address, "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{address}"}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        line.close()
        return answer.status, dict(answer.headers), text


class Failing:
    """`breaking(place, fault)` makes the disk fail inside its block."""

    def __init__(self, served: Place, fault: str, breaking: Callable, tell: Callable[[str], None]) -> None:
        self.place, self.fault, self.breaking, self.tell = served, fault, breaking, tell
        self.seen = Seen()

    async def run(self, times: int) -> Seen:
        await asyncio.to_thread(self.place.start)
        async with Talkers(self.place) as talkers:
            if not await talkers.until_kept(1, 60):
                self.seen.wrong.append(f"nothing was promised:\n{self.place.said()[-2000:]}")
                return self.seen
            form = Form(self.place, self.place.seats[0])
            for _ in range(times):
                await self._once(talkers, form)
                self.tell(f"{self.seen.times} times, {talkers.kept} kept, {dict(self.seen.pages)}")
            self.seen.wrong += await talkers.rest()
            one = talkers.all[0]  # the form is theirs too
            one.kept.update({mark: n for n, mark in one.seen.items() if mark in form.kept})
            self.seen.wrong += [f"lost from a form: {mark}" for mark in form.kept if mark not in one.kept]
            self.seen.wrong += await asyncio.to_thread(audited, self.place, talkers) + talkers.wrong
            self.seen.kept = talkers.kept
        return self.seen

    async def _once(self, talkers: Talkers, form: Form) -> None:
        opened = await asyncio.to_thread(form.open)
        if opened != 200:
            self.seen.wrong.append(f"a page came with {opened} while the disk was well")
            return
        before = self._refusals(talkers)
        breaking = self.breaking(self.place, self.fault)
        await asyncio.to_thread(breaking.__enter__)
        sent = 0
        try:
            sent = await self._while_it_fails(talkers, form, before)
        finally:
            await asyncio.to_thread(breaking.__exit__, None, None, None)
        refused = self._refusals(talkers) - before
        self.seen.times += 1
        self.seen.refused += refused
        if set(refused) - {"not_kept", "slow"} or not refused["not_kept"]:
            self.seen.wrong.append(f"refused while the disk failed: {dict(refused)}")
        if not await talkers.until_kept(1, 60):
            self.seen.wrong.append("nothing was promised after the disk was well again")
        if sent != 302 and (again := await asyncio.to_thread(form.send)) != 302:
            self.seen.wrong.append(f"a form was answered {again} after the disk was well again")

    async def _while_it_fails(self, talkers: Talkers, form: Form, before: Counter) -> int:
        """Until somebody was refused, and a little longer; the last status of the form."""
        last, over = 0, time.monotonic() + random.uniform(*FAILS_FOR)
        refused = asyncio.create_task(
            until(lambda: (self._refusals(talkers) - before)["not_kept"], REFUSED),
        )
        while time.monotonic() < over or not refused.done():
            if last != 302:
                last = await asyncio.to_thread(form.send)
                self._saw("a form", last)
            self._saw("a page", await asyncio.to_thread(Form(self.place, self.place.seats[1]).open))
            await asyncio.sleep(0.05)
        return last

    def _saw(self, what: str, status: int) -> None:
        self.seen.pages[status] += 1
        if status not in CALM:
            self.seen.wrong.append(f"{what} came with {status} while the disk failed")

    def _refusals(self, talkers: Talkers) -> Counter:
        return sum((one.refusals for one in talkers.all), Counter())


def campaign(
    fault: str, times: int, *, bug: str = "none", tell: Callable[[str], None] = lambda line: None
) -> Seen:
    if fault != "tmpfs":
        with place(bug=bug) as served:
            return asyncio.run(Failing(served, fault, injected, tell).run(times))
    with small_disk() as folder:
        served = Place(folder, bug=bug)
        try:
            return asyncio.run(Failing(served, fault, filled, tell).run(times))
        finally:
            served.close()


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--fault", choices=[*INJECTED, "tmpfs"], default="full")
    asked.add_argument("--times", type=int, default=10)
    asked.add_argument("--record", action="store_true")
    given = asked.parse_args()
    seen = campaign(given.fault, given.times, tell=lambda line: print(line, file=sys.stderr, flush=True))
    if given.record:
        from benchmarks.results import record

        what = {"full": "ENOSPC", "eio": "EIO on sync", "tmpfs": "a full tmpfs"}[given.fault]
        command = f"python -m tests.faults.disks --fault {given.fault} --times {given.times}"
        record(f"A disk that fails: {what}", command, seen.lines())
    else:
        print(*seen.lines(), sep="\n")
    return int(bool(seen.wrong))


if __name__ == "__main__":
    sys.exit(main())
