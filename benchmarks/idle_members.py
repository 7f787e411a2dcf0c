"""The memory that 1,000 idle members take: python -m benchmarks.idle_members [--members N]

Each has a page open: one socket, one conversation. Counted is what the processes of `beenthere serve` have
for themselves (private memory), before the members come and with all of them, after a while of silence.
Target: under 40 MB above the process.
"""

import argparse
import asyncio

import uvloop

from benchmarks.members import processes_of, served_with
from benchmarks.results import record
from benchmarks.rooms import Driver, ours

TARGET = 40.0
SILENCE = 10.0


def private_mib(pid: int) -> float:
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as told:
        return sum(int(line.split()[1]) for line in told if line.startswith("Private_")) / 1024


async def measure(facts: dict) -> tuple[dict[int, float], dict[int, float]]:
    pids = processes_of(facts["pid"])
    driver = Driver(ours({**facts, "rooms": facts["rooms"][:1]}))
    await driver.open()  # one room: everything was loaded once
    await asyncio.sleep(SILENCE)
    before = {pid: private_mib(pid) for pid in pids}
    others = Driver(ours({**facts, "rooms": facts["rooms"][1:]}))
    await others.open()
    await asyncio.sleep(SILENCE)
    return before, {pid: private_mib(pid) for pid in pids}


def main() -> None:
    asked = argparse.ArgumentParser(description="The memory of idle members.")
    asked.add_argument("--members", type=int, default=1000)
    given = asked.parse_args()
    with served_with(given.members + 10) as facts:
        before, after = uvloop.run(measure(facts))
        serving = facts["pid"]
    more = {pid: after[pid] - before[pid] for pid in before}
    whole = sum(more.values())
    others = [sum(one.values()) - one[serving] for one in (before, after)]
    reached = "reached" if whole < TARGET else "**not reached**"
    record(
        "Memory of idle members",
        f"python -m benchmarks.idle_members --members {given.members}",
        [
            "| process | private before | with everybody | more |",
            "|---|---|---|---|",
            f"| the serving one | {before[serving]:.1f} MiB | {after[serving]:.1f} MiB"
            f" | {more[serving]:.1f} MiB |",
            f"| its {len(before) - 1} companions (pages, worker) | {others[0]:.1f} MiB"
            f" | {others[1]:.1f} MiB | {others[1] - others[0]:.1f} MiB |",
            "",
            f"{whole:.1f} MiB for {given.members} members with a page open each,"
            f" {whole * 1024 / given.members:.0f} KiB a member; asked: under {TARGET:.0f} MB: {reached}.",
        ],
    )


if __name__ == "__main__":
    main()
