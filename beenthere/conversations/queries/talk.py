"""What a person reads: their conversations, and the words in each."""

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from django.db.models import Case, Exists, F, Max, OuterRef, Q, When
from django.db.models.functions import Coalesce

from beenthere.foundation import clock
from beenthere.foundation.asking import Question
from beenthere.foundation.keys.opening import KeyGone, open_keys
from beenthere.people.models import Person
from beenthere.people.queries import blocks_exist
from beenthere.people.queries.muting import talk_is_muted
from beenthere.signposts.core.outside import heard
from beenthere.signposts.core.strip import cover_of
from beenthere.stories.access import is_hidden
from beenthere.stories.core import hiding_of

from ..access import Room, rooms_of
from ..core import is_open
from ..models import WORDS, Conversation, Membership, Message

MOST = 200
PAGE = 60


@dataclass(frozen=True, slots=True)
class Said:
    """A message as one person reads it. `by` is the ref of a membership; `words` is None once it was
    withdrawn. `note` says what is in it, "" for none. `piece`: the words of the piece it carries, as they
    stand now; None without one, "" when its author took it back. `muted`: it holds a word that they muted.
    `covered`: the lane (method, urging) for which it stands behind a cover, "" for none.
    `hidden`: a report or a steward keeps it from all but who wrote it ("hidden", "removed"; to the other it
    is as withdrawn); `piece_hidden`: the same for the piece alone. `again`: it was shown before and is
    otherwise now."""

    number: int
    by: str
    mine: bool
    words: str | None
    at: datetime
    withdrawn: bool
    kind: str = WORDS
    note: str = ""
    piece: str | None = None
    muted: bool = False
    covered: str = ""
    hidden: str = ""
    piece_hidden: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class TalkLine:
    """A conversation in one person's list. `name` is the other's, None once it ended."""

    ref: str
    name: str | None
    is_open: bool
    waits: bool
    paused: bool
    made_at: datetime
    last_at: datetime | None


def messages_for(person: Person, conversation: Conversation, after: int = 0, most: int = MOST) -> list[Said]:
    """What `person` may read there with a number above `after`, in order, `most` at most."""
    room = rooms_of([conversation.ref])[conversation.ref]
    return said_in(_readable(room, person.ref).filter(number__gt=after).order_by("number")[:most], person.ref)


def page_of(
    room: Room, person: Person, *, before: int | None = None, most: int = PAGE
) -> tuple[list[Said], bool]:
    """The last `most` messages (below the number `before`), in order, and whether there are older ones."""
    found = _readable(room, person.ref).order_by("-number")
    rows = list((found if before is None else found.filter(number__lt=before))[: most + 1])
    return said_in(rows[:most][::-1], person.ref), len(rows) > most


def changes_for(person_ref: str, room: Room, after: int, most: int = MOST) -> tuple[list[Said], int]:
    """What happened above the cursor `after`: new messages, and old ones that were withdrawn since; and
    the new cursor. Reading on from it brings everything once and nothing twice."""
    readable, last = _readable(room, person_ref), last_for(room, person_ref)
    new = list(readable.filter(number__gt=after, number__lte=last).order_by("number")[:most])
    now = new[-1].number if len(new) == most else max(last, after)
    withdrawn = readable.filter(
        number__lte=after, withdrawn_number__gt=after, withdrawn_number__lte=now
    ).order_by("number")
    return said_in([*withdrawn, *new], person_ref), now


def last_for(room: Room, person_ref: str) -> int:
    """The last number that means something to that person. Once the room is closed its counter stands still,
    and what they withdraw themselves counts on from there for them alone."""
    if room.is_open:
        return room.row.last_number
    own = Message.objects.filter(conversation=room.row, author_ref=person_ref)
    return max(room.row.last_number, own.aggregate(last=Max("withdrawn_number"))["last"] or 0)


def said_in(rows, person_ref: str) -> list[Said]:
    """`rows` opened. Those whose key is gone are left out: their author has just left."""
    rows = list(rows)
    sealed = [row.__dict__["words"] for row in rows]
    sealed += [row.piece.__dict__["words"] for row in rows if row.piece is not None]
    open_keys([one.key_ref for one in sealed if one is not None])
    return [said for row in rows if (said := _said(row, person_ref)) is not None]


def patterns(mine: Membership) -> dict[str, Said]:
    """Messages that nobody said, with the number 0: what a page copies for those that come while it is
    open."""
    at = mine.made_at
    return {
        "pattern_mine": Said(0, mine.ref, True, "", at, False),
        "pattern_theirs": Said(0, "", False, "", at, False),
        "pattern_mine_gone": Said(0, mine.ref, True, None, at, True),
        "pattern_theirs_gone": Said(0, "", False, None, at, True),
    }


def seen_by(person: Person, room: Room) -> tuple[Room, Membership, str | None]:
    """A room that holds them as `person` sees it: the room, their own membership, and what the other is
    called there. Without a name (they left, or it ended) the room is shown as one that ended."""
    rows = list(Membership.objects.filter(conversation=room.row).order_by("pk"))
    open_keys([row.__dict__["name"].key_ref for row in rows])
    mine = next(row for row in rows if row.person_ref == person.ref)
    other = next((row for row in rows if row.person_ref != person.ref), None)
    name = name_of(other) if room.is_open and other is not None else None
    return replace(room, is_open=name is not None), mine, name


