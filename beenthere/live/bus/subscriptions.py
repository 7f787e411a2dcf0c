"""What every bus has in common: who wants to hear what, and staying connected."""

import json
import threading
from collections.abc import Callable

import structlog

from beenthere.foundation.refs import new_ref
from beenthere.foundation.wire import GAP, Heard

# PostgreSQL takes notifications below 8000 bytes; refs need far less.
MOST = 4000
PAUSES = (0.1, 0.2, 0.5, 1.0, 2.0)
log = structlog.get_logger(__name__)


class MemoryBus:
    """One process. Subscribers are called in the thread that publishes."""

    def __init__(self) -> None:
        self._heard: dict[str, list[Heard]] = {}
        self._lock = threading.Lock()

    def subscribe(self, topic: str, heard: Heard) -> Callable[[], None]:
        """`heard(ref)` is called from now on; returns what ends it."""
        with self._lock:
            self._heard.setdefault(topic, []).append(heard)

        def unsubscribe() -> None:
            with self._lock:
                if heard in self._heard.get(topic, []):
                    self._heard[topic].remove(heard)

        return unsubscribe

    def publish(self, topic: str, ref: str = "") -> None:
        message_of(topic, ref)
        self.deliver(topic, ref)

    def deliver(self, topic: str, ref: str) -> None:
        """Calls who wants it here; one that fails does not keep the others from hearing."""
        with self._lock:
            wanting = list(self._heard.get(topic, ()))
        for heard in wanting:
            try:
                heard(ref)
            except Exception as failure:  # a fault of one must not silence the bus
                log.error("Hearing failed", topic=topic, why=type(failure).__name__)

    def close(self) -> None:
        """Afterwards nothing is heard any more."""
        with self._lock:
            self._heard.clear()


class ConnectedBus(MemoryBus):
    """Base of the buses between processes: one thread listens, and connects again when cut off.

    The own process hears at once, in the publishing thread; others by the connection. A kind gives
    `_connect`, `_listen` (returns or raises `cut_off` when the connection ends; looks at `_stop` once
    a second), `_send` and `_disconnect`.
    """

    cut_off: tuple[type[Exception], ...] = (OSError,)

    def __init__(self) -> None:
        super().__init__()
        self.origin = new_ref()
        self.connected = False
        self._stop = threading.Event()
        self._try_to_connect()
        self._thread = threading.Thread(target=self._stay_connected, name="bus", daemon=True)
        self._thread.start()

    def publish(self, topic: str, ref: str = "") -> None:
        message = message_of(topic, ref, self.origin)
        self.deliver(topic, ref)
        if not self.connected:
            return  # a command while nothing is served, or a gap that the others will be told of
        try:
            self._send(message)
        except self.cut_off as failure:
            log.warning("A message was lost", topic=topic, why=type(failure).__name__)

    def close(self) -> None:
        self._stop.set()
        self._disconnect()
        self._thread.join(timeout=5)
        super().close()

    def hear(self, message: str) -> None:
        """Delivers what came by the connection; one's own was heard already."""
        try:
            topic, ref, origin = json.loads(message)
        except ValueError:
            log.error("The bus carried something that is no message")
            return
        if origin != self.origin:
            self.deliver(topic, ref)

    def _try_to_connect(self) -> bool:
        try:
            self._connect()
        except self.cut_off:
            return False
        self.connected = True
        return True

    def _stay_connected(self) -> None:
        tries = 0
        missed = not self.connected
        while not self._stop.is_set():
            if not self.connected and not self._try_to_connect():
                self._stop.wait(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1
                continue
            if missed:
                self.deliver(GAP, "")
            tries, missed = 0, True
            try:
                self._listen()
            except self.cut_off as failure:
                if not self._stop.is_set():
                    log.warning("The bus was cut off", why=type(failure).__name__)
            self.connected = False

    def _connect(self) -> None:
        raise NotImplementedError

    def _listen(self) -> None:
        raise NotImplementedError

    def _send(self, message: str) -> None:
        raise NotImplementedError

    def _disconnect(self) -> None:
        raise NotImplementedError


def message_of(topic: str, ref: str, origin: str = "") -> str:
    """The message as text of one line. Raises ValueError for more than refs need."""
    message = json.dumps([topic, ref, origin])
    if len(message.encode()) > MOST:
        raise ValueError(f"A message of the bus has at most {MOST} bytes: send refs, not words.")
    return message
