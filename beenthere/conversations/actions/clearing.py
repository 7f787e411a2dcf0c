"""What became clear: lines that are offered, kept by both or alone, and let go."""

from django.db import transaction
from django.http import Http404

from beenthere.foundation import clock, wire
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.writing import writing
from beenthere.people.models import Person
from beenthere.signposts.core.outside import heard
from beenthere.signposts.core.strip import cover_of

from ..access import rooms_of
from ..core import HARM, OUTSIDE
from ..core.clearing import ENOUGH, MOST_WAITING, line_fault
from ..events import CHANGED
from ..models import ClearLine, Conversation, Kept, Membership
from ..models.between import ALONE, BOTH
from .between import held_open


class LineRefused(ValueError):
    """`why` is a code of `core`: EMPTY, TOO_LONG, UNREADABLE, OUTSIDE, HARM or ENOUGH."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def offer_line(*, conversation: Conversation, words: str, by: Person) -> ClearLine:
    """Afterwards the other may say yes to the line. The same words twice are one line. Raises LineRefused;
    404 where the conversation is over."""
    words = _tidy(words)
    if cover_of(words):
        raise LineRefused(HARM)
    mine = _seat(conversation, by)
    leads_outside = bool(heard(words))
    for waiting in ClearLine.objects.filter(author=mine, kept_at=None):
        if waiting.words == words:
            return waiting
    row = ClearLine(conversation=conversation, author=mine, author_ref=by.ref, words=words)
    seal(row)
    with writing():
        held = held_open(conversation=conversation, by=by)
        if leads_outside and held.room.row.door_open_at is None:
            raise LineRefused(OUTSIDE)
        if ClearLine.objects.filter(author=mine, kept_at=None).count() >= MOST_WAITING:
            raise LineRefused(ENOUGH)
        row.save(force_insert=True)
        held.tell_changed()
    return row


def say_yes(*, line: ClearLine, by: Person) -> None:
    """Afterwards both have the line, each sealed with their own key: it stays with each, however all ends.
    Twice is the same as once. 404 for its author, after the end, and once it was taken back."""
    seats = list(
        Membership.objects.select_related("person").filter(conversation=line.conversation_id).order_by("pk")
    )
    author = next((seat for seat in seats if seat.pk == line.author_id), None)
    if author is None or author.person_ref == by.ref:
        raise Http404
    try:
        rows = [
            Kept(
                person=seat.person,
                person_ref=seat.person_ref,
                conversation=line.conversation.ref,
                author=author.ref,
                why=BOTH,
                words=line.words,
            )
            for seat in seats
        ]
        seal(*rows)
    except KeyGone:
        raise Http404 from None
    with writing():
        held = held_open(conversation=line.conversation, by=by)
        now = ClearLine.objects.select_for_update().filter(pk=line.pk).first()
        if now is None:
            raise Http404
        if now.kept_at is None:
            ClearLine.objects.filter(pk=line.pk).update(kept_at=clock.now())
            Kept.objects.bulk_create(rows)
            held.tell_changed()


def put_away(*, line: ClearLine, by: Person) -> None:
    """Afterwards `by`, whom it was offered to, is not shown it near the box. The author sees nothing of it;
    a yes can still be said."""
    with writing():
        found = ClearLine.objects.filter(pk=line.pk, kept_at=None, put_away_at=None)
        found.exclude(author_ref=by.ref).update(put_away_at=clock.now())


def take_back(*, line: ClearLine, by: Person) -> None:
    """Afterwards the line that `by` offered is gone. 404 once both keep it, and for anybody else."""
    with writing():
        rooms_of([line.conversation.ref], locked=True)
        gone, _ = ClearLine.objects.filter(pk=line.pk, author_ref=by.ref, kept_at=None).delete()
        if not gone:
            raise Http404
        transaction.on_commit(lambda: wire.publish(CHANGED, line.conversation.ref))


def keep_alone(*, conversation: Conversation, words: str, by: Person) -> Kept:
    """Afterwards `by` keeps these words, and nobody else sees anything of it; after an ending too. Raises
    LineRefused."""
    mine = _seat(conversation, by)
    row = Kept(
        person=by,
        person_ref=by.ref,
        conversation=conversation.ref,
        author=mine.ref,
        why=ALONE,
        words=_tidy(words),
    )
    seal(row)
    with writing():
        row.save(force_insert=True)
    return row


def let_go(*, kept: Kept, by: Person) -> None:
    """Afterwards `by` keeps that line no more. What the other kept stays theirs."""
    with writing():
        Kept.objects.filter(pk=kept.pk, person_ref=by.ref).delete()


def _tidy(words: str) -> str:
    words = words.strip() if isinstance(words, str) else words
    fault = line_fault(words)
    if fault:
        raise LineRefused(fault)
    return words


def _seat(conversation: Conversation, person: Person) -> Membership:
    found = Membership.objects.filter(conversation=conversation, person=person).first()
    if found is None:
        raise Http404
    return found
