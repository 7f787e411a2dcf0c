"""What goes between front and back: parts, each a letter, a length and bytes.

Both are one program at one moment (the back is a fork of the front), so plain values travel as `marshal`
writes them.
"""

import marshal
import socket
import struct

HEAD = struct.Struct("!cI")
READY, REQUEST, BODY, START, END, FAILED = b"r", b"q", b"b", b"s", b"e", b"f"
# Of an ASGI scope; all of them plain values.
FACTS = ("method", "scheme", "path", "raw_path", "query_string", "root_path", "http_version", "headers")
FACTS += ("client", "server")


def part(kind: bytes, content: bytes = b"") -> bytes:
    return HEAD.pack(kind, len(content)) + content


def request_parts(scope: dict, body: bytes) -> bytes:
    facts = {name: scope[name] for name in FACTS if name in scope}
    return part(REQUEST, marshal.dumps(facts)) + part(BODY, body)


def start_part(status: int, headers: list[tuple[bytes, bytes]]) -> bytes:
    return part(START, marshal.dumps((status, headers)))


def opened(content: bytes):
    return marshal.loads(content)  # noqa: S302  # written by our own fork, on a socket nobody else has


def receive(end: socket.socket) -> tuple[bytes, bytes] | None:
    """The next part, waiting for it; None when the other side ended."""
    head = _exactly(end, HEAD.size)
    if head is None:
        return None
    kind, length = HEAD.unpack(head)
    content = _exactly(end, length)
    return None if content is None else (kind, content)


def _exactly(end: socket.socket, length: int) -> bytes | None:
    whole = bytearray(length)
    view, so_far = memoryview(whole), 0
    while so_far < length:
        got = end.recv_into(view[so_far:])
        if not got:
            return None
        so_far += got
    return bytes(whole)
