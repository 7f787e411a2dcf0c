"""The bus: how the processes of one place tell each other that something changed.

Four kinds with one interface (`beenthere.foundation.wire.Bus`): memory (one process), a Unix socket
(one host), PostgreSQL, Redis or Valkey (several hosts). All deliver at most once; whoever was cut off
hears `wire.GAP` when it is joined again. Refs only, never words.
"""

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings

from .subscriptions import MemoryBus

if TYPE_CHECKING:
    from beenthere.foundation.wire import Bus

# The kinds that join processes of different hosts, and so several serving ones.
FAR_REACHING = ("postgresql", "redis", "rediss", "valkey")


def kind_of_bus() -> str:
    """`memory`, `unix`, `postgresql`, `redis` ..."""
    return settings.PLACE.bus.split(":")[0]


def make_bus(*, listening: bool = False) -> "Bus":
    """The bus of the settings. `listening`: this process is the one that others connect to (unix).

    Raises `unix.AlreadyServed` when another one does so already.
    """
    kind = kind_of_bus()
    if kind == "memory":
        return MemoryBus()
    if kind == "unix":
        from .unix import UnixBus, UnixListener, socket_path

        path = socket_path(settings.PLACE.data)
        return UnixListener(path) if listening else UnixBus(path)
    if kind == "postgresql":
        from .postgresql import PostgresqlBus

        return PostgresqlBus(settings.PLACE.database)
    from .valkey import ValkeyBus

    # Two places on one server are told apart by their secret.
    place = hashlib.sha256(b"bus" + settings.SECRET_KEY.encode()).hexdigest()[:16]
    return ValkeyBus(settings.PLACE.bus, channel=f"beenthere:{place}")
