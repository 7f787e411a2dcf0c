"""What the processes of a place tell each other. `live` plugs its bus in; without one, only this
process hears. Payloads are refs, never words, and any of them may be lost: whoever listens must be
right without, only later."""

from collections.abc import Callable
from typing import Protocol

# Told by a bus to its own process when it was cut off: anything may have been missed.
GAP = "wire.gap"
WORK = "wire.work"

Heard = Callable[[str], None]


class Bus(Protocol):
    """The interface that every kind of bus keeps."""

    def publish(self, topic: str, ref: str = "") -> None: ...

    def subscribe(self, topic: str, heard: Heard) -> Callable[[], None]: ...

    def close(self) -> None: ...


class Plug:
    """Holds the subscriptions of this process, and hands them to the bus that is plugged in."""

    def __init__(self) -> None:
        self.bus: Bus | None = None
        self.make: Callable[[], Bus] | None = None
        self.heard: list[tuple[str, Heard]] = []

    def plugged(self) -> Bus | None:
        """The bus, made on first use."""
        if self.bus is None and self.make is not None:
            self.plug(self.make())
        return self.bus

    def plug(self, bus: Bus) -> None:
        """Afterwards `bus` carries everything; what was subscribed before moves to it."""
        before, self.bus = self.bus, bus
        if before is not None:
            before.close()
        for topic, heard in self.heard:
            bus.subscribe(topic, heard)

    def unplug(self) -> None:
        """Afterwards nothing is connected; the next use connects again."""
        bus, self.bus = self.bus, None
        if bus is not None:
            bus.close()


PLUG = Plug()


def publish(topic: str, ref: str = "") -> None:
    """Tells every process of the place, this one included. Never raises and never waits long."""
    bus = PLUG.plugged()
    if bus is not None:
        bus.publish(topic, ref)
        return
    for wanted, heard in list(PLUG.heard):
        if wanted == topic:
            heard(ref)


def subscribe(topic: str, heard: Heard) -> None:
    """`heard(ref)` is called from now on, in a thread of the bus: it must be quick and not raise.
    Connects nothing by itself."""
    PLUG.heard.append((topic, heard))
    if PLUG.bus is not None:
        PLUG.bus.subscribe(topic, heard)
