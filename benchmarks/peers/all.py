"""Who is measured: how each is served, who its members are, and where it keeps what was said."""

import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version as version_of
from pathlib import Path

import psycopg

from benchmarks.peers import ejabberd, jabber, matrix, prosody, sockets, synapse
from benchmarks.peers.driver import Member
from benchmarks.rooms import ours, server, theirs


@dataclass(frozen=True)
class Peer:
    """`served()` gives the facts that the others need; `members` are connected; `kept` counts the messages in
    the database. `under_way`: so many at once as it is quickest with. `times`: so many times as many are
    asked of ours, 0 where nothing is."""

    title: Callable[[], str]
    served: Callable
    members: Callable
    kept: Callable[[dict], int]
    under_way: int = 200
    times: int = 0


@contextmanager
def _served(module: str):
    with tempfile.TemporaryDirectory() as folder, server(module, Path(folder)) as facts:
        yield {**facts, "folder": folder}


def _in_sqlite(file: str, table: str) -> Callable[[dict], int]:
    def count(facts: dict) -> int:
        with closing(sqlite3.connect(Path(facts["folder"]) / file)) as connection:
            return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    return count


def _in_postgresql(table: str) -> Callable[[dict], int]:
    def count(facts: dict) -> int:
        with closing(psycopg.connect(facts["url"])) as connection:
            return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    return count


PEERS = {
    "beenthere": Peer(
        title=lambda: "ours, whole",
        served=lambda: _served("benchmarks.peers.served_place"),
        members=lambda facts: sockets.members_of(ours(facts)),
        kept=_in_sqlite("beenthere.sqlite3", "conversations_message"),
    ),
    "channels": Peer(
        title=lambda: f"Django Channels {version_of('channels')}, layer in memory, SQLite",
        served=lambda: _served("benchmarks.peers.channels_room"),
        members=lambda facts: sockets.members_of(theirs(facts)),
        kept=_in_sqlite("channels.sqlite3", "auth_message"),
        times=10,
    ),
    "ejabberd": Peer(
        title=lambda: f"ejabberd {ejabberd.version()}, MUC and archive, PostgreSQL",
        served=ejabberd.served,
        members=jabber.members_of,
        kept=_in_postgresql("archive"),
        times=6,
    ),
    "prosody": Peer(
        title=lambda: f"Prosody {prosody.version()}, MUC and archive, PostgreSQL",
        served=prosody.served,
        members=jabber.members_of,
        kept=_in_postgresql("prosodyarchive"),
    ),
    "synapse": Peer(
        title=lambda: f"Synapse {synapse.version()}, one process, PostgreSQL",
        served=synapse.served,
        members=matrix.members_of,
        kept=_in_postgresql("events WHERE type = 'm.room.message'"),
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
