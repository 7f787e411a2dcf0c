"""What can be reported: that something was said, and when; for a report alone the words, with their proof."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import Misplaced, open_together
from beenthere.foundation.keys.opening import KeyGone
from beenthere.people.models import Person

from ..access import Room
from ..core import WORDS
from ..core.holding import all_there_was, door_stands, oldest_day
from ..models import Held, Kept, Membership, Message
from ..models.between import LAST_WORD
from .proving import is_proven, told_in

MOST_HEARD = 50


@dataclass(frozen=True, slots=True)
class Heard:
    """That the other said something: its number and when, never the words."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent, for a report: `mine` by the one who reports. `piece` are the words of the piece it
    carried, "" for none. `proven`: these very words were sent here, by that one, at that place."""

    number: int
    mine: bool
    at: datetime
    words: str
    kind: str
    note: str
    piece: str
    proven: bool

    def copied(self) -> dict:
        """As plain JSON."""
        return {**asdict(self), "at": self.at.isoformat()}


def can_report(person: Person, room: Room) -> bool:
    """Whether what was said there can be reported now: by times alone, or because they keep a last word."""
    return door_stands(room.row.ended_at, clock.now()) or last_word_for(person, room) is not None


def heard_in(person: Person, room: Room) -> list[Heard]:
    """What `person` heard there and cannot read any more, MOST_HEARD at most, in order: in an open room what
    the other took back and is still held; after its ending whatever the other said, alike whether it stands
    as it was, was taken back or is held because they left. Nothing once the door is closed. At most two
    queries."""
    if not door_stands(room.row.ended_at, clock.now()):
        return []
    found = dict(_held(person, room).order_by("-number").values_list("number", "said_at")[:MOST_HEARD])
    live = Message.objects.filter(conversation=room.row, withdrawn_at=None).exclude(author_ref=person.ref)
    if room.is_open:
        standing = live.filter(number__in=found).values_list("number", flat=True) if found else ()
        found = {number: at for number, at in found.items() if number not in set(standing)}
    else:
        found |= dict(live.order_by("-number").values_list("number", "made_at")[:MOST_HEARD])
    return [Heard(number, found[number]) for number in sorted(found)[-MOST_HEARD:]]


def sent_in(person: Person, room: Room, numbers: Collection[int]) -> tuple[list[Sent], bool]:
    """For a report, and for nothing else: what was sent there under `numbers` and may be reported by
    `person`, in order, with its proof looked at; and whether words that are held were opened for it."""
    # After an ending what the other said is reportable within bounds; before it all that was received.
    bounds = set(numbers) if room.is_open else {one.number for one in heard_in(person, room)}
    rows = Message.objects.filter(conversation=room.row, number__in=numbers, withdrawn_at=None)
    rows = list(rows.select_related("author", "piece__author"))
    rows = [row for row in rows if row.author_ref == person.ref or row.number in bounds]
    open_together(*rows, *(row.piece for row in rows if row.piece is not None))
    found = {row.number: _live(row, person, room) for row in rows}
    # Only then what is held: whatever goes meanwhile is held before it goes.
    another = {row.number for row in rows if row.piece_proven and _may_be_another(row)}
    gone = {number for number in numbers if found.get(number) is None} & bounds
    opened = {}
    if gone or another:
        held = list(_held(person, room).filter(number__in=gone | another))
        open_together(*held)
        opened = {row.number: row for row in held if _opens(row)}
    for number in gone & set(opened):
        found[number] = _from_held(opened[number], room)
    for number in another & set(opened):
        found[number] = _with_piece(found[number], opened[number])
    return [one for _, one in sorted(found.items()) if one is not None], bool(opened)


def last_word_for(person: Person, room: Room) -> Kept | None:
    """The last word that was left for `person` there."""
    found = Kept.objects.filter(person=person, conversation=room.row.ref, why=LAST_WORD)
    return found.order_by("-pk").first()


def last_word_facts(kept: Kept) -> dict:
    """What is proven of a last word, as `proof_of` takes it."""
    told = {"words": kept.words, "kind": LAST_WORD}
    return {
        "conversation": kept.conversation,
        "author": kept.author,
        "number": 0,
        "mark": kept.ref,
        "told": told,
    }


def sent_last_word(kept: Kept) -> Sent:
    """A last word for a report."""
    proven = is_proven(kept.digest, **last_word_facts(kept))
    return Sent(0, False, kept.made_at, kept.words, LAST_WORD, "", "", proven)


def living_days(days: set[str]) -> set[str]:
    """Those of `days` whose key has a reason to be: they are not over, or something is still there."""
    oldest = oldest_day(clock.now())
    here = Held.objects.filter(day__in=days).values_list("day", flat=True)
    return {day for day in days if day >= oldest} | set(here)


def every_day() -> list[str]:
    """The days under which something is held."""
    return list(Held.objects.order_by("day").values_list("day", flat=True).distinct())


def _held(person: Person, room: Room):
    mine = Membership.objects.filter(conversation=room.row, person=person).values("ref")
    oldest = oldest_day(clock.now())
    return Held.objects.filter(conversation=room.row, day__gte=oldest).exclude(author__in=mine)


def _opens(row: Held) -> bool:
    try:
        row.told = row.told
    except (KeyGone, Misplaced):
        return False
    return True


def _live(row: Message, person: Person, room: Room) -> Sent | None:
    """None when its author's key went just now. What does not open because it was put there from elsewhere
    is no proof of anything."""
    mine = row.author_ref == person.ref
    try:
        told = told_in(row)
    except KeyGone:
        return None
    except Misplaced:
        return Sent(row.number, mine, row.made_at, "", row.kind, "", "", False)
    proven = _proven(row.digest, room, row.author.ref, row.number, told)
    return Sent(row.number, mine, row.made_at, row.words, row.kind, told["note"], _piece_words(row), proven)


def _from_held(row: Held, room: Room) -> Sent:
    told = row.told
    proven = _proven(row.digest, room, row.author, row.number, told)
    words, note, piece = (told.get(name) or "" for name in ("words", "note", "piece_words"))
    return Sent(row.number, False, row.said_at, words, told.get("kind") or WORDS, note, piece, proven)


def _with_piece(sent: Sent, held: Held) -> Sent:
    return Sent(**{**asdict(sent), "piece": all_there_was(held.told.get("piece_words") or "", sent.piece)})


def _may_be_another(row: Message) -> bool:
    """Whether the piece that a message carried is gone, or was changed since."""
    return row.piece is None or row.piece.changed_at >= row.made_at


def _proven(digest: str, room: Room, author: str, number: int, told: dict) -> bool:
    facts = {name: told.get(name) for name in ("words", "kind", "note", "piece")}
    mark = told.get("mark") or ""
    return is_proven(digest, conversation=room.row.ref, author=author, number=number, mark=mark, told=facts)


def _piece_words(row: Message) -> str:
    try:
        return "" if row.piece is None else row.piece.words
    except (KeyGone, Misplaced):
        return ""
