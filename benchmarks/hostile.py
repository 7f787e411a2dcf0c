"""10,000 hostile inputs over HTTP and sockets against a place as `beenthere serve` serves it: answers of 500
or more (asked: 0), the slowest answer (asked: 250 ms), what its memory grows by (asked: 50 MB).

    python -m benchmarks.hostile [--inputs 10000] [--seed 1] [--record]

They are sent one after the other, four in five over HTTP. The memory before is taken after every address was
asked for twice.
"""

import argparse
import asyncio
from os import getloadavg
from pathlib import Path

from benchmarks.members import processes_of, served_with
from benchmarks.results import record
from tests.web.hostile import Found, World, attack, send

MOST_MS, MOST_MB = 250, 50


def megabytes(pids: list[int]) -> float:
    """What the processes hold in memory together, by the kernel (RSS)."""
    total = 0
    for pid in pids:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
        total += sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    return total / 1024


async def look_everywhere(world: World) -> None:
    for path in (one for one in world.addresses * 2 if "<" not in one):
        head = [f"GET {path} HTTP/1.1", f"Host: localhost:{world.port}", f"Cookie: {world.cookies[0]}"]
        await send(world, "\r\n".join([*head, "Connection: close", "", ""]).encode())


def run(inputs: int, seed: int) -> tuple[Found, float, float]:
    """What was found, and the memory before and after."""
    with served_with(20, made_by="benchmarks.hostile_place") as facts:
        cookies = [f"{facts['cookie']}={one}" for _, tokens in facts["rooms"] for one in tokens]
        refs = [ref for ref, _ in facts["rooms"]] + facts["pieces"] + ["0" * 16]
        world = World(facts["port"], facts["csrf"], refs, cookies, facts["tokens"], facts["addresses"])
        asyncio.run(look_everywhere(world))
        pids = processes_of(facts["pid"])
        before, found = megabytes(pids), Found()
        asyncio.run(attack(world, found, seed=seed, requests=inputs * 4 // 5, frames=inputs // 5))
        return found, before, megabytes(pids)


def main() -> None:
    reading = argparse.ArgumentParser(description=__doc__)
    reading.add_argument("--inputs", type=int, default=10_000)
    reading.add_argument("--seed", type=int, default=1)
    reading.add_argument("--record", action="store_true")
    asked = reading.parse_args()
    load = getloadavg()[0]
    found, before, after = run(asked.inputs, asked.seed)
    took = sorted(found.took)
    slowest, half, most = (
        took[-1][0] * 1000,
        took[len(took) // 2][0] * 1000,
        took[len(took) * 99 // 100][0] * 1000,
    )
    over = sum(seconds * 1000 > MOST_MS for seconds, _ in took)
    reached = not found.broken and slowest <= MOST_MS and after - before <= MOST_MB
    statuses = ", ".join(
        f"{status or 'cut off'}: {times:,}" for status, times in sorted(found.statuses.items())
    )
    closed = ", ".join(f"{code}: {times:,}" for code, times in sorted(found.closed.items()))
    lines = [
        f"{len(took):,} requests, one after the other ({statuses}), then {asked.inputs // 5:,} frames over"
        f" sockets (ended with {closed or 'nothing'}). Load before: {load:.1f}.",
        "",
        "| what | asked | found |",
        "|---|---|---|",
        f"| answers of 500 or more, sockets that broke | 0 | **{len(found.broken)}** |",
        f"| slowest answer | {MOST_MS} ms | {slowest:.0f} ms ({over} over it;"
        f" p50 {half:.1f} ms, p99 {most:.1f} ms) |",
        f"| memory | + {MOST_MB} MB | {after - before:+.1f} MB"
        f" ({before:.0f} to {after:.0f}, all processes) |",
        "",
        "All reached." if reached else "**Not all reached.**",
    ]
    print(
        "\n".join(
            [*found.broken[:30], *(f"{seconds * 1000:.0f} ms {called}" for seconds, called in took[:-11:-1])]
        )
    )
    if asked.record:
        record(
            "Hostile inputs",
            f"python -m benchmarks.hostile --inputs {asked.inputs} --seed {asked.seed}",
            lines,
        )
    else:
        print("\n".join(lines))


if __name__ == "__main__":
    main()
