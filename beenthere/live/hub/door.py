"""What the hub is given: who may enter, what may be read, how a message is kept; and its limits."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol


class Admitted(Protocol):
    """A sign-in that holds."""

    person_ref: str
    sign_in_ref: str


class Outcome(Protocol):
    """What became of a draft: its number, or why it was refused. `repeat`: it was kept before."""

    number: int | None
    refused: str | None
    repeat: bool


HERE, TYPING, READ = "here", "typing", "read"


@dataclass(frozen=True)
class Signs:
    """What the others of a conversation may see of a person, and they of the others: of HERE, TYPING and
    READ those that both want. `membership`: the ref by which the others know the person there."""

    membership: str
    shown: frozenset[str]


# Frames above a cursor, oldest first, and the cursor after them. Nothing, and the cursor as it was, for who
# may not read.
Page = tuple[list[dict], int]


@dataclass(frozen=True)
class Door:
    """What asks the database is called in threads; the event loop calls `draft` and `frame`."""

    cookie: str
    admit: Callable[[str], Admitted | None]
    alive: Callable[[Collection[str]], set[str]]  # those sign-ins (refs) that still hold
    may_read: Callable[[str, str], bool]  # person ref, conversation ref
    read: Callable[[str, str, int], Page]  # person ref, conversation ref, after
    commit: Callable[[list], list]
    draft: Callable[..., Any]  # by=, conversation=, mark=, words=; those of frames.SAID_WITH where given
    # What everyone in the conversation is shown of a kept draft; None where it must be read back.
    frame: Callable[[Any, Outcome], dict | None] = lambda draft, outcome: None
    # Person ref, conversation ref; asked in a thread. Without it there are no signs.
    signs: Callable[[str, str], Signs] | None = None
    page: int = 200  # a page with fewer frames is the last
    batch: str = "talk.messages"
    said: str = "talk.said"
    closed: str = "talk.closed"
    changed: str = "talk.changed"
    told: str = "talk.signs"
    signed_out: str = "people.signed_out"


@dataclass(frozen=True)
class Limits:
    """Per person: sockets; messages, openings and signs in `seconds`. Per socket: conversations, bytes of a
    frame that comes, frames and bytes that wait to go out, bad frames, seconds without reading. Processes
    repeat who is here every `repeat` seconds, and forget who was not repeated for `forget`."""

    sockets: int = 8
    says: int = 20
    opens: int = 60
    signs: int = 30
    seconds: float = 10.0
    conversations: int = 50
    frame: int = 64 * 1024
    frames_waiting: int = 256
    bytes_waiting: int = 1024 * 1024
    bad_frames: int = 5
    patience: float = 30.0
    sweep: float = 1.0
    repeat: float = 20.0
    forget: float = 45.0


# How a socket is ended (RFC 6455; 4000 and up are ours).
GOING_AWAY = 1001
TOO_LARGE = 1009
BAD_FRAMES = 4400
SIGNED_OUT = 4401
NOT_READING = 4408
