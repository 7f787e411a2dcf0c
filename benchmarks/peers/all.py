"""Who is measured: how each is served, who its members are, and where it keeps what was said."""

import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psycopg

from benchmarks.peers import ejabberd, jabber, matrix, prosody, sockets, synapse
from benchmarks.peers.driver import Member
from benchmarks.peers.keeping import version_of
from benchmarks.rooms import ours, server, theirs


@dataclass(frozen=True)
class InSqlite:
    """Where the messages are: how many there are, and holding them so that nobody can add one."""

    file: str
    table: str

    def count(self, facts: dict) -> int:
        with closing(self._opened(facts)) as connection:
            return connection.execute(f"SELECT count(*) FROM {self.table}").fetchone()[0]

    @contextmanager
    def held(self, facts: dict) -> Iterator[None]:
        with closing(self._opened(facts)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.rollback()

    def _opened(self, facts: dict) -> sqlite3.Connection:
        return sqlite3.connect(Path(facts["folder"]) / self.file, isolation_level=None, timeout=10)


@dataclass(frozen=True)
class InPostgresql:
    """As in SQLite."""

    table: str
    which: str = "true"

    def count(self, facts: dict) -> int:
        with closing(psycopg.connect(facts["url"])) as connection:
            return connection.execute(f"SELECT count(*) FROM {self.table} WHERE {self.which}").fetchone()[0]

    @contextmanager
    def held(self, facts: dict) -> Iterator[None]:
        with closing(psycopg.connect(facts["url"])) as connection:
            connection.execute(f"LOCK TABLE {self.table} IN EXCLUSIVE MODE")
            yield
            connection.rollback()


@dataclass(frozen=True)
class Peer:
    """`served()` gives the facts that the others need; `members` are connected; `kept` is where
    the messages are. `under_way`: so many at once as it is quickest with. `times`: so many times as many are
    asked of ours, 0 where nothing is."""

    title: Callable[[], str]
    served: Callable
    members: Callable
    kept: InSqlite | InPostgresql
    under_way: int = 200
    times: int = 0


@contextmanager
def _served(module: str):
    with tempfile.TemporaryDirectory() as folder, server(module, Path(folder)) as facts:
        yield {**facts, "folder": folder}


PEERS = {
    "beenthere": Peer(
        title=lambda: "ours, whole",
        served=lambda: _served("benchmarks.peers.served_place"),
        members=lambda facts: sockets.members_of(ours(facts)),
        kept=InSqlite("beenthere.sqlite3", "conversations_message"),
    ),
    "channels": Peer(
        title=lambda: f"Django Channels {version('channels')}, layer in memory, SQLite",
        served=lambda: _served("benchmarks.peers.channels_room"),
        members=lambda facts: sockets.members_of(theirs(facts)),
        kept=InSqlite("channels.sqlite3", "auth_message"),
        times=10,
    ),
    "ejabberd": Peer(
        title=lambda: f"ejabberd {version_of('ejabberd')}, MUC and archive, PostgreSQL",
        served=ejabberd.served,
        members=jabber.members_of,
        kept=InPostgresql("archive"),
        times=6,
    ),
    "prosody": Peer(
        title=lambda: f"Prosody {version_of('prosody')}, MUC and archive, PostgreSQL",
        served=prosody.served,
        members=jabber.members_of,
        kept=InPostgresql("prosodyarchive"),
    ),
    "synapse": Peer(
        title=lambda: f"Synapse {synapse.version()}, one process, PostgreSQL",
        served=synapse.served,
        members=matrix.members_of,
        kept=InPostgresql("events", "type = 'm.room.message'"),
        under_way=100,
        times=80,
    ),
}


@asynccontextmanager
async def gathered(peer: Peer, facts: dict) -> AsyncIterator[list[Member]]:
    members = await peer.members(facts)
    try:
        yield members
    finally:
        for member in members:
            member.close()
