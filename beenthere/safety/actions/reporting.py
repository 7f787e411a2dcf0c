"""Reports: made under a key of their own, and gone in the end."""

from collections.abc import Collection
from datetime import datetime, timedelta

from beenthere.conversations.access import Room, get_room_for
from beenthere.conversations.models import Conversation
from beenthere.conversations.queries import name_of, seen_by
from beenthere.conversations.queries.holding import can_report, last_word_for, sent_in, sent_last_word
from beenthere.foundation import clock
from beenthere.foundation.keys.actions import destroy_key, make_key
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.limits import within
from beenthere.foundation.refs import SITE
from beenthere.foundation.safe_text import is_text
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.foundation.writing import writing
from beenthere.matching.models import Card
from beenthere.matching.queries.lent import lent_on
from beenthere.people.actions import note_waiting
from beenthere.people.models import Person
from beenthere.stories.models import Piece

from ..access.reportable import get_reportable_piece, messages_to_hide, other_member_in
from ..core import APPEAL_FOR
from ..models import APPEAL, CHECK_IN, CONVERSATION, INTRODUCTION, LANES, OTHER, PIECE, Act, Report
from ..queries import steward_refs
from ..queries.reporting import piece_words
from .due import due
from .hiding import hide_at_once

PURPOSE = "report"
KEPT = timedelta(days=90)  # after it closed
LONGEST = 4000
MOST = 60  # messages in one report
A_DAY, MOST_A_DAY = 86400, 20  # reports and appeals of one person
MOST_CHECK_INS = 10  # a day


