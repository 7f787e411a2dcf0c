"""Which programs of the place are alive, told by rows that they renew."""

import os
import platform
import threading
from contextlib import suppress
from datetime import timedelta

from django.db import DatabaseError, connection

from beenthere.foundation import clock
from beenthere.foundation.models import Heartbeat
from beenthere.foundation.writing import writing

SECONDS = 15
SILENT = timedelta(seconds=60)
KEPT = timedelta(days=1)


def this_host() -> str:
    """The host, and where the system tells it the space of process numbers (containers share names)."""
    space = ""
    with suppress(OSError):
        space = os.readlink("/proc/self/ns/pid")
    return f"{platform.node()}:{space}"[:120]


def is_gone(heart: Heartbeat) -> bool:
    """Whether the program is dead: its process is no more, or it has been silent for a minute."""
    if heart.host == this_host() and not _runs(heart.pid):
        return True
    return clock.now() - heart.beat_at > SILENT


def living_hearts(kind: str) -> list[Heartbeat]:
    """The `web` or `worker` programs that are alive, the oldest first."""
    return [heart for heart in Heartbeat.objects.filter(kind=kind).order_by("pk") if not is_gone(heart)]


def prune_hearts() -> None:
    """Deletes the rows of programs that ended more than a day ago."""
    with writing():
        Heartbeat.objects.filter(beat_at__lt=clock.now() - KEPT).delete()


class Beating:
    """A heart that beats in a thread of its own, so that a long task does not look like death."""

    def __init__(self, kind: str, bus: str = "") -> None:
        with writing():
            self.row = Heartbeat.objects.create(kind=kind, host=this_host(), pid=os.getpid(), bus=bus)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._thread.start()

    @property
    def ref(self) -> str:
        return self.row.ref

    def stop(self) -> None:
        """Afterwards the row is gone: this program ended as it should."""
        self._stop.set()
        self._thread.join(timeout=5)
        with suppress(DatabaseError), writing():
            Heartbeat.objects.filter(pk=self.row.pk).delete()

    def _beat(self) -> None:
        while not self._stop.wait(SECONDS):
            with suppress(DatabaseError), writing():
                Heartbeat.objects.filter(pk=self.row.pk).update(beat_at=clock.now())
        connection.close()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _is_a_zombie(pid)


def _is_a_zombie(pid: int) -> bool:
    with suppress(OSError), open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as status:
        return status.read().rpartition(")")[2].split()[0] == "Z"
    return False
