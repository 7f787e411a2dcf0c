"""The worker as a companion of the serving process: begun with it, begun again when it dies, ended
with it."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import structlog

PACKAGE_PARENT = Path(__file__).resolve().parents[2]
PAUSES = (0.2, 1.0, 2.0, 5.0, 15.0, 30.0)
STEADY = 60.0
LAST_TASK = 15.0
log = structlog.get_logger(__name__)


class Companion:
    """The worker's process. It reads a pipe of ours, so that it ends even if we are killed."""

    def __init__(self) -> None:
        self.running: subprocess.Popen | None = None
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="companion", daemon=True)

    def start(self) -> None:
        self.running = self._begin()
        self._thread.start()

    def stop(self) -> None:
        """Afterwards the worker has ended, its current task done if that took under 15 seconds."""
        self._stop.set()
        if self.running is None:
            return
        self.running.terminate()
        try:
            self.running.wait(LAST_TASK)
        except subprocess.TimeoutExpired:
            log.warning("The worker was ended in the middle of a task; the next one takes it up")
            self.running.kill()
        self._thread.join(timeout=5)

    def _keep(self) -> None:
        deaths = 0
        while not self._stop.is_set():
            began = time.monotonic()
            code = self.running.wait()
            if self._stop.is_set():
                return
            deaths = 0 if time.monotonic() - began > STEADY else deaths
            log.warning("The worker died and is begun again", code=code)
            if self._stop.wait(PAUSES[min(deaths, len(PAUSES) - 1)]):
                return
            deaths += 1
            self.running = self._begin()

    def _begin(self) -> subprocess.Popen:
        paths = [str(PACKAGE_PARENT), os.environ.get("PYTHONPATH", "")]
        return subprocess.Popen(  # noqa: S603  # our own interpreter, our own words
            [sys.executable, "-P", "-m", "beenthere", "work", "--tied"],
            stdin=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            # Ctrl+C goes to the serving process alone, which then ends the worker in order.
            start_new_session=True,
        )
