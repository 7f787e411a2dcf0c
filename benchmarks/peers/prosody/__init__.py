"""Prosody: its rooms with their archive (muc_mam) in SQL."""

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.peers.keeping import answers_at, database, installed, written
from tests.services.server import free_port, kept, private_folder

PACKAGES = ("prosody", "lua-dbi-postgresql")


@contextmanager
def served() -> Iterator[dict]:
    """Its port for people and the URL of its database, while it is served."""
    installed(*PACKAGES)
    with database("prosody") as told, private_folder() as folder:
        port = free_port()
        settings = written("prosody", "prosody.cfg.lua", folder, port=port, folder=folder, **told)
        command = ["prosody", "--config", str(settings), "-F"]
        with kept(command, folder, answers=answers_at(port), ending="SIGTERM"):
            yield {"port": port, "url": told["url"]}
