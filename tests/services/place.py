"""A place served in a thread of the tests, over their database, for sockets and browsers.

The test needs `django_db(transaction=True)`: what stays in its own transaction, no other thread sees.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from websockets.sync.client import ClientConnection, connect

PATIENCE = 30


class ServedPlace:
    """`address` is where browsers go; `hub` the live hub behind it."""

    def __init__(self, port: int, hub) -> None:
        self.port, self.hub = port, hub
        self.address = f"http://localhost:{port}"

    def open_socket(self, token: str | None, *, origin: str | None = "", **options) -> ClientConnection:
        """A socket as a page of this place opens it. `origin` None sends none."""
        from django.conf import settings

        cookie = {"Cookie": f"{settings.SIGN_IN_COOKIE}={token}"} if token is not None else {}
        return connect(
            f"ws://localhost:{self.port}/live/",
            origin=self.address if origin == "" else origin,
            additional_headers=cookie,
            compression=None,
            proxy=None,
            open_timeout=PATIENCE,
            close_timeout=PATIENCE,
            **{"max_queue": None, **options},  # a client whose queue is full cannot close
        ).__enter__()  # whoever opened it closes it, by `with` or by `close`

    def socket_of(self, person, **options) -> ClientConnection:
        """A socket of somebody who signs in for it."""
        from beenthere.people.actions import sign_in

        _, token = sign_in(person=person, device="A browser", by=person)
        return self.open_socket(token, **options)


@contextmanager
def served_in_thread(app, hub=None) -> Iterator[ServedPlace]:
    """`app` on a free port of the loopback, as `beenthere serve` does it, until the block ends."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        config = uvicorn.Config(
            app,
            loop="asyncio",
            http="httptools",
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            ws_max_size=64 * 1024,
            proxy_headers=False,
            access_log=False,
            log_config=None,
            log_level="warning",
            lifespan="on",
            timeout_graceful_shutdown=5,
        )
        server = _server(config, hub)
        thread = threading.Thread(target=asyncio.run, args=(server.serve([listening]),), name="served")
        thread.start()
        try:
            until = time.monotonic() + PATIENCE
            while not server.started:
                assert thread.is_alive() and time.monotonic() < until, "the place is not served"
                time.sleep(0.01)
            yield ServedPlace(listening.getsockname()[1], hub)
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
            assert not thread.is_alive(), "the place does not end"


def _server(config: uvicorn.Config, hub) -> uvicorn.Server:
    class Server(uvicorn.Server):
        async def shutdown(self, sockets=None) -> None:
            if hub is not None:
                await hub.close()
            await super().shutdown(sockets=sockets)

    return Server(config)
