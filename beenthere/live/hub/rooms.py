"""A conversation as this process sees it: who has it open, and how far each has come.

Everyone has a cursor: the number up to which all was put to their socket. A message is put when its
number follows the cursor; whatever does not follow is read from the database after the cursor. So nothing
is lost and nothing comes twice, in whatever order commits, reads and the bus are heard.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from .door import Door, Page
from .frames import Sign, frame_out
from .signs import Lamps, Told
from .socket import Socket

log = structlog.get_logger(__name__)
PAUSE = 1.0
MOST_MEANWHILE = 512

Ask = Callable[..., Awaitable]
Numbered = tuple[int, str]


class Seat:
    """A socket in a room. `may`: it was asked whether this person may read, and they may. `sees`: the
    memberships of whom it was told that they are here. `owes_changed`: it is yet to be told of a change."""

    __slots__ = ("socket", "cursor", "may", "was_told", "is_behind", "is_reading", "is_stuck")
    __slots__ += ("sees", "owes_changed")

    def __init__(self, socket: Socket, after: int) -> None:
        self.socket, self.cursor = socket, after
        self.is_behind = True
        self.may = self.was_told = self.is_reading = self.is_stuck = False
        self.sees: set[str] = set()
        self.owes_changed = False

    def follow(self, said: list[Numbered]) -> None:
        """Puts what follows the cursor, as far as the socket has room; `said` has numbers without a hole.
        Who is reading follows when they have read, who is stuck reads when there is room again."""
        if self.is_reading or self.is_behind or self.is_stuck:
            return
        skip = self.cursor + 1 - said[0][0]
        if skip < 0:
            self.is_behind = True
            return
        for number, text in said[skip:]:
            if self.socket.is_full:
                self.is_stuck = True
                return
            self.socket.put(text)
            self.cursor = number


class Room:
    """`ask(function, *given)` runs in a thread. `emptied(room)` when the last one leaves. `tell(Told)` tells
    the other processes, which know this one as `process`."""

    def __init__(
        self,
        ref: str,
        door: Door,
        ask: Ask,
        emptied: Callable[["Room"], None],
        tell: Callable[[Told], None] = lambda told: None,
        process: str = "",
    ) -> None:
        self.ref = ref
        self.seats: dict[Socket, Seat] = {}
        self._door, self._ask, self._emptied = door, ask, emptied
        self._task: asyncio.Task | None = None
        self._meanwhile: list[Numbered] = []  # committed here while something was read
        self._telling = False
        self.lamps = Lamps(ref, door.signs, seats=self._reading, ask=ask, tell=tell, process=process)

    def sit(self, socket: Socket, after: int) -> None:
        """First a seat, then the question whether they may, then the reading: so what is said or
        closed meanwhile meets the seat."""
        self.seats[socket] = socket.seats[self.ref] = Seat(socket, after)
        self._read_on()

    def leave(self, socket: Socket) -> None:
        self.seats.pop(socket, None)
        socket.seats.pop(self.ref, None)
        self.lamps.look()
        if not self.seats:
            self._emptied(self)

    def close(self) -> None:
        """Everyone loses this conversation; who still may can open it again."""
        for socket in list(self.seats):
            self._close_for(socket)

    def said_here(self, said: list[Numbered]) -> None:
        """Committed by this process: no need to read it back. Numbers rise; a hole means that another
        process said something between."""
        follows = self._meanwhile
        for numbered in said:
            if follows and follows[-1][0] != numbered[0] - 1:
                follows.clear()
            follows.append(numbered)
        for seat in self.seats.values():
            seat.follow(follows)
        self._read_on()
        if self._task is None:
            follows.clear()
        elif len(follows) > MOST_MEANWHILE:
            del follows[: MOST_MEANWHILE // 2]

    def said_elsewhere(self) -> None:
        for seat in self.seats.values():
            seat.is_behind = True
        self._read_on()

    def missed_something(self) -> None:
        """After a gap of the bus: what was said, and whether they still may."""
        for seat in self.seats.values():
            seat.may = False
            seat.is_behind = seat.owes_changed = True
        self._read_on()

    def changed(self) -> None:
        """Something of the conversation is otherwise now: everyone is told, once for all that is heard in
        one turn of the loop, and it is asked again which signs are wanted."""
        for seat in self.seats.values():
            seat.owes_changed = True
        if not self._telling:
            self._telling = True
            asyncio.get_running_loop().call_soon(self._tell_of_a_change)

    def signed(self, socket: Socket, sign: Sign) -> None:
        seat = self.seats.get(socket)
        if seat is not None and seat.may:
            self.lamps.made(seat, sign.what, sign.number)

    def drained(self, socket: Socket) -> None:
        seat = self.seats.get(socket)
        if seat is None:
            return
        if seat.is_stuck:
            seat.is_stuck, seat.is_behind = False, True
            self._read_on()
        if seat.may and seat.owes_changed:
            self._tell_changed(seat)
        self.lamps.look()

    def _reading(self) -> list[Seat]:
        return [seat for seat in self.seats.values() if seat.may]

    def _tell_of_a_change(self) -> None:
        self._telling = False
        seats = self._reading()
        for seat in seats:
            self._tell_changed(seat)
        self.lamps.ask_for({seat.socket.person for seat in seats})

    def _tell_changed(self, seat: Seat) -> None:
        if not seat.socket.is_full:
            seat.owes_changed = False
            seat.socket.put(frame_out({"changed": self.ref}))

    def _read_on(self) -> None:
        if self._task is None and self._those_behind():
            self._task = asyncio.get_running_loop().create_task(self._read_until_nobody_is_behind())

    def _those_behind(self) -> list[Seat]:
        return [seat for seat in self.seats.values() if seat.is_behind and not seat.is_stuck]

    async def _read_until_nobody_is_behind(self) -> None:
        try:
            while behind := self._those_behind():
                try:
                    await self._read_a_page_for_each(behind)
                except Exception as failure:  # a database that does not answer now may do so again
                    log.error("Reading a conversation failed", why=type(failure).__name__)
                    await asyncio.sleep(PAUSE)
        finally:
            self._task = None
            self._meanwhile = []

    async def _read_a_page_for_each(self, behind: list[Seat]) -> None:
        """One read for all with the same cursor; those furthest on first, they are talking."""
        for person in {seat.socket.person for seat in behind if not seat.may}:
            await self._ask_whether_they_may(person)
        cursors: dict[int, list[Seat]] = {}
        for seat in behind:
            if seat.may and self.seats.get(seat.socket) is seat:
                cursors.setdefault(seat.cursor, []).append(seat)
        for cursor in sorted(cursors, reverse=True):
            await self._read_a_page(cursors[cursor], cursor)

    async def _ask_whether_they_may(self, person: str) -> None:
        asked = [seat for seat in self.seats.values() if seat.socket.person == person and not seat.may]
        may = await self._ask(self._door.may_read, person, self.ref)
        for seat in asked:
            if self.seats.get(seat.socket) is not seat:
                continue
            if not may:
                self._close_for(seat.socket)
                continue
            seat.may = True
            if seat.owes_changed:
                self._tell_changed(seat)
        if may:
            self.lamps.ask_for({person})

    async def _read_a_page(self, seats: list[Seat], after: int) -> None:
        for seat in seats:
            seat.is_behind, seat.is_reading = False, True
        try:
            frames, now = await self._read_for_all(seats, after)
        except BaseException:
            for seat in seats:
                seat.is_behind, seat.is_reading = True, False
            raise
        texts = [frame_out(frame) for frame in frames]
        for seat in seats:
            seat.is_reading = False
            if not seat.may:
                seat.is_behind = True  # a gap was heard meanwhile: they are asked again first
            elif self.seats.get(seat.socket) is seat:
                self._give(seat, texts, now)

    async def _read_for_all(self, seats: list[Seat], after: int) -> Page:
        """One read serves everyone. Who may not read any more gets nothing, so then the next one asks."""
        frames, now = [], after
        for person in dict.fromkeys(seat.socket.person for seat in seats):
            frames, now = await self._ask(self._door.read, person, self.ref, after)
            if frames or now != after:
                break
        return frames, now

    def _give(self, seat: Seat, texts: list[str], now: int) -> None:
        """A page is put whole; when the socket is full after it, the next one waits."""
        for text in texts:
            seat.socket.put(text)
        seat.cursor = now
        if seat.socket.is_full:
            seat.is_stuck = True
        elif len(texts) >= self._door.page:
            seat.is_behind = True  # there may be another page
        elif not seat.was_told:
            seat.was_told = True
            seat.socket.put(frame_out({"open": self.ref, "now": now}))
        if self._meanwhile:
            seat.follow(self._meanwhile)

    def _close_for(self, socket: Socket) -> None:
        socket.put(frame_out({"closed": self.ref}))
        self.leave(socket)
