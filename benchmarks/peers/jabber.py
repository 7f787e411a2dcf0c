"""Members by XMPP: a stream over TCP on the loopback, an account, a room (XEP-0045), and what is said there.

Written for the measurement: nothing is parsed but what a step waits for.
"""

import asyncio
import base64

from benchmarks.peers.driver import PATIENCE, Member
from benchmarks.rooms import ROOMS, SEATS

HOST, PASSWORD = "localhost", "lantern"
STREAM = (
    f"<?xml version='1.0'?><stream:stream to='{HOST}' version='1.0' xmlns='jabber:client' "
    "xmlns:stream='http://etherx.jabber.org/streams'>"
)


class JabberMember(Member, asyncio.Protocol):
    def __init__(self, room: int, seat: int) -> None:
        super().__init__(room, seat)
        self.name = f"person-{room}-{seat}"
        self.address = f"room-{room}@rooms.{HOST}"
        self._before = b""
        self._awaited: tuple[bytes, asyncio.Future] | None = None
        self._is_in = False

    def connection_made(self, transport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if self._is_in:
            if b"type='error'" in data:
                self.driver.refused.add(data[:300].decode(errors="replace"))
            self.feed(data)
            return
        self._before += data
        self._look()

    def connection_lost(self, why) -> None:
        if self._awaited is not None and not self._awaited[1].done():
            self._awaited[1].set_exception(ConnectionError(self._before[-300:].decode(errors="replace")))

    def say(self, mark: bytes, words: str) -> None:
        head = f"<message to='{self.address}' type='groupchat' id='{mark.decode()}'>"
        said = f"{head}<body>{words}</body></message>"
        self.transport.write(said.encode())

    def close(self) -> None:
        self.transport.close()

    async def join(self, port: int) -> None:
        """Registers, signs in (SASL PLAIN), binds and enters the room."""
        await asyncio.get_running_loop().create_connection(lambda: self, "127.0.0.1", port)
        await self._ask(STREAM, b"</stream:features>")
        await self._ask(
            f"<iq type='set' id='new' to='{HOST}'><query xmlns='jabber:iq:register'>"
            f"<username>{self.name}</username><password>{PASSWORD}</password></query></iq>",
            b"type='result'",
        )
        secret = base64.b64encode(f"\0{self.name}\0{PASSWORD}".encode()).decode()
        await self._ask(
            f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>", b"<success"
        )
        await self._ask(STREAM, b"</stream:features>")
        await self._ask(
            "<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>"
            "<resource>here</resource></bind></iq>",
            b"</bind>",
        )
        await self._ask(
            f"<presence to='{self.address}/{self.name}'><x xmlns='http://jabber.org/protocol/muc'>"
            "<history maxstanzas='0'/></x></presence>",
            b"<subject",
        )
        self._is_in = True
        self.feed(self._before)

    async def _ask(self, words: str, answer: bytes) -> None:
        """Says it, and returns when `answer` came."""
        future = asyncio.get_running_loop().create_future()
        self._awaited = (answer, future)
        self.transport.write(words.encode())
        try:
            await asyncio.wait_for(future, PATIENCE)
        except TimeoutError as late:
            raise TimeoutError(f"{answer!r} never came: {self._before[-300:]!r}") from late

    def _look(self) -> None:
        if self._awaited is None:
            return
        answer, future = self._awaited
        before, found, after = self._before.partition(answer)
        if found and not future.done():
            self._before, self._awaited = after, None
            future.set_result(None)


async def members_of(facts: dict) -> list[JabberMember]:
    members = [JabberMember(room, seat) for room in range(ROOMS) for seat in range(SEATS)]
    for member in members:
        await member.join(facts["port"])
    return members
