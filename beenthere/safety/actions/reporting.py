"""Reports: made under a key of their own, opened on the record, answered, and gone in the end."""

from collections.abc import Collection
from datetime import timedelta

from beenthere.conversations.access import get_room_for
from beenthere.conversations.models import Conversation
from beenthere.conversations.queries import seen_by
from beenthere.conversations.queries.holding import last_word_for, sent_in, sent_last_word
from beenthere.foundation import clock
from beenthere.foundation.keys.actions import destroy_key, make_key
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.limits import within
from beenthere.foundation.refs import SITE
from beenthere.foundation.safe_text import is_text
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.foundation.writing import writing
from beenthere.people.actions import note_waiting
from beenthere.people.models import Person

from ..models import APPEAL, CONVERSATION, Act, Report
from ..queries import steward_refs

PURPOSE = "report"
KEPT = timedelta(days=90)  # after it closed
LONGEST = 4000
MOST = 60  # messages in one report
A_DAY, MOST_A_DAY = 86400, 20  # reports and appeals of one person


class Refused(ValueError):
    """It was not sent; `why` is a sentence for the one who wrote it."""

    def __init__(self, why: Sentence) -> None:
        super().__init__(why.text)
        self.why = why


class Closed(LookupError):
    """The report was answered before."""


def make_report(
    *, conversation: Conversation, numbers: Collection[int], note: str, last_word: bool = False, by: Person
) -> Report:
    """Afterwards the stewards have the report: the note, and of the conversation the messages `numbers`
    alone (with `last_word` the one that was left for `by` too), each with its proof looked at now. The
    numbers alone are `by`'s choice: the words are copied from what was sent, also where they were withdrawn
    or their author left, as long as they are held. What `by` never received, or what is held no more, is
    left out.

    Raises Refused when nothing chosen can be copied, or for a note beyond the bounds; 404 where `by` is not.
    """
    _fits(note)
    room, _mine, _name = seen_by(by, get_room_for(by, conversation.ref))
    chosen, was_held = sent_in(by, room, set(sorted(numbers)[:MOST]))
    kept = last_word_for(by, room) if last_word else None
    chosen += [sent_last_word(kept)] if kept is not None else []
    if not chosen:
        raise Refused(sentence("Choose at least one message. Nothing was sent yet."))
    _not_too_many(by)
    copied = [one.copied() for one in chosen]
    report = _sealed(kind=CONVERSATION, subject=conversation.ref, note=note, copied=copied, by=by)
    with writing():
        if was_held:
            record(act="opened held words", by=by, kind="report", ref=report.ref)
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
    _not_too_many(by)
    report = _sealed(kind=APPEAL, subject=act.ref, note=note, copied=[], by=by)
    _send(report, by)
    _tell_stewards(report)
    return report


def note_opening(*, report: Report, by: Person) -> None:
    """Afterwards the ledger says that this steward read the report now."""
    record(act="opened report", by=by, kind="report", ref=report.ref)


def answer_report(*, report: Report, words: str, by: Person) -> None:
    """Afterwards the reporter has an answer, and the report is closed. Raises Closed when it was answered
    before, Refused for an empty answer."""
    _fits(words)
    if not words.strip():
        raise Refused(sentence("The box is empty. The reporter waits for a few words. Nothing was sent yet."))
    report.answer, report.answered_by = words.strip(), by.ref
    report.answered_at = report.closed_at = clock.now()
    seal(report)
    with writing():
        there = Report.objects.select_for_update().filter(pk=report.pk, closed_at=None)
        if not there.exists():
            raise Closed(report.ref)
        report.save(update_fields=["answer", "answered_by", "answered_at", "closed_at"])
        record(act="answered report", by=by, kind="report", ref=report.ref)
    if report.made_by is not None:
        note_waiting(person_ref=report.made_by.ref, by=SITE)


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


def _sealed(*, kind: str, subject: str, note: str, copied: list[dict], by: Person) -> Report:
    report = Report(made_by=by, kind=kind, subject=subject, note=note.strip(), copied=copied)
    make_key(owner=report.ref, purpose=PURPOSE, by=by)
    seal(report)
    return report


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
