"""Thirty guards, each taken away once: does a test go red? `python -m tests.faults.mutation --record`.

The faults stand in `mutation.toml`, written by somebody who had not read the tests. Each changes one place in
a copy of the house; then the tests that name what was changed are run, after them those of the app, then all
others, until one fails. Browsers and places that are served are left out: what only they find counts as
survived here.
"""

import argparse
import ast
import os
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LISTED = Path(__file__).with_name("mutation.toml")
WANTED = 29
SLOW = ("e2e", "faults", "services", "launch")
MOST_NAMED = 12
FEW = 4  # files; so many are done before two workers have begun
KEEPING = ("safety", "people", "stories")  # what most guards of other apps are tried by
QUICK = "tests.faults.quick"
NOTHING_LEFT = 5  # pytest: no test was collected


@dataclass(frozen=True)
class Fault:
    """`old` stands once in `file`; `new` takes the guard away."""

    name: str
    file: str
    old: str
    new: str

    def planted_in(self, source: str) -> str:
        """ValueError where the place is not there, or more than once."""
        if source.count(self.old) != 1:
            raise ValueError(f"{self.name}: {self.file} holds the place {source.count(self.old)} times")
        return source.replace(self.old, self.new)

    def function(self, source: str) -> str:
        """The name of the function or class around the place; the module's own where there is none."""
        line = source[: source.index(self.old)].count("\n") + 1
        lines = range(line, line + self.old.count("\n") + 1)
        inside = [
            node
            for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and _touches(node, lines)
        ]
        return max(inside, key=lambda node: node.lineno).name if inside else Path(self.file).stem


def _touches(node, lines: range) -> bool:
    return node.lineno <= lines[-1] and lines[0] <= node.end_lineno


def the_faults() -> list[Fault]:
    """As they are listed."""
    told = tomllib.loads(LISTED.read_text(encoding="utf-8"))["fault"]
    return [Fault(one["name"], one["file"], one["old"], one["new"]) for one in told]


def rounds_for(fault: Fault, house: Path) -> list[list[str]]:
    """The test files to run, the likeliest first; each file once."""
    source = (house / fault.file).read_text(encoding="utf-8")
    name = fault.function(source) if fault.file.endswith(".py") else Path(fault.file).stem
    module = Path(fault.file).with_suffix("").name
    app = Path(fault.file).parts[1]
    everything = [path for path in sorted((house / "tests").rglob("test_*.py")) if is_quick(path, house)]
    text = {path: path.read_text(encoding="utf-8") for path in everything}
    naming = sorted(
        (path for path in everything if name.lstrip("_") in text[path]), key=lambda one: len(text[one])
    )
    own = [path for path in everything if app in path.relative_to(house / "tests").parts]
    near = [path for path in own if module in path.name or module in text[path]]
    keeping = [path for path in everything if path.relative_to(house / "tests").parts[0] in KEEPING]
    return _each_once([naming[:MOST_NAMED] + near[:MOST_NAMED], own, keeping, everything], house)


def is_quick(path: Path, house: Path) -> bool:
    """Outside the folders that serve places; `tests.faults.quick` leaves out what asks for a browser."""
    inside = path.relative_to(house / "tests").parts
    return inside[0] not in SLOW and path.name not in ("test_again_on_postgresql.py", "test_serve.py")


def _each_once(groups: list[list[Path]], house: Path) -> list[list[str]]:
    seen: set[Path] = set()
    rounds = []
    for group in groups:
        fresh = [path for path in dict.fromkeys(group) if path not in seen]
        seen |= set(fresh)
        rounds.append([path.relative_to(house).as_posix() for path in fresh])
    return [one for one in rounds if one]


def copy_of_the_house(folder: Path) -> Path:
    """A clone of what is committed, in which faults are planted; this one is not touched."""
    house = folder / "house"
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, house], check=True)
    return house


def caught_by(fault: Fault, house: Path, *, most: int = 4) -> str:
    """The first test that goes red, "" where none does. `most`: how many rounds are run. RuntimeError where
    that test is red without the fault too, so that it says nothing."""
    path = house / fault.file
    whole = path.read_text(encoding="utf-8")
    rounds = rounds_for(fault, house)[:most]
    path.write_text(fault.planted_in(whole), encoding="utf-8")
    try:
        red = next(filter(None, (_first_red(files, house) for files in rounds)), "")
    finally:
        path.write_text(whole, encoding="utf-8")
    if red and _first_red([red], house):
        raise RuntimeError(f"{red} is red without a fault")
    return red


def _first_red(files: list[str], house: Path) -> str:
    env = {**os.environ, "PYTHONPATH": str(house), "PYTHONDONTWRITEBYTECODE": "1"}
    for name in [name for name in env if name.startswith("BEENTHERE_") or name == "PYTEST_XDIST_WORKER"]:
        del env[name]
    workers = "2" if len(files) > FEW else "0"
    command = [sys.executable, "-P", "-m", "pytest", "-x", "-rfE", "-n", workers, "-p", QUICK, *files]
    ran = subprocess.run(command, cwd=house, env=env, capture_output=True, text=True)
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    if ran.returncode not in (0, NOTHING_LEFT) and not lines:
        raise RuntimeError(f"nothing could be run: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
    return lines[0].split(" ", 1)[1].split(" - ")[0] if lines else ""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--only", help="One fault, by its name.")
    asked.add_argument(
        "--from", dest="first", type=int, default=1, help="Begin with the fault of this number."
    )
    asked.add_argument(
        "--record", action="store_true", help="Write what was seen into benchmarks/RESULTS.md."
    )
    given = asked.parse_args()
    faults = [one for one in the_faults() if given.only in (None, one.name)][given.first - 1 :]
    survived = []
    with tempfile.TemporaryDirectory(prefix="beenthere-mutation-") as folder:
        house = copy_of_the_house(Path(folder))
        for number, fault in enumerate(faults, given.first):
            started = time.monotonic()
            red = caught_by(fault, house)
            survived += [] if red else [fault.name]
            seconds = time.monotonic() - started
            print(f"{number:2} {fault.name}: {red or 'SURVIVED'} ({seconds:.0f} s)", flush=True)
    caught = len(faults) - len(survived)
    told = [f"Guards taken away one at a time: {len(faults)}; caught by a test: {caught}."]
    told += [f"- survived: {name}" for name in survived]
    print(*told, sep="\n")
    if given.record:
        _record(told)
    return 0 if caught >= min(WANTED, len(faults)) else 1


def _record(told: list[str]) -> None:
    from benchmarks.results import record

    record("Planted security faults", "python -m tests.faults.mutation --record", told)


if __name__ == "__main__":
    sys.exit(main())
