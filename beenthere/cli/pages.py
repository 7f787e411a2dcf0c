"""The pages as a process of their own beside the serving one: begun before it, begun again when it dies,
ended with it.

Forked the first time, not started anew: that costs half the memory and no time. Only a process with one
thread can be forked safely, so later ones are started as programs are, which takes a second.
"""

import gc
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import structlog

from beenthere.cli.companion import PACKAGE_PARENT

PAUSES = (0.0, 0.5, 2.0, 5.0, 15.0)
STEADY = 60.0
LAST_ANSWER = 15.0
# The sockets' process goes first where both want the processor: a page is not noticed to be 5 ms later.
NICE = 5
AGAIN = "import sys; from beenthere.cli.pages import serve_again; serve_again(int(sys.argv[1]))"
log = structlog.get_logger(__name__)


class PagesProcess:
    """`control` is our end of the pair for `live.pages.Front`. To be made while this process has one
    thread and no database open. The pages end when this process ends, however it does."""

    def __init__(self) -> None:
        # Theirs is kept open here too: what is handed over between two of them waits for the next.
        self.control, self._theirs = socket.socketpair()
        self._stopping = threading.Event()
        self._keeping: threading.Thread | None = None
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()  # else the first collection after the fork would copy every page of memory
        self.pid = os.fork()
        if self.pid == 0:
            self.control.close()
            _leave(self._theirs)
        self._wait: Callable[[], int] = lambda: os.waitpid(self.pid, 0)[1]

    def keep(self) -> None:
        """Afterwards the pages are begun again whenever they die."""
        if self._keeping is None:
            self._keeping = threading.Thread(target=self._keep, name="pages", daemon=True)
            self._keeping.start()

    def stop(self) -> None:
        """Afterwards the pages have ended, what they had begun answered if it took under 15 seconds."""
        self._stopping.set()
        self.control.close()
        self.keep()
        self._keeping.join(LAST_ANSWER)
        if self._keeping.is_alive():
            log.warning("The pages were ended in the middle of an answer")
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._keeping.join(5)
        self._theirs.close()

    def _keep(self) -> None:
        deaths = 0
        while True:
            began = time.monotonic()
            code = self._wait()
            if self._stopping.is_set():
                return
            deaths = 0 if time.monotonic() - began > STEADY else deaths
            log.warning("The pages died and are begun again", code=code)
            if self._stopping.wait(PAUSES[min(deaths, len(PAUSES) - 1)]):
                return
            deaths += 1
            self._begin_again()

    def _begin_again(self) -> None:
        paths = [str(PACKAGE_PARENT), os.environ.get("PYTHONPATH", "")]
        number = self._theirs.fileno()
        started = subprocess.Popen(  # noqa: S603  # our own interpreter, our own words
            [sys.executable, "-P", "-c", AGAIN, str(number)],
            pass_fds=[number],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
            start_new_session=True,
        )
        self.pid, self._wait = started.pid, started.wait


def settle_memory() -> None:
    """What is loaded by now stays: it is not looked through again for what could be thrown away, and what
    comes is looked through less often. Else every hundredth page or message would wait for that."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def can_be_apart() -> bool:
    """Whether the pages can have a process of their own here: forked safely, and joined by the bus."""
    from django.conf import settings

    from beenthere.live.bus import kind_of_bus

    wanted = settings.PLACE.pages == "apart" and kind_of_bus() != "memory"
    return wanted and hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _leave(control: socket.socket) -> None:
    """Serves in a process that was just forked, and never returns into what it was forked from."""
    code = 1
    try:
        os.setsid()
        _serve(control)
        code = 0
    except BaseException as failure:
        log.error("The pages ended", why=type(failure).__name__, what=str(failure))
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def serve_again(number: int) -> None:
    """Serves in a process that was started as a program; the socket has that number."""
    from beenthere.cli.place import open_place

    open_place()
    with socket.socket(fileno=number) as control:
        _serve(control)


def _serve(control: socket.socket) -> None:
    """Loads what pages need, waits for the first line, and answers until the front has ended. Ctrl+C and
    the signals of who ends a service are for the serving process alone, which then ends us in order."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    with suppress(OSError):
        os.nice(NICE)
    from beenthere.web.asgi import THREADS
    from beenthere.web.wsgi import application, load_everything

    load_everything()
    settle_memory()
    select.select([control], [], [])  # the serving process listens for us only then
    from django.db import connections

    from beenthere.foundation.wire import PLUG
    from beenthere.live.batches import close_all
    from beenthere.live.bus import make_bus
    from beenthere.live.pages import serve_requests

    for told in connections.settings.values():
        if told["ENGINE"].endswith("sqlite3"):
            told["CONN_MAX_AGE"] = None  # the threads stay, so a file may stay open with them
    PLUG.plug(make_bus())
    try:
        serve_requests(control, application, THREADS)
    finally:
        close_all()
        PLUG.unplug()
