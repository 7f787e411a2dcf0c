"""The end in the process of the pages: a few threads, each with one request at a time."""

import socket
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from io import BytesIO

import structlog
from a2wsgi.wsgi import build_environ

from .parts import BODY, END, FAILED, READY, opened, part, receive, start_part

log = structlog.get_logger(__name__)
AT_ONCE = 64 * 1024

Application = Callable[[dict, Callable], Iterable[bytes]]


def serve_requests(control: socket.socket, application: Application, count: int) -> None:
    """Answers requests in `count` threads, until the front has ended and all are answered."""
    threads = [
        threading.Thread(target=_serve, args=(control, application), name=f"pages-{number}")
        for number in range(count)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _serve(control: socket.socket, application: Application) -> None:
    while True:
        try:
            told, handed, _, _ = socket.recv_fds(control, 1, 1)
        except OSError:
            return
        if not told:
            return  # the front has ended
        for one in handed:
            with socket.socket(fileno=one) as line, suppress(OSError):
                line.sendall(part(READY))
                while _answer_one(line, application):
                    pass


def _answer_one(line: socket.socket, application: Application) -> bool:
    """Takes the next request of the line and answers it; False when there is none any more. Raises OSError
    when the front went away in the middle."""
    asked, body = receive(line), receive(line)
    if asked is None or body is None:
        return False
    facts, answer = opened(asked[1]), _Answer(line)
    environ = build_environ(facts, BytesIO(body[1]))
    environ |= {"wsgi.input": BytesIO(body[1]), "wsgi.errors": sys.stderr, "asgi.scope": facts}
    try:
        parts = application(environ, answer.start)
        try:
            for content in parts:
                answer.write(content)
        finally:
            getattr(parts, "close", lambda: None)()
    except OSError:
        raise
    except Exception as failure:
        log.error("A page failed", why=type(failure).__name__)
        answer.fail()
    else:
        answer.end()
    return True


class _Answer:
    """Goes out when it is whole, or in pieces when it is large: mostly in one write."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._waiting: list[bytes] = []
        self._length = 0

    def start(self, status: str, headers: list[tuple[str, str]], exc_info=None) -> Callable:
        told = [
            (name.strip().lower().encode("latin-1"), value.strip().encode("latin-1"))
            for name, value in headers
        ]
        self._put(start_part(int(status.split(" ", 1)[0]), told))
        return self.write

    def write(self, content: bytes) -> None:
        if content:
            self._put(part(BODY, content))
        if self._length >= AT_ONCE:
            self._flush()

    def end(self) -> None:
        self._put(part(END))
        self._flush()

    def fail(self) -> None:
        self._waiting.clear()
        self._put(part(FAILED))
        self._flush()

    def _put(self, piece: bytes) -> None:
        self._waiting.append(piece)
        self._length += len(piece)

    def _flush(self) -> None:
        whole, self._waiting, self._length = b"".join(self._waiting), [], 0
        self._line.sendall(whole)
