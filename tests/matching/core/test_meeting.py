"""The rules of meeting, and a community of four that walks through them at random."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from beenthere.matching.core.meeting import (
    APART_FOR,
    UNSHOWN_FOR,
    Side,
    both_said_yes,
    changed_answer,
    end_when_shown,
    free_places,
    has_room_for_a_pair,
    is_over,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("capacity", "pairs", "cards", "free"),
    [(0, 0, 0, 0), (1, 0, 0, 1), (1, 1, 0, 0), (2, 0, 1, 1), (12, 0, 0, 3), (12, 10, 1, 1), (1, 3, 2, 0)],
)
def test_places(capacity, pairs, cards, free):
    assert free_places(capacity=capacity, pairs=pairs, cards=cards) == free


@pytest.mark.parametrize(
    ("one", "other", "over"),
    [
        (Side(NOON + HOUR, shown=True), None, False),
        (Side(NOON, shown=True), None, True),
        (Side(NOON + HOUR), None, True),
        (Side(NOON + HOUR), Side(NOON + HOUR, shown=True), False),
        (Side(NOON + HOUR), Side(NOON, shown=True), True),
        (Side(NOON + HOUR), Side(NOON + HOUR, ended=True), True),
        (Side(NOON + HOUR, shown=True), Side(NOON, shown=True, ended=True), False),
        (Side(NOON + HOUR, shown=True, ended=True), Side(NOON + HOUR, shown=True), True),
    ],
)
def test_when_a_card_is_over(one, other, over):
    assert is_over(one, other, NOON) is over


@pytest.mark.parametrize("answer", ["", "yes", "not_now", "never"])
def test_no_end_depends_on_an_answer(answer):
    one = Side(NOON + HOUR, shown=True)
    for other in (Side(NOON + HOUR, True, False, answer), Side(NOON, True, True, answer)):
        assert is_over(one, other, NOON) is False
        assert is_over(Side(NOON + HOUR), other, NOON) is other.ended


def test_a_never_stays_and_other_words_are_refused():
    assert [changed_answer(before, "yes") for before in ("", "yes", "not_now", "never")] == ["yes"] * 3 + [
        "never"
    ]
    with pytest.raises(ValueError, match="maybe"):
        changed_answer("", "maybe")


class Meeting(RuleBasedStateMachine):
    """Four people, two worlds. In the second every answer to person 0 is another one than in the first,
    and never completes a pair; what person 0 and the others see must be the same in both."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.capacity = dict.fromkeys(range(4), 3)
        self.pairs: set[frozenset] = set()
        self.cards: dict[frozenset, dict[int, Side]] = {}
        self.apart: dict[frozenset, datetime] = {}
        self.hidden: dict[frozenset, str] = {}  # what person 0 was answered in the other world

    def living(self, person: int, *, world: int = 1) -> list[frozenset]:
        return [
            two
            for two, cards in self.cards.items()
            if person in two and not is_over(*self.sides(two, person, world), self.now)
        ]

    def sides(self, two: frozenset, person: int, world: int = 1) -> tuple[Side, Side]:
        (other,) = two - {person}
        one, theirs = self.cards[two][person], self.cards[two][other]
        if world == 2 and 0 in two and person == 0:
            theirs = Side(theirs.ends_at, theirs.shown, theirs.ended, self.hidden.get(two, ""))
        return one, theirs

    def free(self, person: int, world: int = 1) -> int:
        paired = sum(person in two for two in self.pairs)
        cards = len(self.living(person, world=world))
        return free_places(capacity=self.capacity[person], pairs=paired, cards=cards)

    @rule(a=st.integers(0, 3), b=st.integers(0, 3))
    def propose(self, a, b):
        two = frozenset((a, b))
        if a == b or two in self.cards or two in self.pairs or not (self.free(a) and self.free(b)):
            return
        if two in self.apart and self.now < self.apart[two] + APART_FOR:
            return
        self.cards[two] = {one: Side(self.now + UNSHOWN_FOR) for one in (a, b)}
        self.hidden.pop(two, None)

    @rule(person=st.integers(0, 3))
    def look(self, person):
        for two in self.living(person):
            card = self.cards[two][person]
            if not card.shown:
                self.cards[two][person] = Side(end_when_shown(self.now), True, False, card.answer)

    @precondition(lambda self: self.cards)
    @rule(
        person=st.integers(0, 3), answer=st.sampled_from(["yes", "not_now", "never"]), pick=st.integers(0, 5)
    )
    def answer(self, person, answer, pick):
        living = self.living(person)
        if not living:
            return
        two = living[pick % len(living)]
        mine, theirs = self.sides(two, person)
        mine = Side(mine.ends_at, mine.shown, mine.ended, changed_answer(mine.answer, answer))
        self.cards[two][person] = mine
        room = all(
            has_room_for_a_pair(capacity=self.capacity[one], pairs=sum(one in pair for pair in self.pairs))
            for one in two
        )
        if both_said_yes(mine, theirs, self.now) and room:
            self.pairs.add(two)
            self.end(two)
        elif 0 in two and person != 0:
            self.hidden[two] = "not_now" if answer == "yes" else "never"

    @rule(hours=st.sampled_from([1, 30, 72, 24 * 8, 24 * 91]))
    def wait(self, hours):
        self.now += timedelta(hours=hours)
        for two in list(self.cards):
            a, b = two
            if all(is_over(*self.sides(two, one), self.now) for one in (a, b)):
                self.end(two)

    @rule(person=st.integers(0, 3), most=st.integers(0, 4))
    def turn_the_dial(self, person, most):
        self.capacity[person] = most

    def end(self, two: frozenset) -> None:
        del self.cards[two]
        self.apart[two] = self.now

    @invariant()
    def never_more_than_three(self):
        for person in range(4):
            assert len(self.living(person)) <= 3

    @invariant()
    def nobody_is_proposed_whom_they_are_with(self):
        assert not self.pairs & set(self.cards)

    @invariant()
    def what_was_answered_to_me_changes_nothing_of_mine(self):
        assert self.living(0) == self.living(0, world=2)
        assert self.free(0) == self.free(0, world=2)


class Undialed(Meeting):
    """Nobody turns a dial: then no pair ever takes anybody beyond what they have room for."""

    turn_the_dial = None

    @invariant()
    def never_beyond_capacity(self):
        for person in range(4):
            paired = sum(person in two for two in self.pairs)
            assert paired + len(self.living(person)) <= self.capacity[person]


TestMeeting = Meeting.TestCase
TestUndialed = Undialed.TestCase
for case in (TestMeeting, TestUndialed):
    case.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_two_yeses_meet_only_while_both_cards_live():
    yes = Side(NOON + HOUR, True, False, "yes")
    others = [
        Side(NOON, True, False, "yes"),
        Side(NOON + HOUR, True, True, "yes"),
        Side(NOON + HOUR, True),
        None,
    ]
    assert both_said_yes(yes, yes, NOON)
    assert [both_said_yes(yes, other, NOON) for other in others] == [False] * 4
    assert all(not both_said_yes(a, b, NOON) for a, b in combinations((yes, *others[:3]), 2))
