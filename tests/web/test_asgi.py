"""The door before Django: whole bodies within limits, no sockets yet, and slow posts stop nobody."""

import asyncio

import pytest
from asgiref.testing import ApplicationCommunicator

from beenthere.web import asgi
from beenthere.web.asgi import MOST, MOST_UPLOAD, Site
from beenthere.web.guard import ALWAYS


class Pages:
    """Stands for Django: remembers the bodies that reach it."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []

    async def __call__(self, scope, receive, send) -> None:
        message = await receive()
        assert (message["more_body"], (await receive())["type"]) == (False, "http.disconnect")
        self.bodies.append(message["body"])
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"page"})


@pytest.fixture
def pages() -> Pages:
    return Pages()


def scope(path: str = "/", **headers: str) -> dict:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "POST", "path": path, "headers": pairs}


def parts_of(*bodies: bytes) -> list[dict]:
    last = len(bodies) - 1
    return [
        {"type": "http.request", "body": body, "more_body": number < last}
        for number, body in enumerate(bodies)
    ]


def answer(site: Site, request: dict, messages: list[dict]) -> tuple[int, str]:
    """Status and page of one request."""

    async def ask() -> tuple[int, str]:
        talk = ApplicationCommunicator(site, request)
        for message in messages:
            await talk.send_input(message)
        start = await talk.receive_output(20)
        body = await talk.receive_output(20)
        await talk.wait(20)
        return start["status"], body["body"].decode()

    return asyncio.run(ask())


def test_a_body_reaches_django_whole(pages):
    site = Site(pages, uploads=False)
    assert answer(site, scope(), parts_of(b"words=", b"Ana", b"")) == (200, "page")
    assert answer(site, scope(), parts_of(b"")) == (200, "page")
    assert pages.bodies == [b"words=Ana", b""]


@pytest.mark.parametrize(
    ("length", "status"), [(MOST, 200), (MOST + 1, 413), (MOST_UPLOAD, 413)], ids=["most", "over", "far over"]
)
def test_what_is_too_large_is_told_and_never_reaches_django(pages, length, status):
    site = Site(pages, uploads=False)
    half = length // 2
    for headers in ({}, {"content_length": str(length)}):
        found, _ = answer(site, scope(**headers), parts_of(b"x" * half, b"x" * (length - half)))
        assert found == status
    assert len(pages.bodies) == (2 if status == 200 else 0)


def test_a_length_beyond_all_measure_is_refused_without_reading(pages):
    status, page = answer(Site(pages, uploads=False), scope(content_length=str(10**12)), [])
    assert (status, "256 KB" in page, pages.bodies) == (413, True, [])


@pytest.mark.parametrize(
    ("uploads", "path", "status"),
    [
        (True, "/pair/upload/", 200),
        (True, "/pairs/", 413),
        (True, "/", 413),
        (False, "/pair/upload/", 413),
    ],
)
def test_only_the_local_tools_take_large_files_and_only_there(pages, uploads, path, status):
    found, _ = answer(Site(pages, uploads=uploads), scope(path), parts_of(b"x" * (MOST + 1)))
    assert found == status


def test_even_there_a_file_has_a_limit(pages):
    status, page = answer(Site(pages, uploads=True), scope("/pair/"), parts_of(b"x" * (MOST_UPLOAD + 1)))
    assert (status, "50 MB" in page, pages.bodies) == (413, True, [])


def test_a_body_that_does_not_come_is_given_up(pages):
    site = Site(pages, uploads=False, seconds=0.05)
    status, page = answer(site, scope("/say/"), parts_of(b"half", b"never")[:1])
    assert (status, 'href="/say/"' in page, pages.bodies) == (408, True, [])


def test_slow_posts_take_no_thread(pages):
    """More than there are threads, none complete; a page is answered meanwhile."""

    async def crowd() -> int:
        site = Site(pages, uploads=False)
        slow = [ApplicationCommunicator(site, scope()) for _ in range(asgi.THREADS * 3)]
        for talk in slow:
            await talk.send_input(parts_of(b"h", b"")[0])
        quick = ApplicationCommunicator(site, scope())
        await quick.send_input(parts_of(b"")[0])
        start = await quick.receive_output(20)
        for talk in slow:
            talk.stop(exceptions=False)
        return start["status"]

    assert asyncio.run(crowd()) == 200


def test_who_goes_away_gets_no_answer(pages):
    async def leave() -> None:
        talk = ApplicationCommunicator(Site(pages, uploads=False), scope())
        await talk.send_input(parts_of(b"half", b"")[0])
        await talk.send_input({"type": "http.disconnect"})
        await talk.wait(20)
        assert await talk.receive_nothing()

    asyncio.run(leave())
    assert pages.bodies == []


@pytest.mark.parametrize(
    ("asked", "language"),
    [("es-MX,es;q=0.9", "es"), ("en", "en"), ("xx", "en"), ("", "en"), ("\xff;;", "en")],
)
def test_a_refusal_speaks_the_language_asked_for(pages, asked, language):
    request = scope()
    request["headers"] = [(b"accept-language", asked.encode("latin-1")), (b"content-length", b"9" * 12)]
    _, page = answer(Site(pages, uploads=False), request, [])
    assert page.startswith(f'<!doctype html><html lang="{language}">')


def test_a_refusal_repeats_nothing_unescaped(pages):
    _, page = answer(Site(pages, uploads=False), scope('/"><b>/', content_length="9" * 12), [])
    assert "<b>" not in page


@pytest.mark.parametrize("extended", [True, False])
def test_sockets_are_refused_for_now(pages, extended):
    request = {"type": "websocket", "path": "/", "headers": []}
    if extended:
        request["extensions"] = {"websocket.http.response": {}}

    async def knock() -> dict:
        talk = ApplicationCommunicator(Site(pages, uploads=False), request)
        await talk.send_input({"type": "websocket.connect"})
        return await talk.receive_output(20)

    said = asyncio.run(knock())
    expected = (
        {"type": "websocket.http.response.start", "status": 404, "headers": [*ALWAYS]}
        if extended
        else {"type": "websocket.close", "code": 1000}
    )
    assert said == expected
