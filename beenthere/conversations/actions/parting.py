"""Leaving with a last word, and what happens in a silence."""

from django.db import IntegrityError
from django.db.models import Q

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing
from beenthere.people.actions import note_waiting
from beenthere.people.models import Person
from beenthere.signposts.core.outside import heard
from beenthere.signposts.core.strip import cover_of

from ..access import rooms_of
from ..core import HARM, NOT_HERE, OUTSIDE, TOO_LONG, words_fault
from ..core.silence import ASKED
from ..models import Conversation, Kept, Membership
from ..models.between import LAST_WORD
from ..queries.holding import last_word_facts
from ..queries.parting import quiet_since, silences_in, silent_conversations
from ..queries.proving import proof_of
from .ending import end_conversation

MOST_LAST_WORD = 500


class NotLeft(ValueError):
    """The conversation is as it was; `code` is one of `core` and says what is wrong with the last word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def leave_with_a_last_word(*, conversation: Conversation, words: str, by: Person) -> None:
    """Afterwards the conversation has ended, and the other keeps `words`, sealed with their own key: what
    happens to `by` later changes nothing there. Screened like any message. Raises NotLeft."""
    words = words.strip()
    fault = words_fault(words) or (TOO_LONG if len(words) > MOST_LAST_WORD else None)
    if fault:
        raise NotLeft(fault)
    if cover_of(words):  # nobody can answer it
        raise NotLeft(HARM)
    leads_outside = bool(heard(words))
    kept = _last_word(conversation, words, by)
    try:
        with writing():
            room = rooms_of([conversation.ref], locked=True).get(conversation.ref)
            if room is None or not room.admits(by.ref):
                raise NotLeft(NOT_HERE)
            if leads_outside and room.row.door_open_at is None:
                raise NotLeft(OUTSIDE)
            kept.save(force_insert=True)
            end_conversation(conversation=room.row, by=by)
    except IntegrityError:  # they have just left
        raise NotLeft(NOT_HERE) from None


def make_room(*, conversation: Conversation, by: Person) -> None:
    """Afterwards this pair, in which it is quiet, takes none of one's places until words come. The other
    sees nothing of it. Nothing where it is not quiet."""
    room = rooms_of([conversation.ref]).get(conversation.ref)
    if room is not None and room.admits(by.ref) and by.ref in silences_in([room])[conversation.ref]:
        _change(conversation, by, made_room_at=clock.now())


def take_room_back(*, conversation: Conversation, by: Person) -> None:
    """Afterwards this pair takes a place again."""
    _change(conversation, by, made_room_at=None)


def ask_about_silences(*, by=SITE) -> int:
    """Afterwards everybody who was spoken to last in a pair that is quiet (both, where nobody ever spoke) was
    asked once in this silence: the page says so, and a mail without content if they chose mail and did not
    pause there. Some conversations at a time. Returns how many were asked."""
    count = 0
    for rooms in silent_conversations():
        for ref, said in silences_in(rooms).items():
            asked = [person for person, what in said.items() if what == ASKED]
            for person_ref in _asked(ref, asked):
                note_waiting(person_ref=person_ref, by=by)
                count += 1
    return count


def _asked(ref: str, people: list[str]) -> list[str]:
    """Notes that `people` are asked in this silence; those of them to whom that is news. Two workers that
    come to it at once ask once."""
    found = []
    with writing():
        conversation = Conversation.objects.select_for_update().filter(ref=ref, ended_at=None).first()
        if conversation is None:
            return []
        since = quiet_since(conversation)
        rows = Membership.objects.filter(conversation=conversation, person_ref__in=people)
        rows = rows.filter(Q(asked_at=None) | Q(asked_at__lt=since))
        for row in list(rows.order_by("pk")):
            Membership.objects.filter(pk=row.pk).update(asked_at=clock.now())
            if row.paused_at is None:
                found.append(row.person_ref)
    return found


def _last_word(conversation: Conversation, words: str, by: Person) -> Kept:
    """The row, sealed with the key of the one who gets it. Outside of `writing`."""
    members = Membership.objects.filter(conversation=conversation).select_related("person")
    mine = members.filter(person=by).first()
    other = members.exclude(person=by).first()
    if mine is None or other is None:
        raise NotLeft(NOT_HERE)
    kept = Kept(
        person=other.person,
        person_ref=other.person_ref,
        conversation=conversation.ref,
        author=mine.ref,
        why=LAST_WORD,
        words=words,
    )
    kept.digest = proof_of(**last_word_facts(kept))
    try:
        seal(kept)
    except KeyGone:
        raise NotLeft(NOT_HERE) from None
    return kept


def _change(conversation: Conversation, person: Person, **facts) -> None:
    with writing():
        Membership.objects.filter(conversation=conversation, person=person).update(**facts)
