"""How many introductions each person has room for. Times, dials, pairs and living cards alone decide: no
answer is read here."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from beenthere.conversations.models import PAIR, Membership
from beenthere.foundation import clock
from beenthere.matching.core.meeting import APART_FOR, YES, free_places
from beenthere.matching.models import Card, Introduction
from beenthere.people.models import MEMBER, SLOW, Company, Person
from beenthere.people.queries.limits import NOT_INTRODUCED, limited_here


@dataclass(frozen=True, slots=True)
class Room:
    """What a member has room for. `first`: they are new here, or have room now. `since` when they wait:
    their last introduction, or their coming."""

    ref: str
    free: int
    first: bool
    since: datetime


def rooms(refs: Collection[str] | None = None) -> dict[str, Room]:
    """By ref, those (all, or of `refs`) who can be introduced now: members who did not pause, whom no steward
    limited, and who have a place free; one place in all for who was slowed down. Three queries."""
    members = Person.objects.filter(standing=MEMBER, paused_at=None, capacity__gt=0)
    members = members.exclude(limited_here(NOT_INTRODUCED)).annotate(slowed=limited_here((SLOW,)))
    pairs = Company.objects.filter(~Exists(_made_room()), kind=PAIR, ended_at=None)
    cards = Card.objects.all()
    if refs is not None:
        members = members.filter(ref__in=refs)
        pairs, cards = pairs.filter(person__ref__in=refs), cards.filter(person__ref__in=refs)
    paired = Counter(dict(pairs.values_list("person_id").annotate(count=Count("pk"))))
    seen = {
        person: (made - ended, last)
        for person, made, ended, last in cards.values_list("person_id").annotate(
            made=Count("pk"), ended=Count("ended_at"), last=Max("made_at")
        )
    }
    found = {}
    now = clock.now()
    facts = members.values_list("pk", "ref", "capacity", "room_now_until", "made_at", "slowed")
    for pk, ref, capacity, room_now_until, came_at, slowed in facts:
        living, last = seen.get(pk, (0, None))
        free = free_places(capacity=capacity, pairs=paired[pk], cards=living)
        if slowed:
            free = min(free, max(0, 1 - living))
        if free:
            is_first = last is None or (room_now_until is not None and room_now_until > now)
            found[ref] = Room(ref, free, is_first, last or came_at)
    return found


def count_pairs_of(person: Person) -> int:
    """How many of the person's places pairs take. As `rooms` counts it."""
    return Company.objects.filter(~Exists(_made_room()), person=person, kind=PAIR, ended_at=None).count()


def apart_from(refs: Collection[str] | None = None) -> dict[str, set[str]]:
    """By ref, whom each (of `refs`, or everybody) is not proposed to: introduced already, and the time
    after is not over; or in a pair with them, which may last longer than that time. Two queries."""
    rows = Introduction.objects.all()
    pairs = Company.objects.filter(kind=PAIR, ended_at=None)
    if refs is not None:
        rows = rows.filter(a__in=refs) | rows.filter(b__in=refs)
        pairs = pairs.filter(subject__in=pairs.filter(person__ref__in=refs).values("subject"))
    in_pair: dict[str, list[str]] = {}
    for subject, ref in pairs.order_by("pk").values_list("subject", "person__ref"):
        in_pair.setdefault(subject, []).append(ref)
    found: dict[str, set[str]] = {}
    for two in (*rows.values_list("a", "b"), *in_pair.values()):
        for a, b in permutations(two, 2):
            found.setdefault(a, set()).add(b)
    return found


def _made_room():
    """The membership of a row of `Company`, where room was made while it is quiet there: the pair takes none
    of that person's places until words come."""
    rows = Membership.objects.filter(person=OuterRef("person"), conversation__ref=OuterRef("subject"))
    quiet = Q(conversation__last_at=None) | Q(conversation__last_at__lt=F("made_room_at"))
    return rows.filter(quiet, made_room_at__isnull=False)


def introductions_due() -> list[int]:
    """Primary keys of the introductions where something ends now, in order. Each is looked at again under
    its locks."""
    lives = Q(cards__isnull=False, cards__ended_at=None)
    counted = Introduction.objects.filter(ended_at=None).annotate(
        living=Count("cards", filter=lives),
        unshown=Count("cards", filter=lives & Q(cards__shown_at=None)),
        due=Count("cards", filter=lives & Q(cards__ends_at__lte=clock.now())),
    )
    ends = Q(due__gt=0) | Q(living=0) | Q(unshown__gt=0, living=1)
    return list(counted.filter(ends).order_by("ref").values_list("pk", flat=True))


def introductions_said_yes() -> list[Card]:
    """One card of each introduction where both said yes and no pair began: something was in the way."""
    yes = Q(cards__answer=YES, cards__ended_at=None)
    rows = Introduction.objects.filter(ended_at=None).annotate(yes=Count("cards", filter=yes))
    both = rows.filter(yes=2).values("pk")
    cards = Card.objects.select_related("introduction", "person").filter(introduction__in=both)
    return list({card.introduction_id: card for card in cards.order_by("-ref")}.values())


def introductions_to_forget() -> list[int]:
    """Primary keys of those that ended more than 90 days ago, and whose pair, if there was one, did too."""
    before = clock.now() - APART_FOR
    with_company = Company.objects.filter(Q(ended_at=None) | Q(ended_at__gt=before), kind=PAIR)
    rows = Introduction.objects.filter(ended_at__lte=before)
    return list(rows.exclude(pair__in=with_company.values("subject")).values_list("pk", flat=True))
