"""Whom others here have come to count on: a newcomer with whom somebody talked for a while.

Only days count, on which both wrote. No word is opened, and who wrote more, or how it was, is not asked.
"""

from datetime import timedelta

from django.db.models import Exists, Min, OuterRef
from django.db.models.functions import TruncDate

from beenthere.conversations.models import PAIR, Conversation, Membership, Message
from beenthere.foundation import clock
from beenthere.foundation.place import the_place
from beenthere.people.models import MEMBER, Person
from beenthere.people.queries.vouching import are_vouched, may_vouch

DAYS, OVER = 3, timedelta(days=7)


def come_to_be_known() -> list[Person]:
    """Newcomers in a pair with somebody who may vouch, where both wrote on three days at least, the first
    of them seven days ago or more, and it goes on."""
    who = Person.objects.filter(may_vouch(the_place().opened_at))
    known = Membership.objects.filter(conversation=OuterRef("conversation"), person__in=who)
    known = known.exclude(person=OuterRef("person"))
    mine = Membership.objects.filter(
        Exists(known),
        conversation__kind=PAIR,
        conversation__ended_at=None,
        conversation__made_at__lte=clock.now() - OVER,
        person__standing=MEMBER,
    ).exclude(person__in=Person.objects.filter(are_vouched()))
    found = {}
    for row in mine.select_related("person", "conversation"):
        if row.person_id not in found and _both_wrote(row.conversation):
            found[row.person_id] = row.person
    return list(found.values())


def _both_wrote(conversation: Conversation) -> bool:
    written = Message.objects.filter(conversation=conversation)
    days = written.annotate(day=TruncDate("made_at")).values_list("author_id", "day").distinct()
    by_author: dict[int, set] = {}
    for author, day in days:
        by_author.setdefault(author, set()).add(day)
    first = written.aggregate(first=Min("made_at"))["first"]
    enough = len(by_author) == 2 and all(len(on) >= DAYS for on in by_author.values())
    return enough and first <= clock.now() - OVER
