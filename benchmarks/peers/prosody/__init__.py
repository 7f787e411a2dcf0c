"""Prosody: its rooms with their archive (muc_mam) in SQL."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.peers.keeping import answers_at, database, has_package, on_path, written
from tests.services.server import free_port, kept, private_folder

PACKAGES = ("prosody", "lua-dbi-postgresql", "lua-dbi-sqlite3")


def version() -> str:
    told = subprocess.run(["dpkg-query", "-W", "-f=${Version}", "prosody"], capture_output=True, text=True)
    return told.stdout.partition("-")[0]


@contextmanager
def served(backend: str = "PostgreSQL") -> Iterator[dict]:
    """Its port for people and the URL of its database, while it is served."""
    if not all(has_package(package) for package in PACKAGES):
        on_path("prosody-of-Debian", *PACKAGES)
    program = on_path("prosody", *PACKAGES)
    with database("prosody") as told, private_folder() as folder:
        port = free_port()
        sql = {
            "SQLite3": '{ driver = "SQLite3", database = "archive.sqlite" }',
            "PostgreSQL": (
                '{{ driver = "PostgreSQL", database = "{database}", username = "{database_user}", '
                'password = "{database_password}", host = "127.0.0.1", port = {database_port} }}'
            ).format(**told),
        }[backend]
        settings = written("prosody", "prosody.cfg.lua", folder, port=port, folder=folder, sql=sql)
        command = [str(program), "--config", str(settings), "-F"]
        with kept(command, folder, answers=answers_at(port), ending="SIGTERM"):
            yield {"port": port, "url": told["url"]}
