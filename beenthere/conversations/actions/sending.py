"""How words enter: only here, many at a time, kept before anybody is told that they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

import structlog
from django.db import DatabaseError
from django.db.models import OuterRef, Q, Subquery

from beenthere.foundation import clock, wire
from beenthere.foundation.asking import Addition, Change, Question
from beenthere.foundation.events import announce
from beenthere.foundation.jobs import place_of
from beenthere.foundation.keys.fields import open_together, seal
from beenthere.foundation.keys.opening import KeyGone, open_sealing_keys
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing
from beenthere.people.actions import note_waiting
from beenthere.people.queries.muting import who_muted
from beenthere.signposts.core.outside import heard
from beenthere.signposts.core.strip import cover_of
from beenthere.stories.access import opens
from beenthere.stories.models import Piece

from ..access import Room, rooms_of
from ..core import NOT_HERE, NOT_KEPT, NOT_YOURS, OUTSIDE, kind_fault, mark_fault, note_fault, words_fault
from ..events import SAID, MessagesSent
from ..models import WORDS, Conversation, Membership, Message
from ..queries.proving import proof_of
from .limiting import Limits

log = structlog.get_logger(__name__)
MOST_AT_ONCE = 250
GROUP = 8
QUIET = timedelta(minutes=10)  # after so long without words the next ones are told of again


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wants to say: refs of the person and the conversation, the browser's own mark of up to
    36 characters, the words; of which kind (of KINDS), a note on what is in it, the ref of a piece of their
    own that goes with it. `covered_ok`: they were asked, and the other may meet it behind a cover."""

    by: str
    conversation: str
    mark: str
    words: str
    kind: str = WORDS
    note: str = ""
    piece: str = ""
    covered_ok: bool = False

    @property
    def told(self) -> dict[str, str]:
        """What is proven of it, as `proof_of` takes it."""
        return {"words": self.words, "kind": self.kind, "note": self.note.strip(), "piece": self.piece}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a draft. Kept: `number`, `ref`, `at`, `by` (the ref of the author's membership), and
    `repeat` when it was kept before; `covered`: the lane for which the other meets it behind a cover. Else
    `refused` is a code of `core`."""

    number: int | None = None
    ref: str | None = None
    refused: str | None = None
    repeat: bool = False
    at: datetime | None = None
    by: str | None = None
    covered: str = ""


def send_messages(batch: Iterable[Draft], *, by=None) -> list[Outcome]:
    """Each draft's outcome, in order; what is kept is on the disk by then. Each draft has its own `by`.

    One transaction for MOST_AT_ONCE of them. If it fails, each is tried alone, so that none takes another
    with it; one that fails alone is NOT_KEPT, and may be sent again with the same mark.
    """
    drafts = list(batch)
    parts = [drafts[start : start + MOST_AT_ONCE] for start in range(0, len(drafts), MOST_AT_ONCE)]
    return [outcome for part in parts for outcome in _sent(part)]


def _sent(drafts: list[Draft]) -> list[Outcome]:
    try:
        return _send(drafts)
    except DatabaseError as fault:
        log.warning("A batch failed", why=type(fault).__name__, where=place_of(fault), size=len(drafts))
    if len(drafts) == 1:
        return [Outcome(refused=NOT_KEPT)]
    return [outcome for draft in drafts for outcome in _sent([draft])]


def _send(drafts: list[Draft]) -> list[Outcome]:
    prepared = _prepared(drafts)
    refs = {
        draft.conversation for draft, row in zip(drafts, prepared, strict=True) if isinstance(row, Message)
    }
    if not refs:
        return prepared
    with writing():
        rooms = rooms_of(refs, locked=True)
        due = _to_be_told(drafts, rooms)
        outcomes = _admitted(drafts, prepared, rooms)
        said = _keep(prepared, rooms)
        for ref in said:
            announce(MessagesSent(ref))
    # What is kept already may have been told to nobody: its commit broke off after it reached the disk.
    again = {draft.conversation for draft, one in zip(drafts, outcomes, strict=True) if one.repeat}
    for ref in dict.fromkeys([*said, *sorted(again)]):
        wire.publish(SAID, ref)
    for ref in said:
        quiet = who_muted(ref) if due[ref] else set()
        for person_ref in due[ref]:
            if person_ref not in quiet:
                note_waiting(person_ref=person_ref, by=SITE)
    return outcomes


def _prepared(drafts: list[Draft]) -> list[Message | Outcome]:
    """Each draft as a sealed row without a place yet, or refused for what can be seen without asking."""
    open_sealing_keys({draft.by for draft in drafts})
    pieces = _pieces(drafts)
    return [_sealed(draft, pieces) for draft in drafts]


def _pieces(drafts: list[Draft]) -> dict[tuple[str, str], Piece]:
    """The pieces that go along, by the refs of author and piece. No query without any."""
    refs = {draft.piece for draft in drafts if draft.piece}
    if not refs:
        return {}
    found = list(Piece.objects.filter(ref__in=refs).select_related("author"))
    open_together(*found)
    return {(one.author.ref, one.ref): one for one in found if opens(one)}


def _sealed(draft: Draft, pieces: dict[tuple[str, str], Piece]) -> Message | Outcome:
    fault = (
        words_fault(draft.words) or mark_fault(draft.mark) or kind_fault(draft.kind) or note_fault(draft.note)
    )
    if fault is None and draft.piece and (draft.by, draft.piece) not in pieces:
        fault = NOT_YOURS
    if fault:
        return Outcome(refused=fault)
    piece = pieces.get((draft.by, draft.piece))
    row = Message(
        author_ref=draft.by,
        mark=draft.mark,
        words=draft.words,
        kind=draft.kind,
        note=draft.note.strip() or None,
        piece=piece,
        piece_proven=draft.piece,
    )
    texts = (draft.note, draft.words, piece.words if piece else "")
    row.leads_outside, row.covered = _leads_outside(*texts), cover_of(*texts)
    try:
        seal(row)
    except KeyGone:
        return Outcome(refused=NOT_HERE)
    return row


def _leads_outside(*texts: str) -> bool:
    """Whether they hold what the door to the outside holds back, also when read one after the other."""
    return bool(heard("\n".join(text for text in texts if text)))


def _admitted(drafts: list[Draft], prepared: list, rooms: dict[str, Room]) -> list[Outcome]:
    """Each draft's outcome under the lock; the rows of those kept have their place then."""
    now = clock.now()
    known = _acknowledged(drafts, rooms)
    limits = Limits({draft.by for draft in drafts}, by=SITE)
    outcomes = []
    for draft, row in zip(drafts, prepared, strict=True):
        room = rooms.get(draft.conversation)
        if isinstance(row, Outcome):
            outcomes.append(row)
        elif room is None or not room.holds(draft.by):
            outcomes.append(Outcome(refused=NOT_HERE))
        elif (member := room.members[draft.by]).pk in known and draft.mark in known[member.pk]:
            outcomes.append(known[member.pk][draft.mark])
        elif not room.is_open:
            outcomes.append(Outcome(refused=NOT_HERE))
        elif (stop := limits.stops(draft, room)) is not None:
            outcomes.append(Outcome(refused=stop))
        elif row.leads_outside and room.row.door_open_at is None:
            outcomes.append(Outcome(refused=OUTSIDE))
        elif row.covered and not draft.covered_ok:
            outcomes.append(Outcome(refused=row.covered))
        else:
            room.row.last_number += 1
            room.row.last_at = row.made_at = now
            row.conversation_id, row.author_id, row.number = room.row.pk, member.pk, room.row.last_number
            row.digest = proof_of(
                conversation=room.row.ref,
                author=member.ref,
                number=row.number,
                mark=row.mark,
                told={
                    "words": draft.words,
                    "kind": row.kind,
                    "note": draft.note.strip(),
                    "piece": draft.piece,
                },
            )
            outcomes.append(Outcome(row.number, row.ref, at=now, by=member.ref, covered=row.covered))
            limits.said(draft)
            again = Outcome(row.number, row.ref, repeat=True, at=now, by=member.ref)
            known.setdefault(member.pk, {})[draft.mark] = again
    return outcomes


def _acknowledged(drafts: list[Draft], rooms: dict[str, Room]) -> dict[int, dict[str, Outcome]]:
    """What was kept before under one of the marks: by membership and mark. One query."""
    marks: set[tuple[int, str]] = set()
    for draft in drafts:
        room = rooms.get(draft.conversation)
        if room is not None and room.holds(draft.by) and mark_fault(draft.mark) is None:
            marks.add((room.members[draft.by].pk, draft.mark))
    if not marks:
        return {}
    known: dict[int, dict[str, Outcome]] = defaultdict(dict)
    facts = _kept_before(**_in_groups(sorted(marks)))
    for author, mark, number, ref, at, by in facts:
        known[author][mark] = Outcome(number, ref, repeat=True, at=at, by=by)
    return known


def _in_groups(marks: list[tuple[int, str]]) -> dict[str, list]:
    """For `_kept_before`: some at a time, because all at once would ask for each author with each mark."""
    groups = [marks[start : start + GROUP] for start in range(0, len(marks), GROUP)]
    groups += groups[-1:] * ((1 << (len(groups) - 1).bit_length()) - len(groups))
    told: dict[str, list] = {}
    for number, group in enumerate(groups):
        told[f"authors{number}"] = [author for author, _ in group]
        told[f"marks{number}"] = [mark for _, mark in group]
    return told


def _made_before(**groups: list):
    wanted = (
        Q(author__in=groups[f"authors{number}"], mark__in=groups[f"marks{number}"])
        for number in range(len(groups) // 2)
    )
    found = Message.objects.filter(reduce(or_, wanted))
    return found.values_list("author_id", "mark", "number", "ref", "made_at", "author__ref")


def _counted(rooms: list[int], at: datetime):
    newest = Message.objects.filter(conversation=OuterRef("pk")).order_by("-number").values("number")
    return Conversation.objects.filter(pk__in=rooms), {"last_number": Subquery(newest[:1]), "last_at": at}


_kept_before = Question(_made_before)
_count = Change(_counted)
_add = Addition(Message)


def _keep(prepared: list, rooms: dict[str, Room]) -> list[str]:
    """Writes the rows that have a place, and the counters; the conversations in which something was said."""
    rows = [row for row in prepared if isinstance(row, Message) and row.number is not None]
    if not rows:
        return []
    _add(rows)
    touched = {row.conversation_id for row in rows}
    said = [room for room in rooms.values() if room.row.pk in touched]
    _count(rooms=sorted(touched), at=rows[0].made_at)
    # Whoever writes is back: a pause ends with the first word.
    authors = {row.author_id for row in rows}
    paused = [one.pk for room in said for one in room.members.values() if one.pk in authors and one.paused_at]
    if paused:
        Membership.objects.filter(pk__in=paused).update(paused_at=None)
    return [room.row.ref for room in said]


def _to_be_told(drafts: list[Draft], rooms: dict[str, Room]) -> dict[str, list[str]]:
    """By conversation, the people to whom words there would be news: the first they have not seen, or the
    first after QUIET. Looked at before anything is counted."""
    authors: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        authors[draft.conversation].add(draft.by)
    quiet = clock.now() - QUIET
    return {
        ref: [
            one.person_ref
            for one in room.members.values()
            if one.person_ref not in authors[ref]
            and not one.paused_at
            and (one.read_number >= room.row.last_number or (room.row.last_at or quiet) <= quiet)
        ]
        for ref, room in rooms.items()
    }
