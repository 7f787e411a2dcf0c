"""Synapse, one process on PostgreSQL, in an environment of its own beside ours."""

import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.peers.keeping import HERE, Missing, answers_at, as_guarded, database, written
from launch.environments import environment_here
from launch.words import last_lines, watched
from tests.services.found import FETCHED, ROOT
from tests.services.server import PATIENCE, free_port

WANTED = HERE / "synapse" / "requirements.txt"
FOLDER = FETCHED / "synapse"
PYTHON = FOLDER / "bin" / "python"


def version() -> str:
    return WANTED.read_text(encoding="utf-8").strip().rpartition("==")[2]


def ready() -> None:
    """The environment holds what is wanted. Raises Missing."""
    stamp = FOLDER / "wanted.txt"
    wanted = WANTED.read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    interpreter = environment_here(str(ROOT)).interpreter
    steps = {
        "Making a place for Synapse": [interpreter, "-m", "venv", "--clear", str(FOLDER)],
        "Bringing Synapse": [str(PYTHON), "-m", "pip", "install", "-r", str(WANTED)],
    }
    for doing, command in steps.items():
        code, text = watched(doing, command)
        if code:
            raise Missing(
                "Synapse could not be installed by pip; it may need the packages libpq-dev and gcc: "
                + " ".join(last_lines(text))
            )
    stamp.write_text(wanted, encoding="utf-8")


@contextmanager
def served() -> Iterator[dict]:
    """Its port for people, the secret to register by and the URL of its database, while it is served."""
    ready()
    with database("synapse") as told, tempfile.TemporaryDirectory() as name:
        folder, port, secret = Path(name), free_port(), secrets.token_hex(16)
        written("synapse", "log.yaml", folder)
        settings = written(
            "synapse", "homeserver.yaml", folder, port=port, folder=folder, secret=secret, **told
        )
        command = [str(PYTHON), "-m", "synapse.app.homeserver", "--config-path", str(settings)]
        subprocess.run([*command, "--generate-keys"], check=True, capture_output=True, cwd=folder)
        guard = as_guarded(command, folder)
        try:
            until = time.monotonic() + PATIENCE
            while not answers_at(port)():
                if guard.poll() is not None or time.monotonic() > until:
                    log = (folder / "log").read_text(errors="replace")
                    raise RuntimeError(f"Synapse did not start:\n{log[-2000:]}")
                time.sleep(0.05)
            yield {"port": port, "secret": secret, "url": told["url"]}
        finally:
            guard.stdin.close()
            guard.wait(PATIENCE)
            folder.mkdir(exist_ok=True)  # the guard removed it
