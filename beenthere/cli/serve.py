"""`beenthere serve`: the place on a port of this machine, its worker beside it."""

import asyncio
import errno
import os
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from beenthere.cli.pages import PagesProcess, can_be_apart, settle_memory
from beenthere.cli.place import choose, open_place, prepare_databases
from beenthere.cli.saying import Stop, say, stopped
from beenthere.foundation.sentences import sentence
from beenthere.foundation.tls import LOOPBACK

Port = Annotated[int | None, typer.Option(min=1, max=65535, help="The port on this machine (8000).")]
Folder = Annotated[Path | None, typer.Option("--data", help="The folder of the database and of caches.")]


def serve(port: Port = None, data: Folder = None) -> None:
    """Serve the place on this machine, with its worker."""
    try:
        serve_place(port=port, data=data)
    except Stop as stop:
        raise stopped(stop) from stop


def serve_place(
    *,
    port: int | None = None,
    data: Path | None = None,
    prepare: Callable[[], None] = lambda: None,
    greet: Callable[[str], None] | None = None,
) -> None:
    """Serves until it is told to stop (SIGINT, SIGTERM). Other settings are chosen before by
    `place.choose`. `prepare()` runs when the databases are ready, `greet(address)` when pages are
    served. Raises Stop with what is in the way.
    """
    choose(port=port, data=data)
    open_place()
    from django.conf import settings

    with ExitStack() as stack:
        pages = PagesProcess() if can_be_apart() else None
        if pages is not None:
            stack.callback(pages.stop)
        sockets = listening_sockets(settings.PLACE.port)
        for one in sockets:
            stack.callback(one.close)
        prepare_databases()
        stack.callback(_join_bus().unplug)
        prepare()
        _read_the_place()
        _serve_with_worker(sockets, settings.PLACE.port, greet or _greet, pages)


def listening_sockets(port: int) -> list[socket.socket]:
    """Bound to the loopback, both families (`localhost` may be either). Raises Stop."""
    made = []
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            one = socket.socket(family, socket.SOCK_STREAM)
        except OSError:
            continue  # a machine without this family
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind((host, port))
            # Two sockets with SO_REUSEADDR can both be bound; only one of them can listen.
            one.listen(2048)
        except OSError as failure:
            one.close()
            if failure.errno == errno.EADDRNOTAVAIL and made:
                continue  # IPv6 is switched off
            for other in made:
                other.close()
            raise _port_refused(port, failure) from failure
        made.append(one)
    return made


def _port_refused(port: int, failure: OSError) -> Stop:
    if failure.errno in (errno.EACCES, errno.EPERM):
        return Stop(
            sentence("Port {port} is kept for the system. Choose one from 1024 with --port.", port=port)
        )
    return Stop(
        sentence(
            "Port {port} is in use by another program. Choose another, for example --port {other}.",
            port=port,
            other=port + 1 if port < 65535 else port - 1,
        )
    )


def _join_bus():
    """The bus, this process listening; refuses a second serving process that the first cannot reach."""
    from beenthere.foundation.heartbeats import living_hearts
    from beenthere.foundation.wire import PLUG
    from beenthere.live.bus import FAR_REACHING, kind_of_bus, make_bus
    from beenthere.live.bus.unix import AlreadyServed

    already = Stop(
        sentence(
            "Another process serves this place already, and this bus does not join two. "
            "Stop it, choose another folder with --data, or set BEENTHERE_BUS to postgresql or redis."
        )
    )
    if kind_of_bus() not in FAR_REACHING and living_hearts("web"):
        raise already
    try:
        PLUG.plug(make_bus(listening=True))
    except AlreadyServed as taken:
        raise already from taken
    return PLUG


def _read_the_place() -> None:
    from beenthere.foundation.place import the_place

    the_place()  # from now on every page knows what the place is called


def _serve_with_worker(
    sockets: list[socket.socket], port: int, greet: Callable[[str], None], pages: PagesProcess | None
) -> None:
    import uvicorn
    from django.conf import settings

    from beenthere.cli.companion import Companion
    from beenthere.foundation.heartbeats import Beating
    from beenthere.live.bus import kind_of_bus
    from beenthere.web.asgi import site

    place = site(pages.control if pages is not None else None)
    config = uvicorn.Config(
        place,
        loop="uvloop" if os.name == "posix" else "auto",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=64 * 1024,
        proxy_headers=settings.TLS,  # who asks, only what ends TLS before us may say
        forwarded_allow_ips=LOOPBACK,
        server_header=False,
        access_log=False,  # it would hold addresses of people
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )
    # uvicorn raises the signal again when it is done; ours must not end us before the worker ended.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    heart = Beating("web", kind_of_bus())
    worker = Companion()

    def ready() -> None:
        greet(f"http://localhost:{port}")
        if pages is not None:
            pages.keep()
        worker.start()  # only now: while it starts it would take half of a small machine

    settle_memory()
    sys.setswitchinterval(0.001)  # the event loop waits no longer for a thread that works
    server = _Greeting(config, ready, place.say_goodbye)
    try:
        server.run(sockets=sockets)
    except KeyboardInterrupt:
        pass
    finally:
        if pages is not None:
            pages.stop()  # while the bus and the worker are still there
        worker.stop()
        heart.stop()


def _greet(address: str) -> None:
    from beenthere.web.first_key import first_key

    say(sentence("Serving {address}", address=address))
    say(sentence("On this machine only: it is not yet ready for real members. Stop it with Ctrl+C."))
    key = first_key()
    if key:
        say(
            sentence(
                "Nobody can join yet. Say what this place is, and open it: {link}",
                link=f"{address}/first/?key={key}",
            )
        )


def _Greeting(config, greet, say_goodbye):  # noqa: N802  # a class made late, because uvicorn is read late
    import uvicorn

    class Greeting(uvicorn.Server):
        async def startup(self, sockets=None) -> None:
            await super().startup(sockets=sockets)
            await asyncio.to_thread(greet)  # it asks the database, which the event loop must not

        async def shutdown(self, sockets=None) -> None:
            await say_goodbye()
            await super().shutdown(sockets=sockets)

    return Greeting(config)
