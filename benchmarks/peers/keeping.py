"""Programs of the peers: found or fetched, their settings written, kept as long as they are measured."""

import json
import shutil
import socket
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.services import debian, guard, postgres
from tests.services.found import Missing

HERE = Path(__file__).parent


def installed(*packages: str) -> None:
    """Debian's packages are here, installed as root if need be. Raises Missing, which says how."""
    if not shutil.which("dpkg-query"):
        raise Missing(f"This needs Debian, and its packages {' '.join(packages)}.")
    if all(map(version_of, packages)):
        return
    try:
        debian.install(*packages)
    except Missing as why:
        line = f"apt-get install {' '.join(packages)}"
        raise Missing(f"As root, `{line}` brings what is not here ({why}).") from why


def version_of(package: str) -> str:
    """As Debian counts it, without its own addition; empty where it is not installed."""
    query = ["dpkg-query", "-W", "-f=${db:Status-Status} ${Version}", package]
    status, _, version = subprocess.run(query, capture_output=True, text=True).stdout.partition(" ")
    return version.rpartition("-")[0] or version if status == "installed" else ""


@contextmanager
def database(name: str) -> Iterator[dict]:
    """An empty database of a cluster of its own: fsync and synchronous_commit are on, as PostgreSQL comes.
    Yields what a configuration asks for."""
    if not postgres.find():
        installed("postgresql")
    with postgres.running(postgres.find()) as url:
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                assert connection.execute(f"SHOW {setting}").fetchone() == ("on",), setting
            connection.execute(f"CREATE DATABASE {name}")
        told = urlsplit(url)
        yield {
            "url": url.rpartition("/")[0] + f"/{name}",
            "database": name,
            "database_port": told.port,
            "database_user": told.username,
            "database_password": told.password,
        }


def written(peer: str, name: str, where: Path, /, **told: object) -> Path:
    """The settings `name` of the peer, with `told` filled in, in the folder `where`."""
    path = where / name
    text = string.Template((HERE / peer / name).read_text(encoding="utf-8")).substitute(told)
    path.write_text(text, encoding="utf-8")
    return path


def answers_at(port: int) -> Callable[[], bool]:
    def answers() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    return answers


def as_guarded(command: list[str], folder: Path) -> subprocess.Popen:
    """Under the guard of the tests, as the account that runs the measurement: the guard ends it, and removes
    the folder, when its stdin ends."""
    order = {"command": command, "folder": str(folder), "ending": "SIGTERM", "account": {}}
    line = [sys.executable, "-I", guard.__file__, json.dumps(order)]
    return subprocess.Popen(line, stdin=subprocess.PIPE, start_new_session=True)