class Refused(ValueError):
    """It was not sent; `why` is a sentence for the one who wrote it."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.text)
        self.why = why


class Closed(LookupError):
    """The report was answered before."""


def make_report(
    *,
    conversation: Conversation,
    numbers: Collection[int],
    note: str,
    last_word: bool = False,
    name: bool = False,
    lane: str = OTHER,
    by: Person,
) -> Report:
    """Afterwards the stewards have the report: the note, and of the conversation the messages `numbers`
    alone (with `last_word` the one that was left for `by` too, with `name` what the other is called there),
    each with its proof looked at now. The numbers alone are `by`'s choice: the words are copied from what was
    sent, also where they were withdrawn or their author left, as long as they are held. What `by` never
    received, or what is held no more, is left out. "About me" (`lane`) hides them at once.

    Raises Refused when nothing chosen can be copied, or for a note beyond the bounds; 404 where `by` is not.
    """
    _fits(note)
    room, _mine, _name = seen_by(by, get_room_for(by, conversation.ref))
    chosen, was_held = sent_in(by, room, set(sorted(numbers)[:MOST]))
    kept = last_word_for(by, room) if last_word else None
    chosen += [sent_last_word(kept)] if kept is not None else []
    copied = [one.copied() for one in chosen]
    copied += [_name_there(by, room)] if name and can_report(by, room) else []
    if not copied:
        raise Refused(sentence("Choose at least one message. Nothing was sent yet."))
    _not_too_many(by)
    report = _sealed(kind=CONVERSATION, subject=conversation.ref, lane=lane, note=note, copied=copied, by=by)
    with writing():
        if was_held:
            record(act="opened held words", by=by, kind="report", ref=report.ref)
        _send(report, by)
    messages = messages_to_hide(by, room, {one.number for one in chosen})
    pieces = [one.piece.ref for one in messages if one.piece is not None]
    hide_at_once(report=report, messages=messages, pieces=pieces, by=by)
    _tell_stewards(report)
    return report


def report_piece(*, piece: Piece, note: str, lane: str = OTHER, by: Person) -> Report:
    """Afterwards the stewards have the piece as its words stand now, sealed by its author, and the note.
    "About me" (`lane`) hides it at once. 404 for what `by` cannot see, Refused as in `make_report`."""
    _fits(note)
    piece = get_reportable_piece(by, piece.ref)
    _not_too_many(by)
    copied = [_copied(piece_words(piece), at=piece.changed_at)]
    report = _sealed(kind=PIECE, subject=piece.ref, lane=lane, note=note, copied=copied, by=by)
    _send(report, by)
    hide_at_once(report=report, pieces=[piece.ref], by=by)
    _tell_stewards(report)
    return report


def report_card(*, card: Card, numbers: Collection[int], note: str, lane: str = OTHER, by: Person) -> Report:
    """Afterwards the stewards have what was chosen of the other's words on a living card of `by` (`numbers`:
    their places there, from 1), and the note. "About me" hides the pieces they are quoted from. 404 for a
    card of somebody else or one that ended, Refused as in `make_report`."""
    _fits(note)
    lent = lent_on(by, card.ref)
    chosen = [one for number, one in enumerate(lent, 1) if number in numbers]
    if not chosen and not note.strip():
        raise Refused(sentence("Choose at least one part, or say what it is. Nothing was sent yet."))
    _not_too_many(by)
    copied = [_copied((one.words, True), at=one.at, kind="quote") for one in chosen]
    report = _sealed(kind=INTRODUCTION, subject=card.ref, lane=lane, note=note, copied=copied, by=by)
    _send(report, by)
    hide_at_once(report=report, pieces=[one.piece for one in chosen], by=by)
    _tell_stewards(report)
    return report


def ask_check_in(*, note: str, by: Person) -> Report:
    """Afterwards a steward is asked to write to `by`, who may have added a few words. Refused for words
    beyond the bounds, or when they asked often today."""
    _fits(note)
    if not within("check in", of=by.ref, most=MOST_CHECK_INS, seconds=A_DAY):
        raise Refused(
            sentence(
                "You have asked a few times today, and the stewards see it. What is open now "
                "stands under Help now."
            )
        )
    report = _sealed(kind=CHECK_IN, subject=by.ref, lane=OTHER, note=note, copied=[], by=by)
    _send(report, by)
    _tell_stewards(report)
    return report


def appeal(*, act: Act, note: str, by: Person) -> Report:
    """Afterwards another steward than the one who decided is asked to look at it. PermissionError for what
    was decided about somebody else; Refused as in `make_report`."""
    if act.person_id != by.pk:
        raise PermissionError("Only whom it concerns appeals.")
    if not note.strip():
        raise Refused(sentence("The box is empty. A few words are enough. Nothing was sent yet."))
    _fits(note)
    if clock.now() > act.made_at + APPEAL_FOR:
        raise Refused(sentence("It is more than 60 days ago: it cannot be looked at again."))
    _not_too_many(by)
    report = _sealed(kind=APPEAL, subject=act.ref, lane=OTHER, note=note, copied=[], by=by)
    _send(report, by)
    _tell_stewards(report)
    return report


def forget_old_reports(*, by) -> int:
    """Afterwards the words of reports that closed 90 days ago cannot be read, here or in any backup, and
    their rows are gone. Returns how many."""
    old = Report.objects.filter(closed_at__lte=clock.now() - KEPT)
    refs = list(old.values_list("ref", flat=True))
    for ref in refs:
        destroy_key(owner=ref, purpose=PURPOSE, by=by)
        forget_report(ref=ref, by=by)
    return len(refs)


def forget_report(*, ref: str, by=SITE) -> None:
    """Deletes the row of a report whose key is destroyed."""
    with writing():
        if Report.objects.filter(ref=ref).delete()[0]:
            record(act="report forgotten", by=by, kind="report", ref=ref)


def _sealed(*, kind: str, subject: str, lane: str, note: str, copied: list[dict], by: Person) -> Report:
    if lane not in LANES:
        raise ValueError(lane)
    report = Report(made_by=by, kind=kind, subject=subject, lane=lane, note=note.strip(), copied=copied)
    report.due_at = due(kind=kind, lane=lane)
    make_key(owner=report.ref, purpose=PURPOSE, by=by)
    seal(report)
    return report


def _copied(words: tuple[str, bool], *, at: datetime, kind: str = "piece") -> dict:
    """What stood somewhere, as a message is copied. `proven` says: these words stood there when it was
    reported, sealed with the key of who wrote them for that very place."""
    told = {"number": 0, "mine": False, "at": at.isoformat(), "words": words[0], "kind": kind}
    return {**told, "note": "", "piece": "", "proven": words[1]}


def _name_there(by: Person, room: Room) -> dict:
    """What the other is called there; the same shape once they left, with nothing in it."""
    other = other_member_in(by, room)
    name = (name_of(other) if other is not None else None) or ""
    at = other.made_at if other is not None else room.row.made_at
    return _copied((name, bool(name)), at=at, kind="name")


def _send(report: Report, by: Person) -> None:
    with writing():
        report.save(force_insert=True)
        record(act="reported", by=by, kind="report", ref=report.ref)


def _tell_stewards(report: Report) -> None:
    for ref in steward_refs(report):
        note_waiting(person_ref=ref, by=SITE)


def _not_too_many(by: Person) -> None:
    """Else one person could bury what others report."""
    if not within("report", of=by.ref, most=MOST_A_DAY, seconds=A_DAY):
        raise Refused(sentence("You have sent many reports today. Nothing was sent: please go on tomorrow."))


def _fits(words: str) -> None:
    if len(words) > LONGEST:
        raise Refused(
            sentence(
                "That is {count} characters, and {most} is the most. Nothing is lost: leave out a part.",
                count=len(words),
                most=LONGEST,
            )
        )
    if not is_text(words):
        raise Refused(sentence("There is a character in it that we cannot keep."))
