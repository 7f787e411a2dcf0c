"""How two come to meet: when a card is over, how many places are free, what an answer changes.

The law: until both said yes, nothing that one receives depends on the other's answer. It holds because no
rule here but `both_said_yes` reads an answer: a card takes its place from the day it is made to its end,
and ends by the clock, by what was shown, or by a pair that began.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

YES, NOT_NOW, NEVER = "yes", "not_now", "never"
ANSWERS = (YES, NOT_NOW, NEVER)
PLACES = 3  # cards at a time
SHOWN_FOR = timedelta(hours=72)
UNSHOWN_FOR = timedelta(days=7)
APART_FOR = timedelta(days=90)  # after an end: two who met, and two who did not
NEWCOMERS, NEWCOMERS_IN = 3, timedelta(days=30)  # of them to one person, whatever they answer


@dataclass(frozen=True)
class Side:
    """One person's card, as the rules see it. `ended`: its end was written down, and stays."""

    ends_at: datetime
    shown: bool = False
    ended: bool = False
    answer: str = ""


def is_over(one: Side, other: Side | None, now: datetime) -> bool:
    """Whether a card has ended. One that was never shown ends with the other's (None: the other left):
    it would be shown for nothing. That the other's ended tells when they looked, not what they answered."""
    if one.ended or now >= one.ends_at:
        return True
    return not one.shown and (other is None or other.ended or now >= other.ends_at)


def end_when_shown(now: datetime) -> datetime:
    return now + SHOWN_FOR


def free_places(*, capacity: int, pairs: int, cards: int) -> int:
    """How many cards more a person can get: three at a time, and never more than they would have room for
    if everybody said yes."""
    return max(0, min(PLACES, capacity - pairs) - cards)


def meets_newcomer(*, met: int, is_first: bool) -> bool:
    """Whether somebody who was introduced to `met` newcomers lately may be to one more. The last place is for
    whom it is the very first introduction: nobody who comes waits because others came before them."""
    return met < NEWCOMERS - (not is_first)


def changed_answer(before: str, answer: str) -> str:
    """What stands after `answer`. A never stays."""
    if answer not in ANSWERS:
        raise ValueError(answer)
    return before if before == NEVER else answer


def both_said_yes(one: Side, other: Side | None, now: datetime) -> bool:
    """Both said yes, and both cards live: the only place where the answers of two come together."""
    if other is None or is_over(one, other, now) or is_over(other, one, now):
        return False
    return one.answer == other.answer == YES


def has_room_for_a_pair(*, capacity: int, pairs: int) -> bool:
    """Whether a pair may begin by the dial as it stands now. Somebody who turned it down after they were
    introduced gets no pair beyond it; to the other that looks like waiting."""
    return pairs < capacity
