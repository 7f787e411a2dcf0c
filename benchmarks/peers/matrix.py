"""Members by Matrix: HTTP/1.1 on the loopback, one connection that stays to say, one that stays to hear."""

import asyncio
import hashlib
import hmac
import json
from urllib.parse import quote

from benchmarks.peers.driver import Member
from benchmarks.rooms import ROOMS, SEATS

PASSWORD = "lantern"
WAIT = 30_000  # ms a /sync may wait for something new
NOTHING = {"types": []}
FILTER = {
    "presence": NOTHING,
    "account_data": NOTHING,
    "room": {
        "timeline": {"limit": 1000, "types": ["m.room.message"]},
        "state": {"types": [], "lazy_load_members": True},
        "ephemeral": NOTHING,
        "account_data": NOTHING,
    },
}


class Line:
    """One connection, one request after the other."""

    def __init__(self, port: int, token: str = "") -> None:
        self.port = port
        self.headers = f"Host: localhost:{port}\r\n" + (f"Authorization: Bearer {token}\r\n" if token else "")
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, method: str, path: str, content: dict | None = None) -> bytes:
        """What was answered. Raises RuntimeError unless it is 200."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)
        reader, writer = self._streams
        body = b"" if content is None else json.dumps(content).encode()
        head = f"{method} {path} HTTP/1.1\r\n{self.headers}Content-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        status = answer.split(b" ", 2)[1]
        told = await _body(reader, answer.lower())
        if status != b"200":
            raise RuntimeError(f"{method} {path.partition('?')[0]}: {status.decode()} {told[:300]!r}")
        return told

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()


async def _body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    if b"transfer-encoding: chunked" not in head:
        return await reader.readexactly(int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0]))
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(parts)


class MatrixMember(Member):
    acknowledges = True

    def __init__(self, room: int, seat: int, port: int, account: dict) -> None:
        super().__init__(room, seat)
        self.user = account["user_id"]
        self.saying, self.hearing = (Line(port, account["access_token"]) for _ in range(2))
        self.room_id = ""
        self._to_say: asyncio.Queue = asyncio.Queue()
        self._tasks: list[asyncio.Task] = []
        self._since = ""

    def say(self, mark: bytes, words: str) -> None:
        self._to_say.put_nowait((mark, words))

    async def listen(self) -> None:
        """Returns when it would hear all that is said from now on."""
        await self._hear(0)
        self._tasks = [asyncio.create_task(self._go_on(work)) for work in (self._say_on, self._hear_on)]

    def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        self.saying.close()
        self.hearing.close()

    async def _go_on(self, work) -> None:
        try:
            await work()
        except Exception as failure:
            self.driver.refused.add(f"{type(failure).__name__}: {failure}")

    async def _say_on(self) -> None:
        path = f"/_matrix/client/v3/rooms/{quote(self.room_id)}/send/m.room.message/"
        while True:
            mark, words = await self._to_say.get()
            await self.saying.ask("PUT", path + mark.decode(), {"msgtype": "m.text", "body": words})
            self.driver.acknowledged(mark)

    async def _hear_on(self) -> None:
        while True:
            self.feed(await self._hear(WAIT))

    async def _hear(self, wait: int) -> bytes:
        path = f"/_matrix/client/v3/sync?timeout={wait}&filter={quote(json.dumps(FILTER))}"
        told = await self.hearing.ask("GET", path + (f"&since={self._since}" if self._since else ""))
        answer = json.loads(told)
        self._since = answer["next_batch"]
        for room in answer.get("rooms", {}).get("join", {}).values():
            assert not (wait and room["timeline"]["limited"]), "a part of the timeline was left out"
        return told


async def members_of(facts: dict) -> list[MatrixMember]:
    rooms = await asyncio.gather(*(_room(number, facts["port"], facts["secret"]) for number in range(ROOMS)))
    return [member for members in rooms for member in members]


async def _room(number: int, port: int, secret: str) -> list[MatrixMember]:
    """Ten new people in a new room."""
    line = Line(port)
    members = []
    for seat in range(SEATS):
        account = await _register(line, f"person-{number}-{seat}", secret)
        members.append(MatrixMember(number, seat, port, account))
    line.close()
    first, *others = members
    made = await first.saying.ask("POST", "/_matrix/client/v3/createRoom", {"preset": "public_chat"})
    for member in members:
        member.room_id = json.loads(made)["room_id"]
    for member in others:
        await member.saying.ask("POST", f"/_matrix/client/v3/join/{quote(first.room_id)}", {})
    for member in members:
        await member.listen()
    return members


async def _register(line: Line, name: str, secret: str) -> dict:
    path = "/_synapse/admin/v1/register"
    nonce = json.loads(await line.ask("GET", path))["nonce"]
    told = "\0".join((nonce, name, PASSWORD, "notadmin"))
    mac = hmac.new(secret.encode(), told.encode(), hashlib.sha1).hexdigest()
    account = {"nonce": nonce, "username": name, "password": PASSWORD, "admin": False, "mac": mac}
    return json.loads(await line.ask("POST", path, account))
