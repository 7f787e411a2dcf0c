"""Grave steps need four eyes: one steward proposes, and it holds at once; another agrees, or it lapses."""

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.ledger import record
from beenthere.foundation.sentences import sentence
from beenthere.foundation.writing import writing
from beenthere.people.models import Person

from ..access import are_enough
from ..access.powers import power
from ..core import HOLDS_FOR, LIMITED, Step
from ..models import LAPSED, LIFTED, NO, STANDS, YES, Act, Proposal, Report
from .deciding import end_of, is_grave, why_not
from .reporting import Refused, _fits
from .steps import do_step, hold_step, people_told, undo_step
from .telling import keep_acts, log_review, note_people, sealed_acts


class TooFew(PermissionError):
    """Fewer than three stewards are in term: grave acts only hold, and appeals wait."""


@power("propose a grave step")
def propose_step(*, report: Report, step: Step, rule: int, words: str = "", by: Person):
    """Afterwards the step holds, seven days at most, is told with its rule to whom it concerns, and waits for
    another steward. Refused for what cannot be done so, or while another proposal waits."""
    why = why_not(report, step, rule, by=by)
    if why is None and not is_grave(step, report):
        why = sentence("One steward can decide that. Nothing was done yet.")
    if why is None and report.proposals.filter(settled_at=None).exists():
        why = sentence("Another step on this waits for a second steward already. Nothing was done yet.")
    if why is not None:
        raise Refused(why)
    _fits(words)
    until = min(one for one in (end_of(step), clock.now() + HOLDS_FOR) if one is not None)
    people = people_told(step, report, by=by)
    facts = {"kind": step.told_as, "limit": step.limit, "until_at": until, "holds": True}
    acts = sealed_acts(people, report=report, rule=rule, by=by, **facts)
    proposal = Proposal(report=report, step=step.kind, limit=step.limit, days=step.days, rule=rule)
    proposal.words, proposal.proposed_by = words.strip(), by.ref
    seal(proposal)
    yield
    Report.objects.select_for_update().get(pk=report.pk)
    if report.proposals.filter(settled_at=None).exists():
        raise Refused(sentence("Another step on this waits for a second steward already."))
    proposal.save(force_insert=True)
    keep_acts(acts, by=by)
    hold_step(step, report=report, acts=acts, by=by)
    record(act=f"proposed: {step.limit or step.kind}", by=by, kind="report", ref=report.ref)
    yield
    note_people(people, by=by)
    return proposal


@power("agree to a grave step, or not")
def settle_proposal(*, proposal: Proposal, agrees: bool, by: Person):
    """Afterwards the step is done, or what held is as it was. Nobody agrees to what they proposed; who
    proposed may take it back. Raises TooFew, PermissionError; Refused where it is settled already."""
    if agrees and proposal.proposed_by == by.ref:
        raise PermissionError("Another steward agrees.")
    if agrees and not are_enough():
        raise TooFew
    report = Report.objects.get(pk=proposal.report_id)
    report.copied = report.copied  # opened now, not inside of the transaction
    yield
    rows = Proposal.objects.select_for_update().filter(pk=proposal.pk, settled_at=None)
    if not rows.exists() or clock.now() >= proposal.proposed_at + HOLDS_FOR:
        raise Refused(sentence("This was settled before, or its seven days are over."))
    acts = held_acts(proposal)
    rows.update(settled_at=clock.now(), settled_by=by.ref, settled_as=YES if agrees else NO)
    (_do if agrees else _undo)(proposal, report, acts, by)
    kind = "agreed" if agrees else "did not agree"
    record(act=f"{kind}: {proposal.limit or proposal.step}", by=by, kind="report", ref=report.ref)
    yield
    note_people([act.person for act in acts], by=by)


def let_proposals_lapse(*, by) -> int:
    """Afterwards nothing holds that no second steward agreed to within seven days: all is as before. How many
    lapsed."""
    due = Proposal.objects.filter(settled_at=None, proposed_at__lte=clock.now() - HOLDS_FOR)
    rows = list(due.select_related("report").order_by("pk"))
    for proposal in rows:
        with writing():
            if not Proposal.objects.filter(pk=proposal.pk, settled_at=None).update(
                settled_at=clock.now(), settled_as=LAPSED
            ):
                continue
            acts = held_acts(proposal)
            for act in acts:
                if act.limit or act.kind == "ended":  # what is hidden shows again by itself
                    undo_step(act, report=proposal.report, by=by)
                act.lifted_at, act.review = clock.now(), LAPSED
                act.save(update_fields=["lifted_at", "review"])
            if acts:
                log_review(acts[0], by=by)
            record(act="proposal lapsed", by=by, kind="report", ref=proposal.report.ref)
        note_people([act.person for act in acts], by=by)
    return len(rows)


def held_acts(proposal: Proposal, *, by=None) -> list[Act]:
    """What was told of the proposal and only holds."""
    rows = Act.objects.filter(report=proposal.report.ref, holds=True, lifted_at=None, limit=proposal.limit)
    return list(rows.select_related("person").order_by("pk"))


def _do(proposal: Proposal, report: Report, acts: list[Act], by) -> None:
    step = Step(proposal.step, proposal.limit, proposal.days)
    for act in acts:
        act.holds, act.until_at = False, act.made_at + (end_of(step) - clock.now()) if step.limit else None
        act.reviewed_by, act.reviewed_at, act.review = by.ref, clock.now(), STANDS
        act.save(update_fields=["holds", "until_at", "reviewed_by", "reviewed_at", "review"])
    until = acts[0].until_at if acts and step.kind == LIMITED else None
    do_step(step, report=report, acts=acts, until=until, by=by)
    if acts:
        log_review(acts[0], by=by)


def _undo(proposal: Proposal, report: Report, acts: list[Act], by) -> None:
    for act in acts:
        undo_step(act, report=report, by=by)
        act.reviewed_by, act.reviewed_at, act.review = by.ref, clock.now(), LIFTED
        act.lifted_at = clock.now()
        act.save(update_fields=["lifted_at", "reviewed_by", "reviewed_at", "review"])
    if acts:
        log_review(acts[0], by=by)
