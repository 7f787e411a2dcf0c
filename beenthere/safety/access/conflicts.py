"""Whom a report is about, and which steward stands too near to look at it."""

from django.db.models import Q

from beenthere.conversations.access import Room, rooms_of
from beenthere.conversations.models import Membership
from beenthere.matching.models import Card, Introduction
from beenthere.people.models import Block, Person
from beenthere.people.queries import refs_in_company_with
from beenthere.stories.models import Piece

from ..models import APPEAL, CHECK_IN, CONVERSATION, HELD_PIECE, INTRODUCTION, PIECE, Act, Proposal, Report


def near(steward: Person) -> set[str]:
    """Refs of those about whom the steward decides nothing: themself; whoever blocked them or is blocked by
    them; who is in a pair or a circle with them; who let them in, and whom they let in. Three queries."""
    blocks = Block.objects.filter(Q(by_person=steward) | Q(other=steward))
    blocked = {ref for two in blocks.values_list("by_person__ref", "other__ref") for ref in two}
    let_in = set(Person.objects.filter(let_in_by=steward.ref).values_list("ref", flat=True))
    let_in |= {steward.let_in_by} - {""}
    return {steward.ref} | blocked | let_in | refs_in_company_with(steward)


def readable_by(steward: Person) -> Q:
    """The reports that this steward may open: none that somebody near them made or that is about somebody
    near them, no held piece and no wish for a check-in of somebody near, and no appeal against what they had
    a hand in or what was decided about somebody near."""
    refs = near(steward)
    rooms = Membership.objects.filter(person_ref__in=refs).values("conversation__ref")
    pieces = Piece.objects.filter(author__ref__in=refs).values("ref")
    met = Introduction.objects.filter(Q(a__in=refs) | Q(b__in=refs))
    cards = Card.objects.filter(introduction__in=met.values("pk")).values("ref")
    return (
        ~(Q(made_by__isnull=False) & Q(made_by__ref__in=refs))
        & ~Q(kind=CONVERSATION, subject__in=rooms)
        & ~Q(kind__in=(PIECE, HELD_PIECE), subject__in=pieces)
        & ~Q(kind=INTRODUCTION, subject__in=cards)
        & ~Q(kind=CHECK_IN, subject__in=refs)
        & ~Q(kind=APPEAL, subject__in=acts_with_a_hand(steward, refs).values("ref"))
    )


def acts_with_a_hand(steward: Person, refs: set[str] | None = None):
    """The acts in which the steward had a hand, or that concern somebody near (`refs`)."""
    refs = near(steward) if refs is None else refs
    hand = Q(proposed_by=steward.ref) | Q(settled_by=steward.ref)
    proposed = Proposal.objects.filter(hand).values("report__ref")
    told = Report.objects.filter(Q(made_by__ref__in=refs) | Q(answered_by=steward.ref)).exclude(kind=APPEAL)
    mine = Q(decided_by=steward.ref) | Q(reviewed_by=steward.ref) | Q(person__ref__in=refs)
    return Act.objects.filter(mine | Q(report__in=proposed) | Q(report__in=told.values("ref")))


def room_of(report: Report) -> Room | None:
    """The conversation a report is about, None when it is gone (or it is about something else)."""
    return rooms_of([report.subject]).get(report.subject) if report.kind == CONVERSATION else None


def other_person_of(report: Report) -> Person | None:
    """The one whom the reporter met in that conversation, None when either left."""
    if report.kind != CONVERSATION or report.made_by_id is None:
        return None
    rows = Membership.objects.filter(conversation__ref=report.subject).exclude(person=report.made_by_id)
    row = rows.select_related("person").first()
    return row.person if row else None


def person_concerned(report: Report) -> Person | None:
    """Whom a decision on the report would be about, None when they left."""
    if report.kind in (PIECE, HELD_PIECE):
        piece = Piece.objects.select_related("author").filter(ref=report.subject).first()
        return piece.author if piece else None
    if report.kind == INTRODUCTION:
        card = Card.objects.select_related("introduction").filter(ref=report.subject).first()
        if card is None:
            return None
        refs = {card.introduction.a, card.introduction.b}
        return Person.objects.filter(ref__in=refs).exclude(pk=card.person_id).first()
    if report.kind == APPEAL:
        act = Act.objects.select_related("person").filter(ref=report.subject).first()
        return act.person if act else None
    return report.made_by if report.kind == CHECK_IN else other_person_of(report)
