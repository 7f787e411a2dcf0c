"""A second look: another steward looks at every act, and a third at what somebody sees otherwise."""

from beenthere.foundation import clock
from beenthere.foundation.ledger import record
from beenthere.foundation.sentences import sentence
from beenthere.people.actions import note_waiting
from beenthere.people.actions.limiting import end_limits
from beenthere.people.models import Person

from ..access import are_enough
from ..access.powers import power
from ..models import LIFTED, NO, STANDS, Act, Report
from .deciding import close_report, seal_answer
from .proposing import TooFew
from .reporting import Refused
from .steps import undo_step
from .telling import log_review, note_people

REVIEWS = (STANDS, LIFTED)


@power("review an act")
def review_act(*, act: Act, review: str, by: Person):
    """Afterwards another steward has looked at it: it stands, or is lifted, and what it did is undone.
    ValueError for another word, Refused where somebody looked before."""
    if review not in REVIEWS:
        raise ValueError(review)
    acts, report = together_with(act), _report_of(act)
    yield
    if not Act.objects.select_for_update().filter(pk=act.pk, reviewed_at=None, lifted_at=None).exists():
        raise Refused(sentence("Somebody looked at this before. Nothing was changed."))
    _decide(acts, review, report, by)
    yield
    note_people([one.person for one in acts] if review == LIFTED else [], by=by)


@power("decide an appeal")
def decide_appeal(*, report: Report, review: str, words: str, by: Person):
    """Afterwards the appeal is answered, by somebody who had no hand in the decision; what it is against
    stands, or is lifted. Raises TooFew while fewer than three stewards are in term: then it waits."""
    if review not in REVIEWS:
        raise ValueError(review)
    if not are_enough():
        raise TooFew
    act = Act.objects.select_related("person").filter(ref=report.subject).first()
    acts, about = ([], None) if act is None else (together_with(act), _report_of(act))
    answered = seal_answer(report, words, by=by)
    yield
    close_report(answered, by=by)
    _decide([one for one in acts if one.lifted_at is None], review, about, by)
    yield
    note_people({one.person.ref: one.person for one in acts}.values(), by=by)


def end_limits_that_are_over(*, by) -> int:
    """Afterwards no limit stands whose time is over, and whom it held knows. How many ended."""
    ended = end_limits(by=by)
    for ref in ended:
        note_waiting(person_ref=ref, by=by)
    return len(ended)


def together_with(act: Act, *, by=None) -> list[Act]:
    """The acts of the one decision: a conversation that ended was told to both."""
    same = Act.objects.filter(report=act.report, kind=act.kind, limit=act.limit, made_at=act.made_at)
    return list(same.select_related("person").order_by("pk")) if act.report else [act]


def _report_of(act: Act) -> Report | None:
    report = Report.objects.filter(ref=act.report).first()
    if report is not None:
        report.copied = report.copied  # opened now, not inside of the transaction
    return report


def _decide(acts: list[Act], review: str, report: Report | None, by) -> None:
    for act in acts:
        before = act.review
        act.reviewed_by, act.reviewed_at, act.review = by.ref, clock.now(), review
        if review == LIFTED:
            undo_step(act, report=report, by=by)
            act.lifted_at = clock.now()
        act.save(update_fields=["reviewed_by", "reviewed_at", "review", "lifted_at"])
    if acts:
        log_review(acts[0], before=before, by=by)
    if report is not None:
        if review == LIFTED:
            rows = report.proposals.filter(settled_at=None)
            rows.update(settled_at=clock.now(), settled_by=by.ref, settled_as=NO)
        record(act=f"reviewed: {review}", by=by, kind="report", ref=report.ref)
    elif acts:
        record(act=f"reviewed: {review}", by=by, kind="act", ref=acts[0].ref)
