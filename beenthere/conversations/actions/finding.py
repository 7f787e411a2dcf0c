"""Marks by which words are found again: made in the background, never when something is sent."""

from collections.abc import Iterable

from django.db.models import Exists, Max, OuterRef

from beenthere.foundation.keys.opening import KeyGone, open_keys
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..core.folding import stems_of
from ..models import Message, WordMark
from ..queries.finding import SEEN, mark_of

CHUNK = 50  # messages in one transaction, so that nobody who sends waits for it
LOOK_BACK = 5_000  # rows below the last marked one: commits may come in another order than their numbers
MOST = 5_000
MOST_AT_ONCE = 400  # for somebody who searches and waits


def mark_new_words(*, most: int = MOST, by) -> int:
    """Afterwards the newest messages that had no marks have them, `most` at most; how many those were."""
    last = WordMark.objects.aggregate(last=Max("message"))["last"] or 0
    return _mark(_unmarked().filter(pk__gt=last - LOOK_BACK).order_by("pk")[:most])


def mark_all_words(*, most: int = MOST, by) -> int:
    """As `mark_new_words`, wherever they stand: after the table was lost, or a worker fell far behind. Marks
    of words that were taken back go."""
    with writing():
        WordMark.objects.filter(message__withdrawn_at__isnull=False).delete()
    return _mark(_unmarked().order_by("-pk")[:most])


def mark_words_of(*, most: int = MOST_AT_ONCE, by: Person) -> int:
    """As `mark_new_words`, in the conversations of `by`, the newest first."""
    return _mark(_unmarked().filter(conversation__memberships__person=by).order_by("-pk")[:most])


def unmark_message(*, message_ref: str, by) -> None:
    """Afterwards nothing finds that message any more."""
    with writing():
        WordMark.objects.filter(message__ref=message_ref).delete()


def _unmarked():
    marked = Exists(WordMark.objects.filter(message=OuterRef("pk")))
    return Message.objects.filter(~marked, withdrawn_at=None).select_related("conversation")


def _mark(found: Iterable[Message]) -> int:
    rows = list(found)
    for start in range(0, len(rows), CHUNK):
        _mark_chunk(rows[start : start + CHUNK])
    return len(rows)


def _mark_chunk(rows: list[Message]) -> None:
    open_keys([row.__dict__["words"].key_ref for row in rows if row.__dict__["words"] is not None])
    marks = {row.pk: _marks_of(row) for row in rows}
    with writing():
        # Locked, so that words taken back meanwhile stay without.
        still = Message.objects.select_for_update().filter(pk__in=marks, withdrawn_at=None)
        new = [
            WordMark(message_id=pk, digest=one)
            for pk in still.values_list("pk", flat=True)
            for one in sorted(marks[pk])
        ]
        WordMark.objects.bulk_create(new, ignore_conflicts=True)


def _marks_of(row: Message) -> set[str]:
    """One for each stem, and one that says it was looked at."""
    try:
        stems = stems_of(f"{row.words or ''}\n{row.note or ''}")
    except KeyGone:
        stems = frozenset()
    return {mark_of(row.conversation.ref, row.number, one) for one in (SEEN, *stems)}
