"""Sheets that somebody has open on the local page. They live in this process's memory and nowhere
else: no table, no file and no log knows them, and they are gone with the process at the latest."""

import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from beenthere.foundation.refs import new_ref
from beenthere.foundation.sentences import Sentence
from beenthere.matching.core.sheet import Sheet
from beenthere.matching.core.wishes import Wishes

if TYPE_CHECKING:
    from beenthere.matching.core.plan import Plan
    from beenthere.matching.core.prepare import Prepared

Two = tuple[str, str]


@dataclass(eq=False, slots=True)
class Running:
    """A pairing that is being worked out in a thread of its own. `stop` asks it to end."""

    doing: Sentence
    done: int = 0
    total: int = 0
    stop: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class Paired:
    """What a pairing gave, and what was asked of it."""

    prepared: "Prepared"
    plan: "Plan"
    parted: frozenset[Two]  # by hand, before it was run


@dataclass(eq=False, slots=True, weakref_slot=True)
class OpenSheet:
    """One sheet on the desk. `kept` pairs stay in the next run, `parted` ones do not meet in it.

    `looks` are the pages of it that browsers have open; when the last is left, `closing_at` says when
    the sheet is forgotten. A single mark would not do: a browser tells that a page was left only after
    the next page of the same sheet was answered."""

    name: str
    content: bytes
    sheet: Sheet
    touched_at: datetime
    ref: str = field(default_factory=lambda: new_ref() + new_ref())
    renames: dict[str, str] = field(default_factory=dict)
    wishes: Wishes = field(default_factory=Wishes)
    kept: set[Two] = field(default_factory=set)
    parted: set[Two] = field(default_factory=set)
    met_name: str = ""  # of the file that `wishes.met` came from
    asked_why: Two | None = None  # as typed
    running: Running | None = None
    paired: Paired | None = None
    went_wrong: tuple[Sentence, ...] = ()
    looks: set[str] = field(default_factory=set)
    closing_at: datetime | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Desk:
    """The open sheets of this process, by ref."""

    def __init__(self) -> None:
        self._open: dict[str, OpenSheet] = {}
        self._lock = threading.Lock()

    def lay(self, sheet: OpenSheet) -> None:
        with self._lock:
            self._open[sheet.ref] = sheet

    def find(self, ref: str) -> OpenSheet | None:
        with self._lock:
            return self._open.get(ref)

    def take_off(self, ref: str) -> OpenSheet | None:
        with self._lock:
            return self._open.pop(ref, None)

    def all(self) -> list[OpenSheet]:
        with self._lock:
            return list(self._open.values())


DESK = Desk()
