"""Pages in a process of their own: whole requests pass, and what breaks off is told and mended."""

import asyncio
import http.client
import json
import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from websockets.sync.client import connect

from beenthere.live.pages import Front, serve_requests
from beenthere.web.asgi import Site
from tests.cli.served import Served, free_port, serving, wait_until
from tests.live.talk import hear, tell
from tests.live.test_two_processes import MEET, run_beside
from tests.services.place import PATIENCE, served_in_thread

LARGE = b"0123456789abcdef" * 65_536  # a megabyte


class Pages:
    """A WSGI application that tells what it was asked, and misbehaves when asked to."""

    def __init__(self) -> None:
        self.go_on, self.waiting = threading.Event(), threading.Semaphore(0)
        self.closed = 0

    def __call__(self, environ: dict, start):
        path = environ["PATH_INFO"]
        if path == "/fails":
            raise ValueError("Ana said something")
        if path == "/waits":
            self.waiting.release()
            assert self.go_on.wait(PATIENCE)
        start("200 OK", [("Content-Type", "text/plain"), ("X-One", "1"), ("X-One", "2")])
        return self._content(path, environ)

    def _content(self, path: str, environ: dict) -> Iterator[bytes]:
        try:
            if path == "/large":
                yield from (LARGE[at : at + 10_000] for at in range(0, len(LARGE), 10_000))
            elif path == "/breaks":
                yield LARGE
                raise ValueError("in the middle")
            else:
                yield b""
                body = environ["wsgi.input"].read().decode("latin-1")
                told = [environ["REQUEST_METHOD"], path, environ["QUERY_STRING"], body]
                yield json.dumps([*told, environ["HTTP_X_MINE"], environ.get("CONTENT_TYPE", "")]).encode()
        finally:
            self.closed += 1


@contextmanager
def apart(pages: Pages, count: int = 2):
    """A served place whose pages are answered across a pair of sockets, by threads of this process."""
    mine, theirs = socket.socketpair()
    back = threading.Thread(target=serve_requests, args=(theirs, pages, count))
    back.start()
    with served_in_thread(Site(Front(mine, count), uploads=False)) as place:
        yield place
    back.join(PATIENCE)
    assert not back.is_alive(), "the pages do not end with their front"
    theirs.close()


def ask(place, path: str, *, method: str = "GET", body: bytes | None = None):
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=PATIENCE)
    headers = {"X-Mine": "ñ".encode("latin-1"), "Content-Type": "text/plain", "Accept-Language": "en"}
    try:
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers.get_all("X-One"), answer.read()
    finally:
        connection.close()


def test_requests_and_answers_pass_whole():
    pages = Pages()
    with apart(pages) as place:
        for _ in range(5):
            status, ones, content = ask(place, "/a%20b/%C3%B1?c=%26", method="POST", body=bytes(range(256)))
            assert (status, ones) == (200, ["1", "2"])
            path = "/a b/ñ".encode().decode("latin-1")
            sent = bytes(range(256)).decode("latin-1")
            assert json.loads(content) == ["POST", path, "c=%26", sent, "ñ", "text/plain"]
            assert ask(place, "/large")[2] == LARGE
    assert pages.closed == 10


def test_a_page_that_fails_is_told_and_the_next_one_comes():
    with apart(Pages(), count=1) as place:
        status, _, content = ask(place, "/fails")
        assert (status, b"This page did not come" in content, b"Ana" in content) == (503, True, False)
        with pytest.raises(http.client.IncompleteRead):
            ask(place, "/breaks")  # never as if it were whole
        assert ask(place, "/")[0] == 200


def test_more_than_there_are_threads_wait_their_turn():
    pages = Pages()
    with apart(pages, count=2) as place:
        answers: list = []
        asking = [threading.Thread(target=lambda: answers.append(ask(place, "/waits")[0])) for _ in range(6)]
        for one in asking:
            one.start()
        for _ in range(2):
            assert pages.waiting.acquire(timeout=PATIENCE)
        assert not pages.waiting.acquire(timeout=0.2)
        pages.go_on.set()
        for one in asking:
            one.join(PATIENCE)
        assert answers == [200] * 6


