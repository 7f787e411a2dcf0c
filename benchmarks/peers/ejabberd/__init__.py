"""ejabberd: its rooms (MUC) with their archive (MAM) in PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

from benchmarks.peers.keeping import Missing, answers_at, database, installed, written
from tests.services.server import free_port, kept, private_folder

PACKAGES = ("ejabberd", "erlang-p1-pgsql")
POOL = 20  # its default is 10; ten rooms share them out by lot, and 40 were no quicker
SCHEMA = Path("/usr/share/ejabberd/sql/pg.sql")


def libraries() -> Path:
    """The folder in which Debian has it."""
    installed(*PACKAGES)
    found = sorted(Path("/usr/lib").glob("*/ejabberd-*/ebin"))
    if not found or not SCHEMA.exists():
        raise Missing("ejabberd is installed, but not where Debian's package has it.")
    return found[-1].parents[1]


@contextmanager
def served() -> Iterator[dict]:
    """Its port for people and the URL of its database, while it is served."""
    place = libraries()
    with database("ejabberd") as told, private_folder() as folder:
        with closing(psycopg.connect(told["url"], autocommit=True)) as connection:
            connection.execute(SCHEMA.read_text(encoding="utf-8"))
        port = free_port()
        settings = written("ejabberd", "ejabberd.yml", folder, port=port, pool=POOL, **told)
        # What Debian's ejabberdctl starts, without a name among other nodes.
        surroundings = {
            "ERL_LIBS": place,
            "EJABBERD_CONFIG_PATH": settings,
            "EJABBERD_LOG_PATH": folder / "ejabberd.log",
            "ERL_CRASH_DUMP_BYTES": 0,
            "HOME": folder,
        }
        command = ["env", *(f"{name}={value}" for name, value in surroundings.items())]
        command += ["erl", "-noinput", "+K", "true", "+P", "250000"]
        command += ["-mnesia", "dir", f'"{folder}/mnesia"', "-s", "ejabberd"]
        with kept(command, folder, answers=answers_at(port), ending="SIGTERM"):
            yield {"port": port, "url": told["url"]}
