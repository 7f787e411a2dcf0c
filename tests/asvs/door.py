"""The whole place behind its ASGI door, as a server hands requests over."""

import asyncio

from asgiref.testing import ApplicationCommunicator

from beenthere.web.asgi import Site, site


def request(path: str = "/", method: str = "GET", *, scheme="http", query="", **headers: str) -> dict:
    pairs = [(b"host", b"localhost")]
    pairs += [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": pairs,
        "client": ("127.0.0.1", 50000),
        "server": ("127.0.0.1", 8000),
    }


def knock(path: str = "/live/", *, scheme: str = "ws", **headers) -> dict:
    """The opening of a socket."""
    told = {**request(path, scheme=scheme, **headers), "type": "websocket", "subprotocols": []}
    return {**told, "extensions": {"websocket.http.response": {}}}


def answer(told: dict, body: bytes = b"", *, at: Site | None = None) -> tuple[int, dict[str, str], str]:
    """Status, headers and body of what the place answers."""
    place = at or site()

    async def ask() -> tuple[int, dict[str, str], str]:
        talk = ApplicationCommunicator(place, told)
        if told["type"] == "websocket":
            await talk.send_input({"type": "websocket.connect"})
        else:
            await talk.send_input({"type": "http.request", "body": body, "more_body": False})
        start, parts = await talk.receive_output(30), []
        while True:
            part = await talk.receive_output(30)
            parts.append(part.get("body", b""))
            if not part.get("more_body"):
                break
        await talk.wait(30)
        headers = {bytes(name).decode().lower(): bytes(value).decode() for name, value in start["headers"]}
        return start["status"], headers, b"".join(parts).decode(errors="replace")

    return asyncio.run(ask())