def name_of(membership: Membership) -> str | None:
    """The name a person chose for a conversation, None once their key is gone."""
    try:
        return membership.name
    except KeyGone:
        return None


def conversations_of(person: Person) -> list[TalkLine]:
    """Those that are open, the one with the newest words first; then those that ended, the one that began
    last first. A constant number of queries."""
    lines = _lines(_all_of(pk=person.pk, ref=person.ref))
    lines.sort(key=lambda line: (line.last_at if line.is_open else None) or line.made_at, reverse=True)
    return sorted(lines, key=lambda line: not line.is_open)


def first_conversations_of(person: Person, *, most: int) -> tuple[list[TalkLine], bool]:
    """Of the open ones `most` at most: those where something new waits, then those with the newest words;
    and whether there are more. Two queries, and one look for the keys."""
    rows = _first(most + 1)(pk=person.pk, ref=person.ref)
    lines = [line for line in _lines(rows[:most]) if line.is_open]
    return sorted(lines, key=lambda line: not line.waits), len(rows) > most


def _own(pk: int, ref: str):
    """The person's memberships, each with its conversation, and whether something new `waits` there."""
    unread = Message.objects.filter(
        conversation=OuterRef("conversation"), number__gt=OuterRef("read_number"), withdrawn_at=None
    ).exclude(author_ref=ref)
    muted = talk_is_muted("person", "conversation__ref")
    news = Case(When(Q(paused_at=None) & ~Q(muted), then=Exists(unread)), default=False)
    return Membership.objects.filter(person=pk).select_related("conversation").annotate(waits=news)


@cache
def _first(most: int) -> Question:
    """Of a person's open conversations the `most` newest, those with news before."""
    newest = Coalesce("conversation__last_at", "conversation__made_at")

    def rows(pk: int, ref: str):
        open_ones = _own(pk, ref).filter(conversation__ended_at=None)
        return open_ones.order_by("-waits", newest.desc(), "pk")[:most]

    return Question(rows)


def _beside(person: int, rows: list[int]):
    """Who else is in the conversations `rows`, and whether a block stands between them and the person."""
    between = Q(by_person=person, other=OuterRef("person")) | Q(by_person=OuterRef("person"), other=person)
    found = Membership.objects.filter(conversation__in=rows).exclude(person=person)
    return found.annotate(blocked=blocks_exist(between)).order_by("pk")


_all_of, _others_in = Question(_own), Question(_beside)


def _lines(mine: list[Membership]) -> list[TalkLine]:
    """A line for each, in order. One query for the others of all of them."""
    if not mine:
        return []
    person = mine[0].person_id
    rows = _others_in(person=person, rows=[one.conversation_id for one in mine])
    others: dict[int, list[Membership]] = {}
    for row in rows:
        others.setdefault(row.conversation_id, []).append(row)
    open_keys([row.__dict__["name"].key_ref for theirs in others.values() for row in theirs])
    return [_line(one, others.get(one.conversation_id, [])) for one in mine]


def _line(mine: Membership, others: list[Membership]) -> TalkLine:
    row = mine.conversation
    ended, blocked = row.ended_at is not None, any(other.blocked for other in others)
    reached = is_open(kind=row.kind, ended=ended, members=1 + len(others), blocked=blocked)
    name = name_of(others[0]) if reached and others else None
    waits = mine.waits and name is not None
    return TalkLine(
        row.ref, name, name is not None, waits, mine.paused_at is not None, row.made_at, row.last_at
    )


def _readable(room: Room, person_ref: str):
    """The messages of `room` that a person in it may read: all while it is open, then their own."""
    found = Message.objects.filter(conversation=room.row).annotate(
        by=F("author__ref"), door=F("conversation__door_open_at")
    )
    found = found.select_related("piece__author")
    return found if room.admits(person_ref) else found.filter(Q(author_ref=person_ref))


def _said(row: Message, person_ref: str) -> Said | None:
    mine, withdrawn = row.author_ref == person_ref, row.withdrawn_at is not None
    hidden = "" if withdrawn else hiding_of(row.hidden_until, row.removed_at, clock.now())
    try:
        if withdrawn or (hidden and not mine):
            return Said(row.number, row.by, mine, None, row.made_at, True, row.kind, hidden=hidden)
        words, note, piece = row.words, row.note or "", _carried(row, mine)
        away = row.piece is not None and is_hidden(row.piece)
        # A piece stands as it is now, so it is looked at as it is now.
        covered = row.covered or (cover_of(piece) if piece else "")
        more = {"covered": covered, "hidden": hidden, "piece_hidden": away}
        more["again"] = row.withdrawn_number is not None
        return Said(row.number, row.by, mine, words, row.made_at, False, row.kind, note, piece, **more)
    except KeyGone:
        return None


def _carried(row: Message, mine: bool) -> str | None:
    """The words of the piece a message carries; "" when it was taken back, is hidden from others, or was
    changed so that it leads outside while the door is closed."""
    if not row.piece_proven:
        return None
    if row.piece is None or (row.door is None and heard(row.piece.words)):
        return ""
    if not mine and is_hidden(row.piece):
        return ""
    return row.piece.words
