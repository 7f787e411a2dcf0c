"""Words that go are held for seven days under the key of the day, for a report alone; then the key is
destroyed, and with it the words, in every backup too."""

from collections.abc import Iterable
from contextlib import suppress

from django.db import IntegrityError
from django.db.models import Count

from beenthere.foundation import clock
from beenthere.foundation.keys.actions import destroy_key, make_key
from beenthere.foundation.keys.fields import Misplaced, open_together, seal
from beenthere.foundation.keys.models import Key
from beenthere.foundation.keys.opening import KeyGone, drop_opened
from beenthere.foundation.ledger import record
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing

from ..core.holding import all_there_was, day_of, door_stands, oldest_day, oldest_moment
from ..models import PAIR, Conversation, Held, Message
from ..models.keeping import HOLD
from ..queries.proving import told_in
from .ending import end_conversation

CHUNK = 200


def hold_before_leaving(ref: str, *, by) -> None:
    """Before the key of the person `ref` is destroyed: afterwards what they wrote and others received is
    held, and their pairs are over, so that nothing comes after it. Called again it holds afresh."""
    rows = list(Conversation.objects.filter(memberships__person_ref=ref).order_by("ref"))
    held = {row.pk: _hold_what_they_wrote(row, ref, after=0, by=by) for row in _to_be_held(rows)}
    for row in rows:
        if row.kind == PAIR:
            end_conversation(conversation=row, by=by)
    for row in rows:
        if row.pk in held:  # what they sent meanwhile
            _hold_what_they_wrote(row, ref, after=held[row.pk], by=by)


def hold_before_a_piece_goes(ref: str, *, by) -> None:
    """Before the piece `ref` is deleted, or says something else: afterwards its words are held where messages
    carried it."""
    found = Message.objects.filter(piece__ref=ref, withdrawn_at=None).select_related(
        "conversation", "author", "piece__author"
    )
    by_conversation: dict[int, list[Message]] = {}
    for row in found.order_by("pk"):
        by_conversation.setdefault(row.conversation_id, []).append(row)
    for rows in by_conversation.values():
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            _keep(part[0].conversation, prepared_holds(part, by=by))


def prepared_holds(messages: Iterable[Message], *, by) -> list[Held]:
    """Rows for `keep_held`, sealed with the key of today: outside of `writing`. Messages of one conversation
    with their author and piece. None for words that nobody else received, for those whose door is closed,
    and for those that nobody can read any more."""
    rows = list(messages)
    if not rows or not _to_be_held([rows[0].conversation]):
        return []
    open_together(*rows, *(row.piece for row in rows if row.piece is not None))
    day = key_of_today(by=by)
    before = _pieces_held(rows)
    held = [one for row in rows if (one := _held_of(row, day, before)) is not None]
    seal(*held)
    return held


def keep_held(rows: list[Held], *, by) -> None:
    """Inside `writing`, under the lock of their conversation: afterwards they stand in place of what was held
    of the same messages."""
    with writing():
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            numbers = [row.number for row in part]
            Held.objects.filter(conversation=part[0].conversation_id, number__in=numbers).delete()
            Held.objects.bulk_create(part)


def key_of_today(*, by) -> str:
    """The day, its key made. The store itself is asked: days come again where a store was put back, and what
    a process remembers may be of another."""
    day = day_of(clock.now())
    if not Key.objects.filter(owner=day, purpose=HOLD, retired_at=None).exists():
        drop_opened(day)
        with suppress(IntegrityError):  # another process made it just now
            make_key(owner=day, purpose=HOLD, by=by)
    return day


def let_holds_go(*, by=SITE) -> int:
    """Afterwards what is held since the eighth day back or longer cannot be read, here or in any backup, and
    its rows are gone; and withdrawn messages of those days keep no proof. Returns how many days went."""
    oldest = oldest_day(clock.now())
    days = set(Key.objects.filter(purpose=HOLD, owner__lt=oldest).values_list("owner", flat=True))
    days |= set(Held.objects.filter(day__lt=oldest).values_list("day", flat=True).distinct())
    for day in sorted(days):
        destroy_key(owner=day, purpose=HOLD, by=by)
        forget_day(day=day, by=by)
    old = Message.objects.filter(withdrawn_at__lt=oldest_moment(clock.now())).exclude(digest="")
    while some := list(old.order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with writing():
            Message.objects.filter(pk__in=some).update(digest="")
    return len(days)


def forget_day(*, day: str, by=SITE) -> None:
    """Deletes what was held under a key that is destroyed, some at a time."""
    gone = 0
    while some := list(Held.objects.filter(day=day).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        with writing():
            gone += Held.objects.filter(pk__in=some).delete()[0]
    if gone:
        record(act="held words forgotten", by=by, kind="day", ref=day)


def _hold_what_they_wrote(conversation: Conversation, person_ref: str, *, after: int, by) -> int:
    """Some at a time, each in a short transaction. Returns the last number that was looked at."""
    found = Message.objects.filter(conversation=conversation, author_ref=person_ref, withdrawn_at=None)
    found = found.select_related("conversation", "author", "piece__author").order_by("number")
    while rows := list(found.filter(number__gt=after)[:CHUNK]):
        _keep(conversation, prepared_holds(rows, by=by))
        after = rows[-1].number
    return after


def _keep(conversation: Conversation, held: list[Held]) -> None:
    if not held:
        return
    with writing():
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        # What was withdrawn meanwhile was held by that.
        numbers = [row.number for row in held]
        standing = Message.objects.filter(conversation=conversation, number__in=numbers, withdrawn_at=None)
        standing = set(standing.values_list("number", flat=True))
        keep_held([row for row in held if row.number in standing], by=SITE)


def _to_be_held(conversations: list[Conversation]) -> list[Conversation]:
    """Those where somebody else received what was said, and can still report it."""
    now = clock.now()
    rows = [row for row in conversations if door_stands(row.ended_at, now)]
    if not rows:
        return []
    counted = Conversation.objects.filter(pk__in=[row.pk for row in rows]).annotate(
        people=Count("memberships")
    )
    shared = set(counted.filter(people__gt=1).values_list("pk", flat=True))
    return [row for row in rows if row.pk in shared]


def _pieces_held(rows: list[Message]) -> dict[int, str]:
    """By number, words of pieces that were carried, and went or were changed before their message went. They
    stay reportable as long as the message that carried them."""
    numbers = [row.number for row in rows if row.piece_proven]
    if not numbers:
        return {}
    oldest = oldest_day(clock.now())
    before = Held.objects.filter(conversation=rows[0].conversation_id, number__in=numbers, day__gte=oldest)
    found = {}
    for row in before:
        try:
            found[row.number] = row.told.get("piece_words") or ""
        except (KeyGone, Misplaced):
            continue
    return found


def _held_of(row: Message, day: str, before: dict[int, str]) -> Held | None:
    try:
        told = told_in(row)
        piece = all_there_was(before.get(row.number, ""), row.piece.words if row.piece else "")
    except (KeyGone, Misplaced):
        return None
    if told["words"] is None:
        return None
    return Held(
        conversation_id=row.conversation_id,
        author=row.author.ref,
        number=row.number,
        said_at=row.made_at,
        day=day,
        told={**told, "piece_words": piece},
        digest=row.digest,
    )
