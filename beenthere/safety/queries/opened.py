"""What the page of one report shows: its facts to every steward who may look at it, its words to who has it
open."""

from dataclasses import dataclass

from beenthere.foundation import clock
from beenthere.people.models import AWAY, CIRCLE_ONLY, NO_INTRODUCTIONS, SLOW, Person

from ..access import are_enough, get_report_for_desk
from ..access.conflicts import acts_with_a_hand, other_person_of, person_concerned, room_of
from ..access.grants import get_opened_report, grant_of
from ..core import HOLDS_FOR
from ..models import (
    APPEAL,
    CHECK_IN,
    CONVERSATION,
    HELD_PIECE,
    PIECE,
    Act,
    Grant,
    Proposal,
    Report,
)
from .desk import DeskLine, act_of_appeal, line_of


@dataclass(frozen=True, slots=True)
class Closed:
    """A report as it looks to a steward who has not opened it: facts and clocks."""

    line: DeskLine


@dataclass(frozen=True, slots=True)
class Opened:
    """A report that is open: its words, and what can be done. `against`: the act an appeal is about;
    `possible`: names of what could be decided; `reviews`: acts this steward may look at a second time."""

    line: DeskLine
    report: Report
    grant: Grant
    against: Act | None
    possible: list[str]
    proposal: Proposal | None
    mine: bool
    enough: bool
    acts: list[Act]
    reviews: list[Act]
    limited: bool


def look_at(person: Person, ref: str) -> Closed | Opened:
    """The report `ref` as this steward sees it now; 404 for who may not."""
    facts = get_report_for_desk(person, ref)
    grant = grant_of(person, facts)
    if grant is None:
        return Closed(line_of(facts))
    report = get_opened_report(person, ref)
    acts = list(Act.objects.filter(report=ref).order_by("pk"))
    hand = set(acts_with_a_hand(person).filter(report=ref).values_list("pk", flat=True))
    proposal = waiting_proposal(report)
    return Opened(
        line=line_of(report, True),
        report=report,
        grant=grant,
        against=act_of_appeal(report),
        possible=possible_steps(report),
        proposal=proposal,
        mine=proposal is not None and proposal.proposed_by == person.ref,
        enough=are_enough(),
        acts=once_each(acts),
        reviews=once_each([act for act in acts if act.pk not in hand and _is_unreviewed(act)]),
        limited=any(act.limit and act.lifted_at is None and act.until_at > clock.now() for act in acts),
    )


def possible_steps(report: Report) -> list[str]:
    """By name (a limit by its own), what a steward could decide on it now."""
    if report.kind in (APPEAL, CHECK_IN):
        return []
    found = []
    room = room_of(report)
    if room is not None and room.row.ended_at is None:
        found.append("ended")
    person = person_concerned(report)
    if person is None:
        return found
    if report.kind in (PIECE, HELD_PIECE) or (report.kind == CONVERSATION and other_person_of(report)):
        found += ["removed", "cleared"]
    if report.kind == HELD_PIECE:
        found = ["let_go", "removed"]
    return [*found, SLOW, NO_INTRODUCTIONS, CIRCLE_ONLY, AWAY]


def waiting_proposal(report: Report) -> Proposal | None:
    """The grave step on it that waits for a second steward."""
    rows = report.proposals.filter(settled_at=None, proposed_at__gt=clock.now() - HOLDS_FOR)
    return rows.select_related("report").first()


def once_each(acts: list[Act]) -> list[Act]:
    """One of each decision: what ends a conversation is told to both."""
    found = {(act.kind, act.limit, act.made_at): act for act in reversed(acts)}
    return list(reversed(found.values()))


def _is_unreviewed(act: Act) -> bool:
    return not act.holds and act.reviewed_at is None and act.lifted_at is None and act.kind != "restored"