def test_the_answer_to_one_who_went_is_never_given_to_the_next():
    """The server gives a request up in the middle: its line is not used again."""
    pages = Pages()
    mine, theirs = socket.socketpair()
    back = threading.Thread(target=serve_requests, args=(theirs, pages, 2))
    back.start()
    scope = {"method": "GET", "query_string": b"", "http_version": "1.1", "headers": [(b"x-mine", b"m")]}

    async def asked(front: Front, path: str) -> bytes:
        whole = b""

        async def receive() -> dict:
            return {"type": "http.request", "body": b""}

        async def send(message: dict) -> None:
            nonlocal whole
            whole += message.get("body", b"")

        await front({**scope, "path": path}, receive, send)
        return whole

    async def live() -> list:
        front = Front(mine, 1)
        gone = asyncio.create_task(asked(front, "/waits"))
        assert await asyncio.to_thread(pages.waiting.acquire, timeout=PATIENCE)
        gone.cancel()
        with suppress(asyncio.CancelledError):
            await gone
        pages.go_on.set()
        answer = json.loads(await asked(front, "/next"))
        await front.close()
        return answer

    try:
        assert asyncio.run(live()) == ["GET", "/next", "", "", "m", ""]
    finally:
        pages.go_on.set()
        mine.close()
        back.join(PATIENCE)
        theirs.close()


def pages_of(place: Served) -> list[int]:
    """The processes of the pages: one, or none for a moment."""
    command = ["ps", "-o", "pid=,stat=,args=", "--ppid", str(place.process.pid)]
    listed = subprocess.run(command, capture_output=True, text=True).stdout.splitlines()
    children = [line.split(maxsplit=2) for line in listed]
    own = ("beenthere work", "ps -o")
    return [
        int(pid) for pid, state, words in children if state[0] != "Z" and not any(one in words for one in own)
    ]


def test_pages_that_are_killed_come_again_and_open_sockets_stay(tmp_path):
    port = free_port()
    with serving(tmp_path / "place", port=port) as place:
        facts = json.loads(run_beside(tmp_path / "place", port, MEET))
        page = connect(
            f"ws://localhost:{port}/live/",
            origin=f"http://localhost:{port}",
            additional_headers={"Cookie": f"beenthere_sign_in_{port}={facts['token']}"},
            compression=None,
            proxy=None,
        ).__enter__()
        tell(page, open=facts["talk"], after=0)
        assert hear(page) == {"open": facts["talk"], "now": 0}
        for number in (1, 2):
            assert place.get("/").status == 200
            [pages] = pages_of(place)
            os.kill(pages, signal.SIGKILL)
            wait_until(lambda: place.get("/").status == 200, "the pages never came again")
            assert len(pages_of(place)) == 1 and pages_of(place) != [pages]
            tell(page, say=facts["talk"], mark=f"m{number}", words="I am here.")
            assert {tuple(hear(page))[0], tuple(hear(page))[0]} == {"kept", "said"}
        [pages] = pages_of(place)
        os.kill(place.process.pid, signal.SIGKILL)
        wait_until(lambda: not is_there(pages), "pages stayed behind")
        page.close()


def is_there(pid: int) -> bool:
    from beenthere.foundation import heartbeats

    return heartbeats._runs(pid)


def test_what_is_posted_to_a_page_reaches_open_windows_and_the_other_way_round(tmp_path):
    """The pages commit in their process, the window hears it in this one."""
    port = free_port()
    with serving(tmp_path / "place", port=port) as place:
        facts = json.loads(run_beside(tmp_path / "place", port, MEET))
        cookie = {"Cookie": f"beenthere_sign_in_{port}={facts['token']}"}
        page = connect(
            f"ws://localhost:{port}/live/",
            origin=f"http://localhost:{port}",
            additional_headers=cookie,
            compression=None,
            proxy=None,
        ).__enter__()
        tell(page, open=facts["talk"], after=0)
        assert hear(page) == {"open": facts["talk"], "now": 0}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        address = f"/api/v1/conversations/{facts['talk']}/messages"
        for number in range(1, 4):
            words = json.dumps({"mark": f"m{number}", "words": f"Word {number}."})
            headers = {"Host": f"localhost:{port}", "Authorization": f"Bearer {facts['own']}"}
            headers |= {"Content-Type": "application/json"}
            connection.request("POST", address, body=words, headers=headers)
            answer = connection.getresponse()
            assert answer.status == 201, answer.read()
            answer.read()
            said = hear(page)
            assert (said["number"], said["words"]) == (number, f"Word {number}.")
        connection.close()
        page.close()
        assert "Traceback" not in place.said()


@pytest.mark.parametrize("how", [{"BEENTHERE_PAGES": "together"}, {"BEENTHERE_BUS": "memory"}])
def test_pages_can_be_made_beside_the_sockets(tmp_path, how):
    with serving(tmp_path / "place", **how) as place:
        assert place.get("/").status == 200
        assert pages_of(place) == []
