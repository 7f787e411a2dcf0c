"""Durable messages delivered to rooms of ten, beside ejabberd, Prosody, Synapse and Django Channels.

    python -m benchmarks.messages_beside_peers [--rounds N] [--seconds N] [--warm N] [--only NAME ...]
    python -m benchmarks.messages_beside_peers --smoke

Before anything is measured, each is seen to tell nobody while its database can keep nothing.

Ten rooms of ten. A message counts when it is committed to the disk, acknowledged, and heard by all ten. Ours
is whole, as `beenthere serve` serves it; the peers have the settings beside this file (`peers/`). All take
turns in one run, driven by the same driver, and start anew each round. `--smoke` tries for two seconds what
can be had and records nothing. What is not here is fetched: ejabberd, Prosody and PostgreSQL by apt as root,
Synapse by pip into an environment of its own.
"""

import argparse
import os
import statistics
import sys
import time

import uvloop

from benchmarks.peers.all import PEERS, Peer, gathered
from benchmarks.peers.costs import sync_takes
from benchmarks.peers.driver import Driver, Seen
from benchmarks.results import record
from tests.services.found import Missing

COMMAND = "python -m benchmarks.messages_beside_peers"
# A peer that is not to be had, or that does not do what it should, is told of and left out.
FAILURES = (Missing, AssertionError, RuntimeError, OSError)


async def measure(peer: Peer, facts: dict, *, warm: float, seconds: float, under_way: int) -> Seen:
    async with gathered(peer, facts) as members:
        driver = Driver(members, under_way)
        driver.say_in_each_room()
        await driver.settle()
        with peer.kept.held(facts):
            await driver.nobody_hears()
        seen = await driver.saturate(warm=warm, seconds=seconds)
        kept = peer.kept.count(facts)
        assert kept == driver.number, f"{driver.number} were said and heard, {kept} are in the database"
        return seen


def one_round(name: str, given) -> Seen:
    """The peer served anew, its window, and its end. Raises Missing."""
    peer, began = PEERS[name], time.monotonic()
    with peer.served() as facts:
        under_way = given.under_way or peer.under_way
        told = {"warm": given.warm, "seconds": given.seconds, "under_way": under_way}
        seen = uvloop.run(measure(peer, facts, **told))
    print(
        f"  {name}: {seen.rate:.0f} a second, half within {seen.half * 1000:.0f} ms; cores: driver "
        f"{seen.driver:.2f}, servers {seen.servers:.2f}; {time.monotonic() - began:.0f} s in all",
        file=sys.stderr,
    )
    return seen


def measured(names: list[str], given) -> tuple[dict[str, list[Seen]], dict[str, str]]:
    """What was seen of each, and why of some there is nothing."""
    seen: dict[str, list[Seen]] = {}
    missing: dict[str, str] = {}
    for _ in range(given.rounds):
        for name in names:
            if name in missing:
                continue
            try:
                seen.setdefault(name, []).append(one_round(name, given))
            except FAILURES as why:
                if name == "beenthere":
                    raise
                seen.pop(name, None)
                missing[name] = str(why).partition("\n")[0]
                print(f"  {name}: {why}", file=sys.stderr)
    return seen, missing


def middle(seen: list[Seen], what: str) -> float:
    return statistics.median(getattr(one, what) for one in seen)


def table(seen: dict[str, list[Seen]]) -> list[str]:
    lines = [
        "| server | messages a second, each round | median | ours to it | half heard within "
        "| cores: servers | cores: driver |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, rounds in seen.items():
        rate, told = middle(rounds, "rate"), ", ".join(f"{one.rate:.0f}" for one in rounds)
        ratio = f"{middle(seen['beenthere'], 'rate') / rate:.1f}" if "beenthere" in seen else "–"
        half = f"{middle(rounds, 'half') * 1000:.0f} ms"
        cores = f"{middle(rounds, 'servers'):.2f} | {middle(rounds, 'driver'):.2f}"
        lines.append(f"| {PEERS[name].title()} | {told} | {rate:.0f} | {ratio} | {half} | {cores} |")
    return lines


def verdicts(seen: dict[str, list[Seen]], missing: dict[str, str]) -> list[str]:
    """One line for each ratio that is asked for."""
    lines = []
    for name, peer in PEERS.items():
        if name in missing:
            lines.append(f"- {name} was not measured: {missing[name]}")
        elif peer.times and name in seen and "beenthere" in seen:
            ratio = middle(seen["beenthere"], "rate") / middle(seen[name], "rate")
            reached = "reached" if ratio >= peer.times else "**not reached**"
            lines.append(f"- {ratio:.1f} times {name}; asked: {peer.times} times: {reached}.")
    return lines


def main() -> None:
    asked = argparse.ArgumentParser(description="Messages a second beside other servers.")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--seconds", type=float, default=6)
    asked.add_argument("--warm", type=float, default=4)
    asked.add_argument("--under-way", type=int, help="messages at once, instead of what suits each best")
    asked.add_argument("--only", nargs="+", choices=sorted(PEERS), help="only these, nothing recorded")
    asked.add_argument("--smoke", action="store_true", help="two seconds of each, nothing recorded")
    given = asked.parse_args()
    if given.smoke:
        given.rounds, given.seconds, given.warm = 1, 2, 1
    before = f"Load before {os.getloadavg()[0]:.1f}; a sync of 4 KiB took {sync_takes() * 1000:.2f} ms"
    seen, missing = measured(given.only or list(PEERS), given)
    lines = [*table(seen), "", *verdicts(seen, missing)]
    if given.smoke or given.only or given.under_way:
        print(*lines, sep="\n")
        return
    lasted = f"{given.seconds:.0f} s after {given.warm:.0f} s of warm-up"
    record("Messages beside peers", COMMAND, [f"{before}; a round is {lasted}.", "", *lines])


if __name__ == "__main__":
    main()
