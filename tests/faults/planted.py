"""The place served with a bug of our choice, for harnesses that must be able to fail. Tests alone start it.

`python -m tests.faults.planted <bug> serve --port 8123` serves once, `... <bug> alone` without a worker.
`... <bug> again` keeps a prepared process, from which each `start` on stdin forks a place: that begins in a
tenth of a second.
`none` is no bug.
"""

import ctypes
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path

PAUSE = 0.05  # between what is promised too early and its commit
KILLED_WITH_PARENT = 1  # PR_SET_PDEATHSIG
MAY_BE_TRACED, BY_ANYBODY = 0x59616D61, -1  # PR_SET_PTRACER, for machines that allow parents alone


def tells_before_keeping() -> None:
    """What will be kept is acknowledged first, and committed a moment later."""
    from django.db import transaction

    from beenthere.conversations import sockets

    truly, pending = sockets.send_messages, threading.Thread()

    def send(drafts, **given):
        nonlocal pending
        if pending.ident is not None:
            pending.join()
        with transaction.atomic():
            outcomes = truly(drafts, **given)
            transaction.set_rollback(True)

        def keep() -> None:
            from django.db import connections

            time.sleep(PAUSE)
            truly(drafts, **given)
            connections.close_all()

        pending = threading.Thread(target=keep, daemon=True)
        pending.start()
        return outcomes

    sockets.send_messages = send


def keeps_twice() -> None:
    """A mark that comes again is kept again; `forget_marks` lets the database take it."""
    from beenthere.conversations.actions import sending

    sending._acknowledged = lambda drafts, rooms: {}


def skips() -> None:
    """Whoever reads on from a cursor misses the first of several."""
    from beenthere.conversations import sockets

    truly = sockets.read

    def read(person: str, ref: str, after: int):
        frames, now = truly(person, ref, after)
        return (frames[1:] if len(frames) > 1 else frames), now

    sockets.read = read


def syncs_lazily() -> None:
    """SQLite with synchronous=NORMAL, and nobody who looks; PostgreSQL without waiting for its disk."""
    from django.conf import settings
    from django.db import connections
    from django.db.backends.signals import connection_created

    connection_created.disconnect(dispatch_uid="pragmas")
    for alias in settings.DATABASES:
        options = connections[alias].settings_dict["OPTIONS"]
        for name in {"init_command", "options"} & options.keys():
            lazy = options[name].replace("synchronous=FULL", "synchronous=NORMAL")
            options[name] = lazy.replace("synchronous_commit=on", "synchronous_commit=off")


BUGS = {
    "none": lambda: None,
    "tells_before_keeping": tells_before_keeping,
    "keeps_twice": keeps_twice,
    "skips": skips,
    "syncs_lazily": syncs_lazily,
}


def forget_marks() -> None:
    """The database forgets that a mark is kept once. For the place of `keeps_twice`, made and migrated."""
    from django.db import connection

    from beenthere.conversations.models import Message

    (once,) = (one for one in Message._meta.constraints if one.name == "sent_once")
    Message._meta.constraints.remove(once)  # SQLite makes the whole table again, from what stands here
    with connection.schema_editor() as editor:
        editor.remove_constraint(Message, once)


def plant(bug: str) -> None:
    from beenthere.cli.place import open_place

    open_place()
    BUGS[bug]()


def serve(port: int, *, worker: bool) -> None:
    from beenthere.cli import companion
    from beenthere.cli.serve import serve_place

    if not worker:
        companion.Companion.start = companion.Companion.stop = lambda self: None
    serve_place(port=port)


def serve_again(port: int) -> None:
    """Forks a place for each `start`; `wait` tells when it ended. Ends with stdin, and it too."""
    import uvicorn  # noqa: F401  # read once, here

    import beenthere.cli.serve
    import beenthere.web.asgi
    import beenthere.web.urls  # noqa: F401

    last = 0
    for line in sys.stdin:
        if line.strip() == "start":
            last = os.fork()
            if last == 0:
                _become_the_place(port)
            print(last, flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(last, 0)[1]), flush=True)


def _become_the_place(port: int) -> None:
    ctypes.CDLL(None).prctl(KILLED_WITH_PARENT, signal.SIGKILL)
    os.setsid()
    random.seed()
    ctypes.CDLL(None).prctl(MAY_BE_TRACED, BY_ANYBODY)
    nothing = os.open(os.devnull, os.O_RDWR)
    log = os.open(Path(os.environ["BEENTHERE_DATA"]).parent / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for taken, number in ((nothing, 0), (log, 1), (log, 2)):
        os.dup2(taken, number)
    try:
        serve(port, worker=False)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(1)


def main() -> None:
    bug, what, _, port = sys.argv[1:]
    os.environ["BEENTHERE_PORT"] = port
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "beenthere.settings")
    plant(bug)
    if what == "again":
        serve_again(int(port))
    else:
        serve(int(port), worker=what == "serve")


if __name__ == "__main__":
    main()
