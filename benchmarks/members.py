"""A place with many members in rooms of ten, for benchmarks, served by `beenthere serve`.

python -m benchmarks.members FOLDER COUNT    makes them, and prints who they are
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SEATS = 10


def _environment(folder: Path, port: int, more: dict[str, str]) -> dict[str, str]:
    """A place of its own, whatever this terminal has set; and the settings of a place as they are."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BEENTHERE_")}
    own = {"BEENTHERE_DATA": str(folder), "BEENTHERE_PORT": str(port), "BEENTHERE_LOG_LEVEL": "ERROR"}
    return {**kept, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "beenthere.settings", **own, **more}


@contextmanager
def served_with(count: int, *, made_by: str = "benchmarks.members", **settings: str) -> Iterator[dict]:
    """`port`, `cookie`, `pid`, and `rooms`: refs, each with the tokens of ten sign-ins. `made_by`: a module
    that makes the place as this one does, and prints what it made."""
    with tempfile.TemporaryDirectory(prefix="beenthere-benchmark-") as folder:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        environment = _environment(Path(folder), port, settings)
        made = subprocess.run(
            [sys.executable, "-m", made_by, folder, str(count)],
            env=environment,
            stdout=subprocess.PIPE,
            check=True,
        )
        serving = subprocess.Popen(
            [sys.executable, "-m", "beenthere", "serve"], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            _wait_for(port)
            yield {**json.loads(made.stdout), "port": port, "pid": serving.pid}
        finally:
            serving.send_signal(signal.SIGTERM)
            serving.wait(60)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            page = HTTPConnection("127.0.0.1", port, timeout=30)
            page.request("GET", "/", headers={"Host": f"localhost:{port}"})
            assert page.getresponse().status == 200
            return
        except OSError:
            assert time.monotonic() < until, "the place is not served"
            time.sleep(0.1)


def processes_of(pid: int) -> list[int]:
    """The process, its children and theirs."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = [tuple(map(int, line.split())) for line in listed.stdout.splitlines()]
    found = [pid]
    for one in found:
        found += [child for child, parent in parents if parent == one]
    return found


def processor_seconds(pid: int) -> float:
    """What the process has used of the processor so far."""
    told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def make(count: int) -> dict:
    from beenthere.cli.place import open_place, prepare_databases

    open_place()
    prepare_databases()
    from django.conf import settings

    from beenthere.conversations.actions import open_conversation
    from beenthere.foundation.refs import SITE
    from beenthere.people.actions import sign_in, welcome_person

    rooms = []
    for _ in range(count // SEATS):
        people = [welcome_person(name=f"Person {seat}", by=SITE) for seat in range(SEATS)]
        talk = open_conversation(people=[(one, "A name") for one in people], kind="circle", by=SITE)
        tokens = [sign_in(person=one, device="A browser", by=one)[1] for one in people]
        rooms.append((talk.ref, tokens))
    return {"cookie": settings.SIGN_IN_COOKIE, "rooms": rooms}


if __name__ == "__main__":
    print(json.dumps(make(int(sys.argv[2]))))
