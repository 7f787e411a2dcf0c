"""A place of its own, served for a test as people serve theirs: by the command, in a process."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


def free_port() -> int:
    """A port that is free in both families right now."""
    while True:
        with socket.socket() as four, socket.socket(socket.AF_INET6) as six:
            four.bind(("127.0.0.1", 0))
            port = four.getsockname()[1]
            try:
                six.bind(("::1", port))
            except OSError:
                continue
            return port


def environment_for(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BEENTHERE_")}
    return {**kept, "BEENTHERE_DATA": str(folder), "PYTHONPATH": str(ROOT), **more}


def beenthere(*words: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "beenthere", *words],
        env=environment_for(folder, **more),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )


class Served:
    """A serving process, its port, and what it prints."""

    def __init__(self, process: subprocess.Popen, port: int, log: Path, folder: Path) -> None:
        self.process, self.port, self.log, self.folder = process, port, log, folder

    def get(self, path: str = "/", host: str = "127.0.0.1") -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(host, self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={"Host": f"localhost:{self.port}"})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    def said(self) -> str:
        return self.log.read_text()

    def worker_pid(self) -> int:
        """The process of its worker, once it is there."""
        wait_until(lambda: self._children(), "no worker began")
        return self._children()[0]

    def _children(self) -> list[int]:
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        ).stdout.splitlines()
        return [int(line.split()[0]) for line in listed if "beenthere work" in line]

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


def wait_until(is_true, otherwise: str) -> None:
    until = time.monotonic() + PATIENCE
    while not is_true():
        assert time.monotonic() < until, otherwise
        time.sleep(0.05)


@contextmanager
def serving(folder: Path, *words: str, port: int | None = None, **more: str) -> Iterator[Served]:
    """`beenthere <words>` (by default `serve`) until the block ends."""
    port = port or free_port()
    log = folder.parent / f"{folder.name}-{port}.log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "beenthere", *(words or ("serve",)), "--port", str(port)],
            env=environment_for(folder, **more),
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    served = Served(process, port, log, folder)
    try:
        wait_until(lambda: f"localhost:{port}" in served.said() or process.poll() is not None, "not served")
        yield served
    finally:
        served.end()
