"""Seconds of processor that were taken, by this process and by all that it started; and what a sync takes."""

import os
import resource
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cost_of_driver() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def cost_of_servers() -> float:
    """Of all processes below this one, those that have ended and were waited for by theirs included."""
    children: dict[int, list[int]] = defaultdict(list)
    cost: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it ended meanwhile
        children[int(told[1])].append(int(folder.name))
        cost[int(folder.name)] = sum(int(ticks) for ticks in told[11:15])
    below, ticks = list(children[os.getpid()]), 0
    while below:
        process = below.pop()
        ticks += cost[process]
        below += children[process]
    return ticks / TICKS


def sync_takes(times: int = 300) -> float:
    """Seconds until four kilobytes are on the disk, half of the times less."""
    took = []
    with tempfile.TemporaryFile() as file:
        for number in range(times):
            os.pwrite(file.fileno(), bytes(4096), number % 64 * 4096)
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            took.append(time.perf_counter() - began)
    return statistics.median(took)
