"""Redis or Valkey: a private server on a free port of the loopback that keeps nothing."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.services import debian
from tests.services.found import Missing, runs
from tests.services.server import free_port, kept, private_folder

NAMES = ("redis-server", "valkey-server")


def find() -> Path | None:
    for name in NAMES:
        program = shutil.which(name)
        if program and runs(program):
            return Path(program)
    return None


def from_debian() -> Path | None:
    try:
        debian.install(NAMES[0])
    except Missing:
        debian.install(NAMES[1])
    return find()


def from_unpacking() -> Path | None:
    said = []
    for name in NAMES:
        try:
            root = debian.unpack(name)
        except Missing as problem:
            said.append(str(problem))
            continue
        script = debian.wrapped(root / "usr" / "bin" / name, root)
        if runs(script):
            return script
    if said:
        raise Missing("; ".join(said))
    return None


WAYS = {"apt": from_debian, "Debian's package, unpacked": from_unpacking}


@contextmanager
def running(program: Path) -> Iterator[str]:
    """The URL of an empty server that is gone after the block."""
    with private_folder() as folder:
        port = free_port()
        url = f"redis://127.0.0.1:{port}/0"
        serve = [str(program), "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
        with kept(serve, folder, answers=lambda: answers(url), ending="SIGTERM"):
            yield url


def answers(url: str) -> bool:
    with redis.Redis.from_url(url, socket_timeout=2) as client:
        try:
            return client.ping()
        except redis.exceptions.ConnectionError:
            return False
