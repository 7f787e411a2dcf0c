"""Messages a second beside Django Channels: rooms of ten, 100 sockets, 200 messages under way.

    python -m benchmarks.messages_beside_channels [--seconds N] [--rounds N]

A message counts when it is committed (SQLite, WAL, synchronous=FULL, for both) and all ten of its room
heard it. Ours is whole: sign-in cookie, origin, gates, a key of each person, marks, cursors. The two take
turns in one run, driven by the same driver. Target: 8 times as many.
"""

import argparse
import statistics
import tempfile
from importlib.metadata import version
from pathlib import Path

import uvloop

from benchmarks.results import record
from benchmarks.rooms import Driver, ours, server, theirs

TARGET = 8


async def rate(seats: list[dict], seconds: float) -> float:
    driver = Driver(seats)
    await driver.open()
    return await driver.saturate(seconds)


def main() -> None:
    asked = argparse.ArgumentParser(description="Messages a second beside Django Channels.")
    asked.add_argument("--seconds", type=float, default=10)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--alone", action="store_true", help="only ours, nothing recorded")
    given = asked.parse_args()
    kinds = {"beenthere": ("benchmarks.peers.beenthere_room", ours)}
    if not given.alone:
        kinds["channels"] = ("benchmarks.peers.channels_room", theirs)
    seen: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(given.rounds):
        for name, (module, seats) in kinds.items():
            with tempfile.TemporaryDirectory() as folder, server(module, Path(folder)) as facts:
                seen[name].append(uvloop.run(rate(seats(facts), given.seconds)))
    if given.alone:
        print([round(one) for one in seen["beenthere"]])
        return
    middle = {name: statistics.median(rates) for name, rates in seen.items()}
    ratio = middle["beenthere"] / middle["channels"]
    lines = ["| server | messages a second, each round | median |", "|---|---|---|"]
    titles = {"beenthere": "ours, whole", "channels": f"Django Channels {version('channels')}, in memory"}
    for name, rates in seen.items():
        told = ", ".join(f"{one:.0f}" for one in rates)
        lines.append(f"| {titles[name]} | {told} | {middle[name]:.0f} |")
    reached = "reached" if ratio >= TARGET else "**not reached**"
    lines += ["", f"{ratio:.1f} times as many; asked: {TARGET} times: {reached}."]
    record("Messages beside Django Channels", "python -m benchmarks.messages_beside_channels", lines)


if __name__ == "__main__":
    main()
