"""A place of its own for a harness: made, filled, served in processes of its own, and killed whole."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cli.served import environment_for, free_port


class Place:
    """`port`, `seats` (ref of a conversation, ref of a membership, token) and the sign-in `cookie`.

    Forked from a prepared process, unless `start(whole=True)`: then it is the command itself, its worker
    beside it.
    """

    def __init__(self, folder: Path, *, bug: str = "none", database: str = "") -> None:
        self.folder, self.bug, self.port = folder / "place", bug, free_port()
        self.database = database
        more = {"BEENTHERE_DATABASE": database} if database else {}
        self.environment = environment_for(
            self.folder, BEENTHERE_PORT=str(self.port), BEENTHERE_LOG_LEVEL="WARNING", **more
        )
        self.pid = 0
        self._command: subprocess.Popen | None = None
        made = json.loads(self._told("tests.faults.community", bug))
        self.cookie, self.seats = made["cookie"], [tuple(seat) for seat in made["seats"]]
        with self.log() as log:
            self._forks = subprocess.Popen(
                self._words("again"),
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def log(self):
        return (self.folder.parent / "log").open("a")

    def said(self) -> str:
        log = self.folder.parent / "log"
        return log.read_text(errors="replace") if log.exists() else ""

    def start(self, *, whole: bool = False, under: list[str] | None = None) -> None:
        """It begins; whether it answers yet is for the caller to see. `under`: the words of a tracer."""
        if not whole and under is None:
            self.pid = int(self._ask("start"))
            return
        words = [sys.executable, "-m", "beenthere", "serve", "--port", str(self.port)]
        if self.bug != "none" or under is not None:
            words = self._words("serve" if under is None else "alone")
        with self.log() as log:
            self._command = subprocess.Popen(
                [*(under or ()), *words],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.pid = self._command.pid

    def kill(self) -> int:
        """SIGKILL to the serving process and all that it began; how it ended."""
        kill_tree(self.pid)
        if self._command is None:
            return int(self._ask("wait"))
        ended, self._command = self._command.wait(30), None
        return ended

    def close(self) -> None:
        if self._command is not None:
            self.kill()
        self._forks.stdin.close()
        try:
            self._forks.wait(10)
        finally:
            kill_tree(self._forks.pid)
            self._forks.stdout.close()

    def _ask(self, what: str) -> str:
        self._forks.stdin.write(what + "\n")
        self._forks.stdin.flush()
        said = self._forks.stdout.readline()
        assert said, f"the prepared process ended:\n{self.said()[-3000:]}"
        return said

    def _words(self, what: str) -> list[str]:
        return [sys.executable, "-m", "tests.faults.planted", self.bug, what, "--port", str(self.port)]

    def _told(self, module: str, *words: str) -> str:
        ran = subprocess.run(
            [sys.executable, "-m", module, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ran.returncode == 0, ran.stderr[-3000:]
        return ran.stdout.splitlines()[-1]


@contextmanager
def place(*, bug: str = "none", database: str = "") -> Iterator[Place]:
    """An own place with its community, not served yet; gone after the block."""
    with tempfile.TemporaryDirectory(prefix="beenthere-faults-") as folder:
        made = Place(Path(folder), bug=bug, database=database)
        try:
            yield made
        finally:
            made.close()


def tree(pid: int) -> list[int]:
    """The process and all that descend from it, as far as they still run."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                stat = Path("/proc", name, "stat").read_text()
            except OSError:
                continue
            children.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(name))
    found = [pid]
    for one in found:
        found.extend(children.get(one, ()))
    return found


def kill_tree(pid: int) -> None:
    for one in tree(pid):
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue
