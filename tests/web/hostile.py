"""Requests and frames of somebody who means harm, drawn from a seed, and how they are sent: as bytes, since
no client would send most of them."""

import asyncio
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import re2
from django.urls import URLPattern, get_resolver

CSRF = "a" * 32
KEEPS = ("/sign-out/", "/safety/delete-me/", "/me/browsers/", "/me/recovered/")  # would end our own sign-in
PATIENCE = 30  # seconds
VALUES = (
    "",
    " ",
    "\0",
    "a\0b",
    "\ud800",
    "\udfff\ud800",
    "\ufeff",
    "\u202e\u2066abc",
    "\u200b" * 500,
    "%00",
    "%ff%fe",
    "%c0%ae%c0%ae/",
    "../" * 40 + "etc/passwd",
    "..\\..\\win.ini",
    "' OR 1=1 --",
    "'; DROP TABLE people; --",
    "1' UNION SELECT null,null--",
    "<script>alert(1)</script>",
    "{{7*7}}",
    "{% debug %}",
    "${jndi:ldap://x}",
    "=cmd|' /C calc'!A0",
    "\r\nSet-Cookie: a=b",
    "9" * 5000,
    "-1",
    "1e999",
    "NaN",
    "٣" * 300,
    "true",
    "null",
    "[]",
    "{}",
    "__proto__",
    "a" * 5000,
    "á" * 9000,
    "𝔄" * 4001,
    "Z͑ͫ̓ͪ" * 900,
    "(a+)+$" * 60,
    "((((" * 800,
    "http://[::1",
    "//evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "a@" + "b" * 300 + ".example",
    "2026-13-45T99:99:99",
    "0001-01-01",
    "9999-12-31T23:59:59.999999+14:00",
    "\x1b[2J",
    "I want to die\n" * 250,
)
NAMES = (
    "words",
    "passphrase",
    "sign_in_name",
    "take",
    "told",
    "name",
    "about",
    "after",
    "ref",
    "q",
    "next",
    "language",
    "experiences",
    "mark",
    "piece",
    "answer",
    "audience",
    "note",
    "rule",
    "lane",
    "step",
    "people",
    "from",
    "page",
    "hours",
    "timezone",
    "languages",
    "code",
    "do",
    "kind",
    "until",
    "\0",
    "words[]",
    "__class__",
    "csrfmiddlewaretoken",
)
TYPES = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-16",
    "application/x-www-form-urlencoded; charset=nothing",
    "application/json",
    "application/json; charset=utf-7",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "multipart/form-data; boundary=" + "y" * 300,
    "multipart/mixed; boundary=\xff",
    "text/plain",
    "text/xml",
    "application/octet-stream",
    "",
    "/",
    "a/b;" * 200,
    "\xff",
)
HEADERS = (
    "Accept-Language: " + "es-MX,es;q=0.9," * 300,
    "Accept-Language: \xff;;q=x",
    "Accept: " + "*/*," * 900,
    "X-Forwarded-For: 1.2.3.4, ' OR 1=1",
    "X-Forwarded-Host: evil.example",
    "X-Original-URL: /safety/desk/",
    "X-HTTP-Method-Override: DELETE",
    "Range: bytes=0-,-1,5-4",
    "If-Modified-Since: never",
    "If-None-Match: \xfe",
    "Content-Encoding: gzip",
    "Expect: 100-continue",
    "Upgrade: websocket",
    "HX-Request: true",
    "HX-Current-URL: %%%\xff",
    "Authorization: Bearer " + "x" * 3000,
    "Authorization: Bearer \xff\xfe",
    "Authorization: Basic !!!",
    'Cookie: ====;;;; a="\\777"; =b',
    "Referer: http://evil.example/" + "r" * 4000,
    "Origin: null",
    "Origin: http://evil.example",
    "Origin: http://[",
    "Host: evil.example",
    "Host: a b",
    "Host:",
    "Content-Length: -1",
    "Content-Length: 99999999999999999999",
    "Content-Length: 0x10",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: identity, chunked",
    " Folded: header",
    "No colon at all",
    "X-\0: nul",
    "X-Long: " + "z" * 60_000,
)
METHODS = (
    "GET",
    "POST",
    "GET",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "HEAD",
    "OPTIONS",
    "TRACE",
    "get",
    "BREW",
    "\xff",
)


@dataclass
class World:
    """What is there: addresses (patterns with `<...>`), refs that may stand in them, cookies of sign-ins,
    tokens of the API; `csrf`: what the cookie beside a form is called."""

    port: int
    csrf: str
    refs: list[str]
    cookies: list[str]
    tokens: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)


@dataclass
class Found:
    """What came back. `broken`: what was answered with 500 or more; `took`: seconds, and of what."""

    statuses: Counter = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)
    took: list[tuple[float, str]] = field(default_factory=list)
    closed: Counter = field(default_factory=Counter)


def every_address() -> list[str]:
    """All addresses of the place as patterns, those of the API too."""

    def below(resolver, before: str) -> Iterator[str]:
        for one in resolver.url_patterns:
            here = before + str(one.pattern)
            yield from [here] if isinstance(one, URLPattern) else below(one, here)

    return sorted({"/" + one for one in below(get_resolver(), "")})


def drawn(chance: random.Random, world: World) -> tuple[bytes, str]:
    """One request as bytes, and how it is called in a report."""
    method = chance.choice(METHODS[:4] if chance.random() < 0.7 else METHODS)
    path = _path(chance, world)
    kind, body = _body(chance) if method not in ("GET", "HEAD") else ("", b"")
    own = [f"Host: localhost:{world.port}", f"Origin: http://localhost:{world.port}", "Connection: close"]
    cookies = [f"{world.csrf}={CSRF}"]
    if chance.random() < 0.6:
        cookies.append(chance.choice(world.cookies))
    if world.tokens and path.startswith("/api") and chance.random() < 0.7:
        own.append(f"Authorization: Bearer {chance.choice(world.tokens)}")
    own += ["Cookie: " + "; ".join(cookies), f"X-CSRFToken: {CSRF}"]
    strange = chance.sample(HEADERS, chance.randrange(1, 4)) if chance.random() < 0.3 else []
    if body or method == "POST":
        own += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
    head = "\r\n".join([f"{method} {path} HTTP/1.1", *own, *strange, "", ""])
    return head.encode("latin-1", "replace") + body, f"{method} {path[:80]!r} {kind[:40]!r} {body[:80]!r}"


def _path(chance: random.Random, world: World) -> str:
    pattern = chance.choice([one for one in world.addresses if one not in KEEPS])
    filled = re2.sub(r"<[^>]*>", lambda _: _in_path(chance, world), pattern)
    query = ""
    if chance.random() < 0.4:
        pairs = [
            f"{chance.choice(NAMES)}={_quoted(chance, _value(chance)[:3000])}"
            for _ in range(chance.randrange(1, 4))
        ]
        query = "?" + "&".join(pairs)
    if chance.random() < 0.05:
        filled += chance.choice(("/../", "//", "%2e%2e/", "%00", ";a=b", "\\", "%", "%zz", ".php", "~"))
    clean = "".join(one if " " < one < "\x7f" or "\xa0" < one < "\xff" else "%20" for one in filled + query)
    return clean or "/"


def _in_path(chance: random.Random, world: World) -> str:
    if chance.random() < 0.6:
        return chance.choice(world.refs)
    return _quoted(chance, _value(chance)[:600])


def _quoted(chance: random.Random, value: str) -> str:
    """As a browser sends it, or nearly."""
    raw = value.encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        raw = bytes(chance.randrange(256) for _ in range(24))
    return "".join(f"%{one:02x}" if chance.random() < 0.5 or not 48 <= one < 123 else chr(one) for one in raw)


def _value(chance: random.Random) -> str:
    return chance.choice(VALUES)


