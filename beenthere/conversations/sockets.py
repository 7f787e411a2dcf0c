"""What the live hub asks of conversations: who comes in, what they may read, what they say. Called in a
thread that may use the database."""

import threading
import time
from dataclasses import dataclass, replace

from beenthere.live.hub import Signs
from beenthere.live.hub.presence import Bucket
from beenthere.people.access import sign_in_of_token
from beenthere.people.models import MEMBER

from .access import rooms_of
from .actions import Draft, Outcome, send_messages
from .models import WORDS
from .queries import Said, changes_for
from .queries.writing import shown_in

# The batch that sockets, form posts and the API of one process join.
BATCH = "talk.messages"
# Messages that one person may hand in by forms and the API of one process; the hub counts for itself. Each
# is looked at and sealed by the one thread that writes for everybody.
SAYS, SECONDS = 30, 10.0
MOST_COUNTED = 4096  # people
__all__ = [
    "BATCH",
    "Admitted",
    "Draft",
    "Outcome",
    "admit",
    "commit",
    "frame",
    "may_read",
    "may_say",
    "read",
    "signs",
]


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who sits behind a socket: refs of the person and of their sign-in."""

    person_ref: str
    sign_in_ref: str


def admit(token: str) -> Admitted | None:
    """Who may open a socket with the token of a sign-in; None for nobody."""
    sign_in = sign_in_of_token(token)
    if sign_in is None or sign_in.person.standing != MEMBER:
        return None
    return Admitted(sign_in.person.ref, sign_in.ref)


def may_read(person_ref: str, conversation_ref: str) -> bool:
    """Whether the person may follow that conversation now. Three queries, nothing remembered."""
    room = rooms_of([conversation_ref]).get(conversation_ref)
    return room is not None and room.admits(person_ref)


def signs(person_ref: str, conversation_ref: str) -> Signs:
    """Which signs of each other those in a conversation see: what both want. Four queries; none, and no
    membership, for who may not read."""
    room = rooms_of([conversation_ref]).get(conversation_ref)
    if room is None or not room.admits(person_ref):
        return Signs("", frozenset())
    return Signs(room.members[person_ref].ref, shown_in(room))


def read(person_ref: str, conversation_ref: str, after: int) -> tuple[list[dict], int]:
    """The frames above the cursor `after`, and the new cursor: hand that back, not the highest number of a
    frame (withdrawing takes a number too, and comes as a frame of the old number). At most 200 new ones:
    read again while frames come. Nothing, and the cursor as it was, for who may not read."""
    room = rooms_of([conversation_ref]).get(conversation_ref)
    if room is None or not room.admits(person_ref):
        return [], after
    changes, now = changes_for(person_ref, room, after)
    return [_frame(conversation_ref, one) for one in changes], now


def frame(draft: Draft, outcome: Outcome) -> dict | None:
    """The frame of a draft that was just kept, for everybody who may read it; no database is asked."""
    if outcome.number is None or outcome.repeat or outcome.by is None or draft.piece:
        return None
    words, note = draft.words, draft.note.strip()
    said = Said(outcome.number, outcome.by, False, words, outcome.at, False, draft.kind, note)
    return _frame(draft.conversation, replace(said, covered=outcome.covered))


def may_say(person_ref: str) -> bool:
    """Whether the person may hand in one more message now; if so, it is counted."""
    now = time.monotonic()
    with _counting:
        if len(_buckets) >= MOST_COUNTED:
            for ref in [ref for ref, one in _buckets.items() if one.is_full(now)]:
                del _buckets[ref]
        return _buckets.setdefault(person_ref, Bucket(SAYS, SECONDS)).take(now)


_buckets: dict[str, Bucket] = {}
_counting = threading.Lock()


def commit(drafts: list[Draft]) -> list[Outcome]:
    """As `send_messages`, for the hub's batches."""
    return send_messages(drafts)


def _frame(ref: str, said: Said) -> dict:
    """The same for everybody who reads it: of what is hidden nobody gets words here; who wrote it finds them
    on their page."""
    if said.hidden:
        said = replace(said, words=None, withdrawn=True, note="", piece=None, covered="", again=False)
    elif said.piece_hidden:
        said = replace(said, piece="")
    frame = {
        "said": ref,
        "number": said.number,
        "by": said.by,
        "words": said.words or "",
        "at": said.at.isoformat(),
        "withdrawn": said.withdrawn,
    }
    if said.kind != WORDS:
        frame["kind"] = said.kind
    if said.note:
        frame["note"] = said.note
    if said.piece is not None:
        frame["piece"] = said.piece
    if said.covered:
        frame["covered"] = said.covered
    if said.hidden:
        frame["hidden"] = said.hidden
    if said.again:
        frame["again"] = True
    return frame
