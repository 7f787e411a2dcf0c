"""What a steward can decide on a report. Each decision names a rule, and is told to whom it concerns."""

from beenthere.conversations.actions import end_conversation
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.ledger import record
from beenthere.foundation.refs import SITE
from beenthere.foundation.sentences import sentence
from beenthere.foundation.writing import writing
from beenthere.people.actions import note_waiting, restore, suspend
from beenthere.people.models import MEMBER, SUSPENDED, Person

from ..access import other_person_of, room_of
from ..models import ENDED, RESTORED, SUSPENSION, Act, Report
from .reporting import Refused

LONGEST_RULE = 500


def end_reported_conversation(*, report: Report, rule: str, by: Person) -> None:
    """Afterwards the conversation is over, and both of its people are told by which rule. Nothing where it
    is gone."""
    room = room_of(report)
    if room is None:
        return
    people = [one for one in (report.made_by, other_person_of(report)) if one is not None]
    acts = _sealed(people, kind=ENDED, report=report, rule=rule, by=by)
    with writing():
        end_conversation(conversation=room.row, by=by)
        _tell(acts)
        record(act="ended conversation", by=by, kind="conversation", ref=report.subject)
    _note_all(people)


def suspend_reported(*, report: Report, rule: str, by: Person) -> None:
    """Afterwards the other of that conversation is signed out and writes nowhere, until a steward lets them
    back in; they are told by which rule. Nothing where they left."""
    other = other_person_of(report)
    if other is None or other.standing != MEMBER:
        return
    acts = _sealed([other], kind=SUSPENSION, report=report, rule=rule, by=by)
    with writing():
        _tell(acts)
    suspend(person=other, by=by)
    _note_all([other])


def restore_reported(*, report: Report, rule: str, by: Person) -> None:
    """Afterwards who was suspended is a member again, and is told."""
    other = other_person_of(report)
    if other is None or other.standing != SUSPENDED:
        return
    acts = _sealed([other], kind=RESTORED, report=report, rule=rule, by=by)
    with writing():
        _tell(acts)
    restore(person=other, by=by)
    _note_all([other])


def _sealed(people: list[Person], *, kind: str, report: Report, rule: str, by: Person) -> list[Act]:
    rule = " ".join(rule.split())[:LONGEST_RULE]
    if not rule:
        raise Refused(sentence("Name the rule that this rests on. Nothing was done yet."))
    acts = []
    for person in people:
        act = Act(person=person, kind=kind, subject=report.subject, rule=rule, decided_by=by.ref)
        try:
            seal(act)
        except KeyGone:  # they have just left
            continue
        acts.append(act)
    return acts


def _tell(acts: list[Act]) -> None:
    Act.objects.bulk_create(acts)


def _note_all(people: list[Person]) -> None:
    for person in people:
        note_waiting(person_ref=person.ref, by=SITE)
