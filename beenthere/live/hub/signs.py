"""Signs: who is here, who is typing, up to where somebody has read.

Nothing of them is stored. A sign goes from one person to the other people of a room, and only where the
door says that both want it. Processes tell each other in one line of refs and fixed words; a lost line
does no harm: *here* is repeated, and forgotten where it is not repeated.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from .door import HERE, READ, TYPING, Limits, Signs
from .frames import MOST_NUMBER, frame_out

if TYPE_CHECKING:
    from .rooms import Seat

log = structlog.get_logger(__name__)
NONE = Signs("", frozenset())
Elsewhere = tuple[str, str]  # a membership, and the process that told of it


@dataclass(frozen=True, slots=True)
class Told:
    """What one process tells the others: somebody's sign in a room. `number`: for *read* the message, for
    *here* 1 or 0."""

    room: str
    by: str
    what: str
    number: int
    process: str

    def line(self) -> str:
        return f"{self.room} {self.by} {self.what} {self.number} {self.process}"


def told_in(line: str) -> Told | None:
    """What the line says; None when it says nothing that is known here."""
    parts = line.split(" ")
    if len(parts) != 5 or parts[2] not in (HERE, TYPING, READ) or not parts[3].isdecimal():
        return None
    number = int(parts[3][:20])
    return Told(parts[0], parts[1], parts[2], number, parts[4]) if number <= MOST_NUMBER else None


class Lamps:
    """The signs of one room. `seats()` are those who may read, `ask(function, *given)` runs in a thread,
    `tell(Told)` tells the other processes."""

    def __init__(
        self,
        ref: str,
        signs: Callable[[str, str], Signs] | None,
        *,
        seats: Callable[[], list["Seat"]],
        ask: Callable[..., Awaitable],
        tell: Callable[[Told], None],
        process: str,
    ) -> None:
        self.ref, self._signs, self._process = ref, signs, process
        self._seats, self._ask, self._tell = seats, ask, tell
        self._known: dict[str, Signs] = {}  # by person
        self._asking: dict[str, asyncio.Task] = {}
        self._again: set[str] = set()
        self._told_on: set[str] = set()  # memberships that the other processes know to be here
        self._elsewhere: dict[Elsewhere, float] = {}  # until when it is believed

    def ask_for(self, people: set[str]) -> None:
        """Afterwards, soon, it is known anew what those people and the others want. Until then no word of
        theirs is passed on."""
        if self._signs is None:
            return
        for person in people:
            if person in self._asking:
                self._again.add(person)
            else:
                self._asking[person] = asyncio.get_running_loop().create_task(self._ask_for(person))

    async def _ask_for(self, person: str) -> None:
        try:
            while True:
                self._again.discard(person)
                try:
                    signs = await self._ask(self._signs, person, self.ref)
                except Exception as failure:  # who cannot be asked wants none
                    log.error("Nobody said which signs are wanted", why=type(failure).__name__)
                    signs = NONE
                if person not in self._again:
                    break
        finally:
            del self._asking[person]
        self._known[person] = signs
        if not self._asking:  # all are known anew: nobody is shown a half of a change
            self.look()

    def look(self) -> None:
        """Brings everyone up to date about who is here; whoever left is forgotten."""
        if self._signs is None:
            return
        seats = self._seats()
        people = {seat.socket.person for seat in seats}
        self._known = {person: signs for person, signs in self._known.items() if person in people}
        mine = {signs.membership for signs in self._known.values() if HERE in signs.shown}
        for by in mine ^ self._told_on:
            self._tell(Told(self.ref, by, HERE, int(by in mine), self._process))
        self._told_on = mine
        everyone = mine | {by for by, _process in self._elsewhere}
        for seat in seats:
            self._show_who_is_here(seat, everyone)

    def _show_who_is_here(self, seat: "Seat", everyone: set[str]) -> None:
        """Told are changes only. A socket without room is told when it has some again."""
        signs = self._known.get(seat.socket.person, NONE)
        if HERE not in signs.shown:
            seat.sees.clear()  # who does not want it is not even told that it ended
            return
        for by in sorted((everyone - {signs.membership}) ^ seat.sees):
            if seat.socket.is_full:
                return
            seat.socket.put(frame_out({"sign": HERE, "in": self.ref, "by": by, "on": by in everyone}))
            seat.sees ^= {by}

    def made(self, seat: "Seat", what: str, number: int) -> None:
        """Somebody of this process types or has read: the others are told, here and elsewhere."""
        person = seat.socket.person
        signs = self._known.get(person, NONE)
        if what not in signs.shown or person in self._asking or (what == READ and number > seat.cursor):
            return
        told = Told(self.ref, signs.membership, what, number, self._process)
        self._pass_on(told)
        self._tell(told)

    def heard(self, told: Told, until: float) -> None:
        """Another process told something; *here* is believed `until` then."""
        if self._signs is None:
            return
        if told.what != HERE:
            self._pass_on(told)
            return
        one = (told.by, told.process)
        if not told.number:
            self._elsewhere.pop(one, None)
        elif one in self._elsewhere:
            self._elsewhere[one] = until
            return
        else:
            self._elsewhere[one] = until
            self.repeat()  # who came knows nobody yet
        self.look()

    def repeat(self) -> None:
        """Tells the other processes again who is here."""
        for by in self._told_on:
            self._tell(Told(self.ref, by, HERE, 1, self._process))

    def forget(self, now: float) -> None:
        """Whoever was not heard of for long is not here any more."""
        gone = [one for one, until in self._elsewhere.items() if until < now]
        for one in gone:
            del self._elsewhere[one]
        if gone:
            self.look()

    def _pass_on(self, told: Told) -> None:
        number = {"number": told.number} if told.what == READ else {}
        text = frame_out({"sign": told.what, "in": self.ref, "by": told.by, **number})
        for seat in self._seats():
            signs = self._known.get(seat.socket.person, NONE)
            if told.what not in signs.shown or signs.membership == told.by:
                continue
            if seat.socket.person not in self._asking and not seat.socket.is_full:
                seat.socket.put(text)


class Rounds:
    """When the processes repeat themselves: `due(now)` is true every `limits.repeat` seconds."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._every, self._next = limits.repeat, now + limits.repeat

    def due(self, now: float) -> bool:
        if now < self._next:
            return False
        self._next = now + self._every
        return True
