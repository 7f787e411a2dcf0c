"""Finding words again in one's own conversations.

A mark is a keyed digest of a word's stem, bound to the conversation and to a block of 64 numbers: whoever has
the table alone can test no word, and sees equal words as equal only within such a block. What was found is
opened for the person who asks, and looked at once more.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from beenthere.foundation.digests import digest
from beenthere.foundation.keys.opening import open_keys
from beenthere.people.models import Person

from ..access import Room, rooms_of
from ..core.folding import Asked, asked_in, holds_all, stems_of
from ..models import Membership, Message, WordMark
from .talk import PAGE, Said, name_of, said_in

PURPOSE = "talk word"
SEEN = ""  # the mark that every message has that was looked at
BLOCK = 64  # numbers
MOST_WORDS = 5  # of a question
MOST_BLOCKS = 600
MOST_FOUND = 50
AT_ONCE = 900  # digests in one query


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found: `conversation` (a ref), `name` of the other there (None after the end),
    `page`: the number below which the page with it ends, None for the newest page."""

    conversation: str
    name: str | None
    said: Said
    page: int | None

    @property
    def at(self) -> datetime:
        return self.said.at


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the newest first. `asked`: there was something to look for. `is_whole`: everything
    was looked through, and nothing left off."""

    hits: list[Hit]
    asked: bool
    is_whole: bool


def mark_of(conversation_ref: str, number: int, stem: str) -> str:
    """The digest that says that the message `number` there holds a word with this stem."""
    return digest(PURPOSE, f"{conversation_ref}:{number // BLOCK}:{stem}")


def found_for(person: Person, text: str) -> Found:
    """The messages that hold all the words of `text` and that `person` may read now: both sides while a
    conversation is open, then their own."""
    asked = asked_in(text)[:MOST_WORDS]
    if not asked:
        return Found([], asked=False, is_whole=True)
    rooms = _rooms_of(person)
    places = list(_places(rooms))
    pks = _marked(places[:MOST_BLOCKS], asked)
    rows = _readable(person, rooms, pks)
    names = _names(person, rooms)
    hits = list(_hits(person, rows, rooms, names, asked))
    return Found(hits[:MOST_FOUND], True, len(places) <= MOST_BLOCKS and len(rows) <= MOST_FOUND)


def _rooms_of(person: Person) -> list[Room]:
    refs = Membership.objects.filter(person=person).values_list("conversation__ref", flat=True)
    rooms = [room for room in rooms_of(set(refs)).values() if room.holds(person.ref)]
    return sorted(rooms, key=lambda room: room.row.last_at or room.row.made_at, reverse=True)


def _places(rooms: list[Room]) -> Iterator[tuple[str, int]]:
    """Each block of each conversation, as the ref and the first number in it, the newest first."""
    for room in rooms:
        for block in range(room.row.last_number // BLOCK, -1, -1):
            yield room.row.ref, block * BLOCK


def _marked(places: list[tuple[str, int]], asked: tuple[Asked, ...]) -> set[int]:
    """Primary keys of the messages in those blocks that have a mark of every word."""
    wanted = {
        mark_of(ref, number, stem): place
        for place, word in enumerate(asked)
        for stem in word
        for ref, number in places
    }
    digests, held = list(wanted), defaultdict(set)
    for start in range(0, len(digests), AT_ONCE):
        some = WordMark.objects.filter(digest__in=digests[start : start + AT_ONCE])
        for pk, one in some.values_list("message_id", "digest"):
            held[pk].add(wanted[one])
    return {pk for pk, words in held.items() if len(words) == len(asked)}


def _readable(person: Person, rooms: list[Room], pks: set[int]) -> list[Message]:
    """Those that they may read now, the newest first, and one more than are shown."""
    whole = [room.row.pk for room in rooms if room.admits(person.ref)]
    found = Message.objects.filter(Q(conversation__in=whole) | Q(author_ref=person.ref), withdrawn_at=None)
    newest = sorted(pks, reverse=True)[:AT_ONCE]
    found = found.filter(pk__in=newest).select_related("piece__author", "conversation", "author")
    return list(found.order_by("-made_at", "-pk")[: MOST_FOUND + 1])


def _names(person: Person, rooms: list[Room]) -> dict[str, str | None]:
    """What the others are called in the rooms that are open, by the ref of the conversation."""
    whole = [room.row.pk for room in rooms if room.admits(person.ref)]
    others = Membership.objects.filter(conversation__in=whole).exclude(person=person)
    rows = list(others.select_related("conversation"))
    open_keys([row.__dict__["name"].key_ref for row in rows])
    return {row.conversation.ref: name_of(row) for row in rows}


def _hits(person: Person, rows: list[Message], rooms: list[Room], names: dict, asked) -> Iterator[Hit]:
    last = {room.row.pk: room.row.last_number for room in rooms}
    for row in rows:
        row.by, row.door = row.author.ref, row.conversation.door_open_at
    said = {(one.by, one.number): one for one in said_in(rows, person.ref)}
    for row in rows:
        one = said.get((row.by, row.number))
        if one is None or one.withdrawn or not holds_all(stems_of(f"{one.words}\n{one.note}"), asked):
            continue
        page = None if last[row.conversation_id] - row.number < PAGE // 2 else row.number + PAGE // 2
        yield Hit(row.conversation.ref, names.get(row.conversation.ref), one, page)
