"""Who is new here, and who is a newcomer to others: somebody on whom nobody here counts yet.

Both tell how much may reach others at once, and never stand between anybody and help. Nothing here is shown
to anybody, and nothing of it comes from what somebody wrote.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Q

from beenthere.foundation import clock

from ..models import MEMBER, Limit, Person

FIRST_DAYS = timedelta(days=7)
LET_IN_LASTS = timedelta(days=30)  # whom a member invited is a newcomer for so long
# Who counts on others after they were counted on for so long, or since the place began.
COUNTS_AFTER, AT_THE_BEGINNING = timedelta(days=14), timedelta(days=1)


def is_new(person: Person) -> bool:
    """Whether these are their first days here, and nobody counts on them yet."""
    known = person.vouched_at is not None and person.vouched_at <= clock.now()
    return not known and clock.now() - person.made_at < FIRST_DAYS


def first_days_end(person: Person) -> datetime:
    return person.made_at + FIRST_DAYS


def are_vouched() -> Q:
    """People on whom somebody here counts by now."""
    return Q(vouched_at__isnull=False, vouched_at__lte=clock.now())


def newcomers(refs: Collection[str] | None = None) -> set[str]:
    """Refs of the members (of `refs`, or of all) who are newcomers to others. One query."""
    rows = Person.objects.filter(standing=MEMBER).exclude(are_vouched())
    if refs is not None:
        rows = rows.filter(ref__in=refs)
    return set(rows.values_list("ref", flat=True))


def may_vouch(opened_at: datetime | None) -> Q:
    """People on whom others counted long enough to count on somebody in turn; those of the place's first day
    at once, for there is nobody before them."""
    since = clock.now() - COUNTS_AFTER
    if opened_at is not None:
        since = max(since, min(opened_at + AT_THE_BEGINNING, clock.now()))
    return Q(vouched_at__isnull=False, vouched_at__lte=since)


def count_newcomers() -> int:
    """How many members are newcomers to others: a number alone, for a steward who knows about how many they
    await."""
    return len(newcomers())


def may_invite(person: Person) -> bool:
    """Whether they are a member whom no steward limited."""
    limited = Limit.objects.filter(person=person, until_at__gt=clock.now()).exists()
    return person.standing == MEMBER and not limited
