"""`python3 run.py test`: every check there is, each under its own heading, and an honest last line.

With arguments only pytest is run, with them, on this Python alone.
"""

import os
import subprocess
import sys
import tempfile
import time
import tomllib
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path

from launch.environments import Environment, environment_here, prepare
from launch.interpreters import released_interpreters
from launch.words import Stop

ROOT = Path(__file__).resolve().parents[1]
WORKERS = ["-n", "2", "--dist", "loadgroup"]
# What changes with the Python or the database; browsers, places and long simulations are said once.
ANOTHER_DATABASE = "tests/foundation/test_again_on_postgresql.py"
AGAIN = (
    ANOTHER_DATABASE,
    "tests/experiences",
    "tests/launch",
    "tests/matching/core",
    "tests/signposts/core",
    "tests/ui",
    "tests/web",
    "tests/cli/test_doctor.py",
    "tests/cli/test_help_now.py",
    "tests/cli/test_outside.py",
)
SAID_ONCE = (
    "tests/matching/core/test_oracle.py",
    "tests/matching/core/test_rounds.py",
    "tests/web/test_symmetry.py",
)
# A machine that does too much at once makes a browser late. At most so many tests are looked at again, alone.
MOST_AGAIN = 3


class WholeRun:
    """The steps so far: which failed, what pytest counted, and since when."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.failed: list[str] = []
        self.counted: dict[str, Counter] = {}
        self.well_alone: list[str] = []

    def step(self, heading: str, command: list[str]) -> bool:
        """Run it under its heading, and say how long it took; True if all is well with it."""
        print(f"\n== {heading}", flush=True)
        started = time.monotonic()
        code = subprocess.run(command, cwd=ROOT).returncode
        verdict = "well" if code == 0 else f"failed, exit code {code}"
        print(f"== {heading}: {verdict}, {time.monotonic() - started:.1f} s", flush=True)
        if code:
            self.failed.append(heading)
        return code == 0

    def fail(self, heading: str, why: str) -> None:
        print(f"\n== {heading}: {why}", flush=True)
        self.failed.append(heading)

    def pytest(self, python: str, version: str, arguments: list[str]) -> None:
        """The services, then the tests, on one interpreter; nothing collected is a failure too."""
        heading = f"Tests on Python {version}"
        if not self.step(f"Services for Python {version}", [python, "-P", "-m", "tests.services"]):
            self.fail(heading, "not run, because a service is missing")
            return
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            command = [python, "-P", "-m", "pytest", "-rs", f"--junitxml={report}", *arguments]
            well = self.step(heading, command)
            self.counted[version] = counts(report)
            names = [] if well else failed_in_a_browser(report)
        if names and self.step(
            f"Alone, what failed on Python {version}", [python, "-P", "-m", "pytest", *names]
        ):
            self.failed.remove(heading)
            self.well_alone += names

    def total(self, left_out: str = "") -> str:
        """The last line: what was counted, what failed, what was not run."""
        parts = [f"Python {version}: {in_words(counted)}" for version, counted in self.counted.items()]
        parts.append(f"failed: {', '.join(self.failed)}" if self.failed else "all steps well")
        if self.well_alone:
            parts.append(f"FAILED BESIDE OTHERS AND WELL ALONE, look at them: {', '.join(self.well_alone)}")
        if left_out:
            parts.append(left_out)
        return f"{'; '.join(parts)}; {time.monotonic() - self.started:.0f} s."


def counts(report: Path) -> Counter:
    """What pytest wrote of itself; empty where it did not get so far."""
    counted: Counter = Counter()
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            for name in ("tests", "failures", "errors", "skipped"):
                counted[name] += int(suite.get(name, "0"))
    return counted


def failed_in_a_browser(report: Path) -> list[str]:
    """The tests that failed, by the name pytest takes; none when one of them opened no browser, when there
    are more than a few, or when nothing was counted. See docs/decisions/0033-a-second-look.md."""
    if not report.exists():
        return []
    found = []
    for one in ElementTree.parse(report).getroot().iter("testcase"):
        if one.find("failure") is not None or one.find("error") is not None:
            if not is_of_a_browser(one):
                return []
            found.append(f"{one.get('classname', '').replace('.', '/')}.py::{one.get('name')}")
    return found if len(found) <= MOST_AGAIN else []


def is_of_a_browser(testcase: ElementTree.Element) -> bool:
    told = "".join(part.text or "" for part in testcase)
    return testcase.get("classname", "").startswith("tests.e2e.") or "playwright" in told


def in_words(counted: Counter) -> str:
    bad = {name: counted[name] for name in ("failures", "errors", "skipped")}
    passed = counted["tests"] - sum(bad.values())
    return ", ".join([f"{passed} passed", *(f"{count} {name}" for name, count in bad.items())])


def this_version() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def checks(run: WholeRun) -> None:
    """What needs no test runner: style, and which folder may import which."""
    ruff = [sys.executable, "-P", "-m", "ruff"]
    run.step("Style (ruff check)", [*ruff, "check"])
    run.step("Format (ruff format --check)", [*ruff, "format", "--check"])
    if "importlinter" in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]:
        lint = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
        run.step("Floors and steps (lint-imports)", [sys.executable, "-P", "-c", lint])


def newest_other() -> tuple[str, Environment] | None:
    """The newest other Python here and its environment; None where there is none."""
    newer = released_interpreters((sys.version_info[0], sys.version_info[1] + 1))
    if not newer:
        return None
    version, interpreter, tag = newer[0]
    here = environment_here(str(ROOT))
    folder = f"{here.folder}-{version[0]}.{version[1]}"
    return ".".join(map(str, version)), Environment(
        folder, interpreter, tag, root=str(ROOT), tools=here.tools
    )


def run_again(run: WholeRun, name: str, there: Environment) -> None:
    """What may differ, on the newest other Python and on PostgreSQL."""
    try:
        prepare(there, "test")
    except Stop as stop:
        run.fail(f"Tests on Python {name}", "\n  ".join((stop.sentence, *stop.lines)))
        return
    run.pytest(there.python, name, [*WORKERS, *AGAIN, *(f"--ignore={one}" for one in SAID_ONCE)])


def main(arguments: list[str]) -> int:
    run = WholeRun()
    os.environ.pop("VIRTUAL_ENV", None)
    if arguments:
        run.pytest(sys.executable, this_version(), arguments)
        print("\n" + run.total("only what was asked for was run"))
        return 1 if run.failed else 0
    checks(run)
    other = newest_other()
    run.pytest(
        sys.executable, this_version(), [*WORKERS, *([f"--ignore={ANOTHER_DATABASE}"] if other else [])]
    )
    if other:
        run_again(run, *other)
        left_out = ""
    else:
        left_out = f"no newer Python than {this_version()} is on this machine, so none was tried"
        print(f"\n== {left_out}", flush=True)
    print("\n" + run.total(left_out))
    return 1 if run.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
