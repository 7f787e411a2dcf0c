"""How long a message takes to all ten of its room while pages are served: 1,000 members connected,
200 messages and 50 pages a second, on two cores with the driver.

    python -m benchmarks.delivery_while_pages [--members N] [--seconds N] [--pages apart|together]

From sending to the last of ten hearing it, committed (SQLite, synchronous=FULL), by `beenthere serve` with
its worker. The pages are `/today/`, each with a sign-in. Target: 99 of 100 within 100 ms.
"""

import argparse
import asyncio
import time
from os import getloadavg, getpid

import uvloop

from benchmarks.members import processes_of, processor_seconds, served_with
from benchmarks.results import record
from benchmarks.rooms import Driver, ours

MESSAGES, PAGES = 200, 50
TARGET = 0.100


async def get(port: int, cookie: str) -> int:
    """The status of one page."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    head = f"GET /today/ HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    writer.write(head.encode())
    status = int((await reader.readline()).split()[1])
    await reader.read()
    writer.close()
    return status


async def ask_for_pages(facts: dict, seconds: float, answers: list[tuple[int, float]]) -> None:
    cookies = [f"{facts['cookie']}={token}" for _, tokens in facts["rooms"] for token in tokens]
    tasks: set[asyncio.Task] = set()

    async def one(cookie: str) -> None:
        began = time.perf_counter()
        answers.append((await get(facts["port"], cookie), time.perf_counter() - began))

    began, asked = time.perf_counter(), 0
    while (now := time.perf_counter() - began) < seconds:
        while asked < now * PAGES:
            task = asyncio.create_task(one(cookies[asked % len(cookies)]))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            asked += 1
        await asyncio.sleep(0.005)
    await asyncio.gather(*tasks)


async def measure(facts: dict, seconds: float) -> tuple[list[float], list[tuple[int, float]], list[float]]:
    """How long each message took, each page's status and time, and the share of one processor that the
    serving process, those beside it, and this driver used."""
    driver = Driver(ours(facts))
    await driver.open()
    await driver.at(MESSAGES, 2)  # everything was loaded once
    answers: list[tuple[int, float]] = []
    serving, *beside = processes_of(facts["pid"])
    groups = [[serving], beside, [getpid()]]
    before, began = [sum(map(processor_seconds, pids)) for pids in groups], time.perf_counter()
    took, _ = await asyncio.gather(driver.at(MESSAGES, seconds), ask_for_pages(facts, seconds, answers))
    long = time.perf_counter() - began
    used = [sum(map(processor_seconds, pids)) - so_far for pids, so_far in zip(groups, before, strict=True)]
    return took, answers, [one / long for one in used]


def main() -> None:
    asked = argparse.ArgumentParser(description="Delivery of messages while pages are served.")
    asked.add_argument("--members", type=int, default=1000)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--pages", choices=["apart", "together"], default="apart")
    asked.add_argument("--look", action="store_true", help="Nothing is recorded.")
    given = asked.parse_args()
    with served_with(given.members, BEENTHERE_PAGES=given.pages) as facts:
        before = getloadavg()[0]
        took, answers, used = uvloop.run(measure(facts, given.seconds))
    pages = sorted(seconds for _, seconds in answers)
    statuses = {status for status, _ in answers}
    half, most = took[len(took) // 2], took[len(took) * 99 // 100]
    reached = "reached" if most < TARGET else "**not reached**"
    lines = [
        f"{given.members} members connected, in rooms of ten. Load before: {before:.1f}.",
        "",
        "| what | p50 | p99 |",
        "|---|---|---|",
        f"| {len(took)} messages at {MESSAGES} a second, until all ten heard"
        f" | {half * 1000:.1f} ms | {most * 1000:.1f} ms |",
        f"| {len(pages)} pages at {PAGES} a second (status {', '.join(map(str, sorted(statuses)))})"
        f" | {pages[len(pages) // 2] * 1000:.1f} ms | {pages[len(pages) * 99 // 100] * 1000:.1f} ms |",
        "",
        f"Of one processor the serving process used {used[0]:.0%}, pages and worker {used[1]:.0%}, the driver"
        f" {used[2]:.0%}.",
        "",
        f"Asked: p99 of messages below {TARGET * 1000:.0f} ms: {reached}.",
    ]
    title = "Delivery while pages are served"
    title += "" if given.pages == "apart" else ", pages and sockets in one process"
    command = f"python -m benchmarks.delivery_while_pages --members {given.members} --pages {given.pages}"
    if given.look:
        print(*lines, sep="\n")
    else:
        record(title, command, lines)


if __name__ == "__main__":
    main()
