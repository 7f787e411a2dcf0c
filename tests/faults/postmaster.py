"""A PostgreSQL server of its own that is killed and begun again, its data where it was."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg

from tests.faults.warm import kill_tree
from tests.services import postgres
from tests.services.found import remembered
from tests.services.server import kept, lowered


class Postmaster:
    """`url` of the database. After `kill` nothing answers there until `start`."""

    def __init__(self, url: str, programs: Path) -> None:
        self.url, self._programs = url, programs
        self._begun = ExitStack()
        with psycopg.connect(url) as connection:
            self._cluster = Path(connection.execute("SHOW data_directory").fetchone()[0])
        told = Path("/proc", str(self.pid), "cmdline").read_bytes()
        self._command = [os.fsdecode(word) for word in told.rstrip(b"\0").split(b"\0")]

    @property
    def pid(self) -> int:
        return int((self._cluster / "postmaster.pid").read_text().split()[0])

    def kill(self, *, all_at_once: bool) -> None:
        """SIGKILL to the server and every process of it; or its own order to drop everything."""
        if all_at_once:
            kill_tree(self.pid)
        else:
            stop = [self._programs / "pg_ctl", "stop", "-m", "immediate", "-s", "-D", self._cluster]
            subprocess.run(stop, check=True, timeout=60, cwd=self._cluster, **lowered())

    def start(self) -> None:
        """Returns when it answers again."""
        self._begun.close()  # the one that kept the killed one
        folder = Path(tempfile.mkdtemp(prefix="again-", dir=self._cluster.parent))
        account = lowered()
        if account:
            os.chown(folder, account["user"], account["group"])
        self._begun.enter_context(
            kept(self._command, folder, answers=lambda: postgres.answers(self.url), ending="SIGINT")
        )

    def close(self) -> None:
        self._begun.close()


@contextmanager
def own_server() -> Iterator[Postmaster]:
    """A server with an empty database, gone after the block. By itself it would not wait for its disk, and
    write only every few seconds: the place must ask for more."""
    programs = remembered("postgres")
    with postgres.running(programs) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET synchronous_commit = off")
            connection.execute("ALTER SYSTEM SET wal_writer_delay = '5s'")
            connection.execute("SELECT pg_reload_conf()")
        server = Postmaster(url, programs)
        try:
            yield server
        finally:
            server.close()