def _body(chance: random.Random) -> tuple[str, bytes]:
    kind = chance.choice(TYPES[:6] if chance.random() < 0.8 else TYPES)
    sort = chance.choice(("form", "form", "json", "json", "multipart", "noise", "deep", "huge"))
    if sort == "form":
        body = "&".join(
            f"{_quoted(chance, chance.choice(NAMES))}={_quoted(chance, _value(chance))}"
            for _ in range(chance.choice((1, 3, 8, 40)))
        ).encode()
    elif sort == "json":
        told = {chance.choice(NAMES): _thing(chance, 3) for _ in range(chance.randrange(6))}
        body = json.dumps(told, ensure_ascii=chance.random() < 0.7).encode("utf-8", "surrogatepass")
    elif sort == "multipart":
        body = b"".join(_part(chance) for _ in range(chance.randrange(1, 5))) + chance.choice(
            (b"--x--\r\n", b"--x", b"")
        )
    elif sort == "noise":
        body = chance.randbytes(chance.randrange(2000))
    elif sort == "deep":
        depth = chance.choice((50, 1_000, 100_000))
        body = chance.choice((b"[" * depth, b'{"words":' * (depth // 8) + b"1", b"[" * depth + b"]" * depth))
    else:
        body = b"words=" + b"%F0%9F" * chance.choice((10_000, 40_000, 60_000))
    if sort in ("json", "deep") and chance.random() < 0.7:
        kind = "application/json"
    return kind, body


def _part(chance: random.Random) -> bytes:
    name = chance.choice(NAMES).encode("utf-8", "surrogatepass")
    head = chance.choice(
        (
            b'Content-Disposition: form-data; name="%s"' % name,
            b'Content-Disposition: form-data; name="%s"; filename="../../x\0.png"' % name,
            b"Content-Disposition: form-data; name*=utf-9''%ff; filename",
            b"Content-Transfer-Encoding: base64\r\nContent-Disposition: form-data; name=words",
            b"",
        )
    )
    return b"--x\r\n" + head + b"\r\n\r\n" + _value(chance).encode("utf-8", "surrogatepass") + b"\r\n"


def _thing(chance: random.Random, depth: int):
    kinds = ("text", "text", "number", "none", *(("list", "dict") if depth else ()))
    kind = chance.choice(kinds)
    if kind == "text":
        return _value(chance)
    if kind == "number":
        return chance.choice((0, -1, 10**40, 1e308, float("nan"), float("inf"), True, 2**63))
    if kind == "list":
        return [_thing(chance, depth - 1) for _ in range(chance.randrange(4))]
    return {chance.choice(NAMES): _thing(chance, depth - 1) for _ in range(3)} if kind == "dict" else None


def drawn_frame(chance: random.Random, world: World) -> str | bytes:
    """What is sent down a socket in one message."""
    ref = chance.choice(world.refs)
    value = _value(chance).encode("utf-8", "replace").decode()
    sort = chance.randrange(9)
    if sort == 0:
        return chance.randbytes(chance.choice((0, 3, 500)))
    if sort == 1:
        return chance.choice(
            ("[" * 30_000, '{"a":' * 8_000, '{"open":' + "[" * 9_000 + "]" * 9_000 + "}", "9" * 60_000)
        )
    if sort == 2:
        return "x" * chance.choice((65_000, 70_000, 300_000))
    if sort == 3:
        return value
    told = {
        4: {"open": ref, "after": chance.choice((0, -1, 2**53, 2**80, "0", None, True))},
        5: {"say": ref, "mark": chance.choice((value, "m1", "")), "words": value},
        6: {
            "sign": ref,
            "what": chance.choice(("typing", "read", value)),
            "number": chance.choice((1, -1, 2**70)),
        },
        7: {chance.choice(NAMES): _thing(chance, 3), "op": value},
        8: {"say": _thing(chance, 2), "mark": _thing(chance, 2), "words": _thing(chance, 2), "kind": value},
    }[sort]
    return json.dumps(told)


async def send(world: World, request: bytes) -> tuple[int, float]:
    """The status (0: cut off without one) and the seconds until the last byte."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", world.port)
    status = 0
    with suppress(OSError):
        writer.write(request)
        if b"\r\nTransfer-Encoding" in request or b"\r\nContent-Length: 9999" in request:
            writer.write_eof()  # it would wait for more
        first = await asyncio.wait_for(reader.readline(), PATIENCE)
        if first:
            status = int(first.split()[1])
            await asyncio.wait_for(reader.read(), PATIENCE)
    took = time.perf_counter() - began
    writer.close()
    return status, took


async def attack(world: World, found: Found, *, seed: int, requests: int, frames: int) -> None:
    """One after the other: first over HTTP, then over sockets."""
    chance = random.Random(seed)
    for _ in range(requests):
        request, called = drawn(chance, world)
        status, took = await send(world, request)
        found.statuses[status] += 1
        found.took.append((took, called))
        if status >= 500:
            found.broken.append(f"{status} {called}")
    sent = 0
    while sent < frames:
        sent += await _on_one_socket(world, chance, found, frames - sent)


async def _on_one_socket(world: World, chance: random.Random, found: Found, most: int) -> int:
    """Sends until the place ends it; how many were sent."""
    from websockets.asyncio.client import connect
    from websockets.exceptions import ConnectionClosed

    headers = {"Cookie": chance.choice(world.cookies)}
    origin = f"http://localhost:{world.port}"
    sent = 0
    async with connect(
        f"ws://localhost:{world.port}/live/",
        origin=origin,
        additional_headers=headers,
        compression=None,
        proxy=None,
    ) as one:
        try:
            while sent < min(most, 40):
                sent += 1
                await one.send(drawn_frame(chance, world))
                with suppress(TimeoutError):
                    await asyncio.wait_for(one.recv(), 0.02)
        except ConnectionClosed as ended:
            code = ended.rcvd.code if ended.rcvd else 1006
            found.closed[code] += 1
            if code == 1011:  # the place broke
                found.broken.append("socket 1011")
    return sent
