"""The pages as a process of their own beside the serving one: begun before it, begun again when it dies,
ended with it.

Forked, not started anew: it costs a few megabytes instead of a second interpreter with everything loaded,
and no time. Only a process with one thread can be forked safely, so a keeper is forked first of all; it
stays as it was then, and forks the pages as often as they die.
"""

import gc
import os
import select
import signal
import socket
import sys
import threading
import time
from contextlib import suppress

import structlog

PAUSES = (0.0, 0.5, 2.0, 5.0, 15.0)
STEADY = 60.0
LAST_ANSWER = 15.0
# The sockets' process goes first where both want the processor: a page is not noticed to be 5 ms later.
NICE = 2
log = structlog.get_logger(__name__)


class PagesProcess:
    """`control` is our end of the pair for `live.pages.Front`. To be made while this process has one
    thread and no database open; ends when this process ends, however it does."""

    def __init__(self) -> None:
        self._ended = False
        self.control, theirs = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        gc.freeze()  # else the first collection after the fork would copy every page of memory
        self.pid = os.fork()
        if self.pid == 0:
            self.control.close()
            _leave(_keep, theirs)
        theirs.close()

    def stop(self) -> None:
        """Afterwards the pages have ended, what they had begun answered if it took under 15 seconds."""
        self.control.close()
        if self._ended:
            return
        until = time.monotonic() + LAST_ANSWER
        while time.monotonic() < until:
            if self._has_ended():
                self._ended = True
                return
            time.sleep(0.02)
        self._ended = True
        log.warning("The pages were ended in the middle of an answer")
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)

    def _has_ended(self) -> bool:
        try:
            return os.waitpid(self.pid, os.WNOHANG)[0] != 0
        except ChildProcessError:
            return True


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


def _leave(work, control: socket.socket) -> None:
    """Does the work of a forked process, and never returns into what it was forked from."""
    code = 1
    try:
        work(control)
        code = 0
    except BaseException as failure:
        log.error("The pages ended", why=type(failure).__name__, what=str(failure))
    finally:
        with suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _keep(control: socket.socket) -> None:
    os.setsid()  # Ctrl+C goes to the serving process alone, which then ends us in order
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    deaths = 0
    while True:
        began = time.monotonic()
        pid = os.fork()
        if pid == 0:
            _leave(_serve, control)
        _, code = os.waitpid(pid, 0)
        if _has_ended(control):
            return
        deaths = 0 if time.monotonic() - began > STEADY else deaths
        log.warning("The pages died and are begun again", code=code)
        time.sleep(PAUSES[min(deaths, len(PAUSES) - 1)])
        deaths += 1
        if _has_ended(control):
            return


def _has_ended(control: socket.socket) -> bool:
    poll = select.poll()
    poll.register(control, select.POLLIN)
    return any(event & select.POLLHUP for _, event in poll.poll(0))


def _serve(control: socket.socket) -> None:
    """Loads what pages need, waits for the first line, and answers until the front has ended."""
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
