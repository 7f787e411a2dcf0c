"""Whose word weighs how much: nobody is believed less, but who was wrong twice hides nothing at once."""

from datetime import timedelta

from beenthere.foundation import clock
from beenthere.people.models import Person
from beenthere.people.queries.vouching import is_new
from beenthere.stories.models import Piece

from ..models import PIECE, Report

A_DAY = timedelta(hours=24)
MOST_A_DAY = 3  # things that one person's reports hide in that time
WRONG = 2  # so many of their last such reports found baseless


def may_hide(reporter: Person, *, of_many: bool = False) -> bool:
    """Whether a report "about me" by `reporter` hides at once what it is about; `of_many`: what was written
    for more people than them. Who is new hides only what was said to them: else fifty who come today could
    empty the place. It reaches the stewards either way."""
    if of_many and is_new(reporter):
        return False
    hid = Report.objects.filter(made_by=reporter, hid=True)
    if hid.filter(made_at__gt=clock.now() - A_DAY).count() >= MOST_A_DAY:
        return False
    looked_at = list(hid.exclude(closed_at=None).order_by("-pk")[:WRONG])
    return len(looked_at) < WRONG or not all(was_baseless(one) for one in looked_at)


def was_baseless(report: Report) -> bool:
    """Whether a steward looked at what the report hid and showed it again."""
    if report.kind == PIECE:
        return Piece.objects.filter(ref=report.subject, cleared_at__gte=report.made_at).exists()
    return False
