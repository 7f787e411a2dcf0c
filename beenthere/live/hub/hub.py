"""The hub: every socket of this process, the rooms they sit in, and what reaches them.

All state belongs to one event loop. The database is asked in threads, messages are committed by the
batcher, and the bus and the batcher hand what they have over to the loop.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from inspect import unwrap
from typing import Any

import structlog

from beenthere.foundation import wire
from beenthere.foundation.refs import new_ref
from beenthere.live.batches import Batcher, Busy, batcher_of
from beenthere.live.threads import Threads

from .door import BAD_FRAMES, GOING_AWAY, NOT_READING, SIGNED_OUT, TOO_LARGE, Admitted, Door, Limits
from .ears import hear
from .entrance import is_our_origin, refuse, token_of
from .frames import Malformed, Open, Say, Sign, frame_in, frame_out
from .presence import Presence
from .rooms import Room
from .signs import Rounds, Told, told_in
from .socket import Socket

log = structlog.get_logger(__name__)
THREADS = 4
# Until uvicorn ends connections itself.
FAREWELL = 0.5


class Hub:
    """An ASGI application for websockets. Begins with its first socket, or with `begin`."""

    def __init__(self, door: Door, limits: Limits | None = None) -> None:
        self.door, self.limits = door, limits or Limits()
        self.sockets: set[Socket] = set()
        self.rooms: dict[str, Room] = {}
        self.people: dict[str, Presence] = {}
        self._process = new_ref()  # so that signs of this very hub, heard by the bus, are known as such
        self._rounds: Rounds | None = None
        self._senders: dict[int, tuple[Any, Socket, Say]] = {}  # by id of the draft, which is kept here
        self._loop: asyncio.AbstractEventLoop | None = None
        self._threads: Threads | None = None
        self._batcher: Batcher | None = None
        self._sweep: asyncio.Task | None = None
        self._stops: list[Callable[[], None]] = []
        self._closing = False

    def begin(self) -> None:
        """Afterwards the bus and the batcher are heard. To be called in the event loop."""
        if self._loop is not None:
            return
        self._loop = asyncio.get_running_loop()
        self._threads = Threads(THREADS, "hub")
        self._batcher = batcher_of(self.door.batch, self.door.commit)
        self._batcher.told.append(self._told_in_thread)
        for topic, heard in (
            (self.door.said, self._said),
            (self.door.closed, self._closed),
            (self.door.changed, self._changed),
            (self.door.told, self._signs_told),
            (self.door.signed_out, self._signed_out),
            (wire.GAP, self._missed_something),
        ):
            self._stops.append(hear(topic, self._in_the_loop(heard)))
        self._rounds = Rounds(self.limits, self._loop.time())
        self._sweep = self._loop.create_task(self._sweep_again_and_again())

    async def close(self) -> None:
        """Every socket is told that the place goes away (1001). Nothing is heard afterwards."""
        self._closing = True
        for socket in list(self.sockets):
            socket.close(GOING_AWAY)
        if self._loop is None:
            return
        for stop in self._stops:
            stop()
        self._stops.clear()
        with suppress(ValueError):
            self._batcher.told.remove(self._told_in_thread)
        if self._sweep is not None:
            self._sweep.cancel()
        until = self._loop.time() + FAREWELL
        while self.sockets and self._loop.time() < until:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(self._threads.close)
        self._loop = None

    async def __call__(self, scope: dict, receive: Callable[[], Awaitable[dict]], send) -> None:
        await receive()
        admitted = None if self._closing else await self._admitted(scope)
        if admitted is None:
            log.warning("refused", why="not from here, or not signed in", at="live")
            await refuse(scope, send)
            return
        presence = self.people.setdefault(admitted.person_ref, Presence(self.limits))
        if len(presence.sockets) >= self.limits.sockets:
            log.warning("refused", why="too often", at="live", by=admitted.person_ref)
            await refuse(scope, send, 429)
            return
        socket = Socket(
            unwrap(send), person=admitted.person_ref, sign_in=admitted.sign_in_ref, limits=self.limits
        )
        socket.drained = lambda: self._drained(socket)
        presence.sockets.add(socket)
        self.sockets.add(socket)
        writer = None
        try:
            await send({"type": "websocket.accept"})
            writer = asyncio.create_task(socket.write())
            await self._listen(socket, receive)
        except OSError:
            pass  # gone while it was opened
        finally:
            self._forget(socket, presence)
            if writer is not None:
                await writer

    async def _admitted(self, scope: dict) -> Admitted | None:
        self.begin()
        if not is_our_origin(scope):
            return None
        token = token_of(scope, self.door.cookie)
        if not token:
            return None
        try:
            return await self._ask(self.door.admit, token)
        except Exception as failure:
            log.error("Nobody could be admitted", why=type(failure).__name__)
            return None

    def _ask(self, function: Callable, *given) -> asyncio.Future:
        return self._threads.run(function, *given)

    def _forget(self, socket: Socket, presence: Presence) -> None:
        self.sockets.discard(socket)
        presence.sockets.discard(socket)
        for ref in list(socket.seats):
            self.rooms[ref].leave(socket)
        socket.close(GOING_AWAY)

    # What comes from a browser

    async def _listen(self, socket: Socket, receive) -> None:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive" or socket.is_closing:
                if message["type"] == "websocket.disconnect":
                    return
                continue
            text = message.get("text")
            if text is not None and len(text.encode(errors="replace")) > self.limits.frame:
                socket.close(TOO_LARGE)
                continue
            self._take(socket, text or "")
            await socket.has_room()

    def _take(self, socket: Socket, text: str) -> None:
        try:
            frame = frame_in(text)
        except Malformed:
            socket.put(frame_out({"refused": "", "why": "malformed"}))
            socket.bad_frames += 1
            if socket.bad_frames >= self.limits.bad_frames:
                log.warning("refused", why="malformed", at="live", by=socket.person)
                socket.close(BAD_FRAMES)
            return
        if isinstance(frame, Say):
            self._say(socket, frame)
        elif isinstance(frame, Sign):
            self._sign(socket, frame)
        else:
            self._open(socket, frame)

    def _say(self, socket: Socket, say: Say) -> None:
        if not self.people[socket.person].says.take(self._loop.time()):
            self._refuse(socket, say, "slow")
            return
        draft = self.door.draft(
            by=socket.person, conversation=say.ref, mark=say.mark, words=say.words, **say.more
        )
        self._senders[id(draft)] = (draft, socket, say)
        try:
            self._batcher.hand_in(draft)
        except Busy:
            del self._senders[id(draft)]
            self._refuse(socket, say, "busy")

    def _sign(self, socket: Socket, sign: Sign) -> None:
        """Too many are dropped without a word, and so is one that nobody wants."""
        if self.people[socket.person].signs.take(self._loop.time()) and sign.ref in socket.seats:
            self.rooms[sign.ref].signed(socket, sign)

    def _tell_signs(self, told: Told) -> None:
        self._ask(wire.publish, self.door.told, told.line())  # a bus may wait, the event loop may not

    def _refuse(self, socket: Socket, say: Say, why: str) -> None:
        socket.put(frame_out({"refused": say.mark, "why": why}))

    def _open(self, socket: Socket, frame: Open) -> None:
        opens = self.people[socket.person].opens
        has_too_many = len(socket.seats) >= self.limits.conversations and frame.ref not in socket.seats
        if has_too_many or not opens.take(self._loop.time()):
            socket.put(frame_out({"refused": frame.ref, "why": "slow"}))
            return
        room = self.rooms.get(frame.ref)
        if room is None:
            room = self.rooms[frame.ref] = Room(
                frame.ref, self.door, self._ask, self._emptied, self._tell_signs, self._process
            )
        room.sit(socket, frame.after)

    def _emptied(self, room: Room) -> None:
        if self.rooms.get(room.ref) is room:
            del self.rooms[room.ref]

    def _drained(self, socket: Socket) -> None:
        for ref in list(socket.seats):
            self.rooms[ref].drained(socket)

    # What comes from the batcher and the bus, in threads of theirs

    def _in_the_loop(self, heard: Callable[[str], None]) -> Callable[[str], None]:
        def hand_over(ref: str) -> None:
            if heard == self._said and self._batcher.is_committing_here():
                return  # the batch itself is told in a moment
            if heard == self._signs_told and ref.endswith(self._process):
                return  # one's own
            with suppress(RuntimeError):  # the loop has ended
                self._loop.call_soon_threadsafe(heard, ref)

        return hand_over

    def _told_in_thread(self, drafts, outcomes) -> None:
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._told, drafts, outcomes)

    def _told(self, drafts, outcomes) -> None:
        """A batch was committed, or not: senders hear what became of theirs, rooms what was said."""
        said: dict[str, list | None] = {}
        for place, draft in enumerate(drafts):
            outcome = None if isinstance(outcomes, Exception) else outcomes[place]
            self._answer(draft, outcome)
            if outcome is None or outcome.number is None:
                continue  # a repeat is read: a commit whose answer was lost may have kept it, told to nobody
            if draft.conversation not in self.rooms:
                continue
            frame = self.door.frame(draft, outcome)
            if frame is None:
                said[draft.conversation] = None  # it will be read
            elif (so_far := said.setdefault(draft.conversation, [])) is not None:
                so_far.append((outcome.number, frame_out(frame)))
        for ref, numbered in said.items():
            if numbered is None:
                self.rooms[ref].said_elsewhere()
            else:
                self.rooms[ref].said_here(numbered)

    def _answer(self, draft, outcome) -> None:
        _, socket, say = self._senders.pop(id(draft), (None, None, None))
        if socket is None or socket.is_closing:
            return
        if outcome is None:
            self._refuse(socket, say, "failed")
        elif outcome.refused is not None:
            self._refuse(socket, say, outcome.refused)
        else:
            socket.put(frame_out({"kept": say.mark, "conversation": say.ref, "number": outcome.number}))

    def _said(self, ref: str) -> None:
        if ref in self.rooms:
            self.rooms[ref].said_elsewhere()

    def _closed(self, ref: str) -> None:
        if ref in self.rooms:
            self.rooms[ref].close()

    def _changed(self, ref: str) -> None:
        if ref in self.rooms:
            self.rooms[ref].changed()

    def _signs_told(self, line: str) -> None:
        told = told_in(line)
        if told is not None and told.room in self.rooms:
            self.rooms[told.room].lamps.heard(told, self._loop.time() + self.limits.forget)

    def _signed_out(self, ref: str) -> None:
        for socket in list(self.sockets):
            if ref in (socket.sign_in, socket.person):
                socket.close(SIGNED_OUT)

    def _missed_something(self, ref: str) -> None:
        for room in list(self.rooms.values()):
            room.missed_something()

    # What is looked at each second

    async def _sweep_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(self.limits.sweep)
            try:
                await self._sweep_once()
            except Exception as failure:  # the next second tries again
                log.error("Sweeping sockets failed", why=type(failure).__name__)

    async def _sweep_once(self) -> None:
        """The bus may lose a sign-out, so the database is asked too: one query for all sockets."""
        now = self._loop.time()
        for person, presence in list(self.people.items()):
            if presence.can_be_forgotten(now):
                del self.people[person]
        again = self._rounds.due(now)
        for room in list(self.rooms.values()):
            room.lamps.forget(now)
            if again:
                room.lamps.repeat()
        asked = list(self.sockets)
        for socket in asked:
            if socket.has_not_read_for(now) > self.limits.patience:
                socket.close(NOT_READING)
        if asked:
            alive = await self._ask(self.door.alive, {socket.sign_in for socket in asked})
            for socket in asked:
                if socket.sign_in not in alive:
                    socket.close(SIGNED_OUT)
