"""`beenthere match` on 10,000 people, CSV to CSV and report, start-up included: cold and warm, beside
packaged peers for the pairing itself.

    python -m benchmarks.match_command [--people N]

The claim: under 10 s warm and under 1 GiB. Peers, in the same run: NetworKit's BSuitorMatcher on the same
graph of compatible pairs (a half-approximation, no stability promised for ties), and the stable
roommates of the package `matching` on as many people as it can take.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.communities import sheet
from benchmarks.results import record

ROOT = Path(__file__).resolve().parents[1]


def run(folder: Path, people: int, out: str) -> tuple[float, float, str]:
    """Wall seconds, peak GiB of the largest process, and the last line that the command said."""
    environment = {**os.environ, "BEENTHERE_DATA": str(folder / "data"), "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "beenthere",
        "match",
        str(folder / f"{people}.csv"),
        "--out",
        str(folder / out),
    ]
    began = time.monotonic()
    child = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    said, wrong = child.communicate()
    wall = time.monotonic() - began
    if child.returncode:
        raise SystemExit(wrong)
    return wall, _peak(command, environment, folder, out), said.strip().splitlines()[0]


def _peak(command: list[str], environment: dict, folder: Path, out: str) -> float:
    """Peak memory of one more run, as the system counts it for a child that was waited for."""
    again, quiet = [*command[:-1], str(folder / f"{out}-again")], subprocess.DEVNULL
    child = subprocess.Popen(again, env=environment, stdout=quiet, stderr=quiet)
    _, _, usage = os.wait4(child.pid, 0)
    return usage.ru_maxrss / 2**20


def pairing_alone(people: int) -> list[str]:
    """The pairing itself, ours and NetworKit's, on the same graph."""
    import networkit

    networkit.setNumberOfThreads(os.cpu_count())
    walker, prepared, apart = _walker(sheet(people))
    room = walker.numbers(prepared.capacity)
    band = walker.sweep(apart, room, 9831, people * people)
    began = time.monotonic()
    taken = walker.take(band, room.copy(), walker.walk.zeros(max(1, band.kept), "int8"))
    ours = time.monotonic() - began
    began = time.monotonic()
    graph = networkit.Graph(people, weighted=True)
    for a, b, fit in zip(*(column.tolist() for column in band.pairs), strict=True):
        graph.addEdge(a, b, fit)
    built = time.monotonic() - began
    began = time.monotonic()
    suitor = networkit.matching.BSuitorMatcher(graph, [int(one) for one in prepared.capacity])
    suitor.run()
    theirs = time.monotonic() - began
    total, peer = sum(fit for *_, fit in taken), suitor.getBMatching()
    weight = sum(graph.weight(u, v) for u, row in enumerate(peer.getMatches()) for v in row) / 2
    return [
        f"| pairing alone, {people:,} people, {band.kept:,} compatible pairs | ours {ours:.2f} s | "
        f"BSuitorMatcher {theirs:.2f} s, its graph {built:.2f} s | {(theirs + built) / ours:.1f} times |",
        f"| total fit of the round | ours {total / 65536:.1f} | BSuitorMatcher {weight / 65536:.1f} | "
        f"{total / weight:.4f} |",
    ]


def roommates(people: int) -> str:
    """The same small community through `matching`'s stable roommates, capacity 1 for everyone."""
    from matching.games import StableRoommates

    walker, prepared, apart = _walker(sheet(people, seed=2))
    ones = walker.numbers([1] * people)
    began = time.monotonic()
    band = walker.sweep(apart, ones, 0, people * people)
    walker.take(band, ones.copy(), walker.walk.zeros(max(1, band.kept), "int8"))
    ours = time.monotonic() - began
    fits = {}
    for a, b, fit in zip(*(column.tolist() for column in band.pairs), strict=True):
        fits[a, b] = fits[b, a] = fit
    everyone = range(people)
    wishes = {
        a: sorted((b for b in everyone if b != a), key=lambda b: (-fits.get((a, b), -1), b)) for a in everyone
    }  # noqa: B023
    sys.setrecursionlimit(100_000)
    began = time.monotonic()
    StableRoommates.create_from_dictionary(wishes).solve()
    theirs = time.monotonic() - began
    return (
        f"| comparing and pairing {people} people, capacity 1 | ours {ours:.3f} s | "
        f"matching's StableRoommates {theirs:.2f} s, preferences given | {theirs / ours:.0f} times |"
    )


def _walker(content: bytes):
    from datetime import date

    from beenthere.experiences.core import load_vocabulary, understand
    from beenthere.matching.core.prepare import prepare
    from beenthere.matching.core.sheet import read_sheet
    from beenthere.matching.core.walking import Walker

    vocabulary = load_vocabulary()
    people = read_sheet(content, name="people.csv", vocabulary=vocabulary).people
    understood = {one.ref: understand(one.words, vocabulary=vocabulary) for one in people}
    prepared = prepare(people, vocabulary=vocabulary, understood=understood, on=date(2026, 8, 24))
    walker = Walker(prepared, 0)
    apart = walker.met([[] for _ in people])
    small = walker.numbers([1] * len(people))
    warm = walker.sweep(apart, small, 60000, 64)  # compiled before any clock runs
    walker.take(warm, small, walker.walk.zeros(max(1, warm.kept), "int8"))
    return walker, prepared, apart


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--people", type=int, default=10_000)
    people = asked.parse_args().people
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["NUMBA_CACHE_DIR"] = str(folder / "data" / "cache" / "numba")
        (folder / f"{people}.csv").write_bytes(sheet(people))
        cold = run(folder, people, "cold")
        warm = sorted(run(folder, people, f"warm-{number}") for number in range(3))
        lines = [
            "| what | ours | beside it | ratio |",
            "|---|---|---|---|",
            f"| `match`, {people:,} people, cold (compiles) | {cold[0]:.1f} s, {cold[1]:.2f} GiB | – | – |",
            f"| the same, warm: median of 3 ({warm[0][0]:.1f} to {warm[2][0]:.1f}) | {warm[1][0]:.1f} s, "
            f"{warm[1][1]:.2f} GiB | 10 s, 1 GiB asked | {10 / warm[1][0]:.1f} times faster than asked |",
            *pairing_alone(people),
            roommates(200),
            "",
            f"The command said: {warm[1][2]}",
        ]
    record("`beenthere match` on 10,000 people", "python -m benchmarks.match_command", lines)


if __name__ == "__main__":
    main()
