"""Hearing the bus for a while: `foundation.wire` knows no end of a subscription."""

import threading
from collections.abc import Callable

from beenthere.foundation import wire

_ears: dict[str, list[wire.Heard]] = {}
_lock = threading.Lock()


def hear(topic: str, heard: wire.Heard) -> Callable[[], None]:
    """`heard(ref)` is called in a thread of the bus until what is returned is called."""
    with _lock:
        is_new = topic not in _ears
        _ears.setdefault(topic, []).append(heard)
    if is_new:
        wire.subscribe(topic, lambda ref: _tell(topic, ref))

    def stop() -> None:
        with _lock:
            if heard in _ears[topic]:
                _ears[topic].remove(heard)

    return stop


def _tell(topic: str, ref: str) -> None:
    for heard in list(_ears[topic]):
        heard(ref)
