"""What one steward can decide on a report that they have open. Each decision names a rule by its number, is
told to whom it concerns, and is looked at by another steward afterwards."""

from datetime import timedelta

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.sentences import Sentence, sentence
from beenthere.people.actions.limiting import lift_limit
from beenthere.people.models import Person

from ..access.conflicts import person_concerned
from ..access.powers import power
from ..core import CLEARED, DAYS, LET_GO, LIMITED, STEPS, Step
from ..models import LANES_GRAVE, LIFTED, RESTORED, Act, Report
from .reporting import Closed, Refused, _fits
from .steps import do_step, is_possible, people_told
from .telling import keep_acts, note_people, sealed_acts

NO_RULE_NEEDED = (CLEARED, LET_GO)


class NeedsTwo(PermissionError):
    """The step is grave: one steward proposes it, and another agrees."""


@power("decide on a report")
def decide(*, report: Report, step: Step, rule: int = 0, by: Person):
    """Afterwards the step is done, and told with the rule `rule` (its number; 0 where none was broken) to
    whom it concerns. Raises NeedsTwo for a grave one, Refused for what cannot be done so."""
    _refuse_what_cannot_be(report, step, rule, by)
    if is_grave(step, report):
        raise NeedsTwo
    until = end_of(step)
    people = people_told(step, report, by=by)
    acts = sealed_acts(
        people, report=report, rule=rule, by=by, kind=step.told_as, limit=step.limit, until_at=until
    )
    yield
    keep_acts(acts, by=by)
    do_step(step, report=report, acts=acts, until=until, by=by)
    record(act=f"decided: {step.limit or step.kind}", by=by, kind="report", ref=report.ref)
    yield
    note_people(people, by=by)
    return acts


@power("lift limits")
def lift_limits(*, report: Report, by: Person):
    """Afterwards whom the report is about is free of what stewards set because of it, and is told. Refused
    where there is nothing."""
    acts = list(Act.objects.filter(report=report.ref, lifted_at=None).exclude(limit="").order_by("pk"))
    acts = [act for act in acts if act.until_at is None or act.until_at > clock.now()]
    person = person_concerned(report)
    if not acts or person is None:
        raise Refused(sentence("Nothing is limited because of this report. Nothing was changed."))
    told = sealed_acts([person], report=report, rule=0, by=by, kind=RESTORED)
    yield
    for act in acts:
        lift_limit(person=person, what=act.limit, act=act.ref, by=by)
        act.lifted_at, act.review = clock.now(), LIFTED
        act.save(update_fields=["lifted_at", "review"])
    report.proposals.filter(settled_at=None).exclude(limit="").update(
        settled_at=clock.now(), settled_by=by.ref, settled_as="no"
    )
    keep_acts(told, by=by)
    record(act="decided: lifted", by=by, kind="report", ref=report.ref)
    yield
    note_people([person], by=by)


@power("answer a report")
def answer_report(*, report: Report, words: str, by: Person):
    """Afterwards the reporter has an answer, and the report is closed. Raises Closed when it was answered
    before, Refused for an empty answer."""
    answered = seal_answer(report, words, by=by)
    yield
    close_report(answered, by=by)
    yield
    if report.made_by is not None:
        note_people([report.made_by], by=by)


def is_grave(step: Step, report: Report, *, by=None) -> bool:
    """Whether two stewards decide it."""
    return step.is_grave(lane_is_grave=report.lane in LANES_GRAVE)


def end_of(step: Step, *, by=None):
    """When a limit ends; None for what has no end."""
    return clock.now() + timedelta(days=step.days) if step.kind == LIMITED else None


def seal_answer(report: Report, words: str, *, by) -> Report:
    """The report with its answer, sealed and not kept yet. Refused for an empty answer."""
    _fits(words)
    if report.made_by_id is not None and not words.strip():
        raise Refused(sentence("The box is empty. The reporter waits for a few words. Nothing was sent yet."))
    report.answer, report.answered_by = words.strip(), by.ref
    report.answered_at = report.closed_at = clock.now()
    seal(report)
    return report


def close_report(report: Report, *, by) -> None:
    """Afterwards it is closed with that answer. Raises Closed when it was before."""
    if not Report.objects.select_for_update().filter(pk=report.pk, closed_at=None).exists():
        raise Closed(report.ref)
    report.save(update_fields=["answer", "answered_by", "answered_at", "closed_at"])
    record(act="answered report", by=by, kind="report", ref=report.ref)


def _refuse_what_cannot_be(report: Report, step: Step, rule: int, by) -> None:
    why = why_not(report, step, rule, by=by)
    if why is not None:
        raise Refused(why)


def why_not(report: Report, step: Step, rule: int, *, by) -> Sentence | None:
    """Why the step cannot be done so, None when it can."""
    fault = step.fault()
    if step.kind not in STEPS or fault == "step":
        return sentence("Choose what to do. Nothing was done yet.")
    if fault == "days":
        least, most = DAYS[step.limit]
        return sentence(
            "Choose an end for it, {least} to {most} days from now. Nothing was done yet.",
            least=least,
            most=most,
        )
    if not rule and step.kind not in NO_RULE_NEEDED:
        return sentence("Name the rule that this rests on. Nothing was done yet.")
    if not is_possible(step, report, by=by):
        return sentence("That cannot be done any more. Nothing was changed.")
    return None
