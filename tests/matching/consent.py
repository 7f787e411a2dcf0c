"""Random rounds of being introduced, on the pure rules alone, against a plain model of consent."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from beenthere.matching.core import meeting
from beenthere.matching.core.meeting import Side

PEOPLE = 6
WEIGHTS = {"propose": 5, "answer": 8, "look": 2, "block": 1, "leave": 1, "pause": 2, "send": 4, "time": 2}
ACTS, SHARES = tuple(WEIGHTS), tuple(WEIGHTS.values())


@dataclass
class Two:
    """An introduction as the rules see it, and beside it what an observer wrote down."""

    people: tuple[int, int]
    sides: dict[int, Side]
    said: dict[int, str] = field(default_factory=dict)  # the observer's: who said what, last of all
    over: bool = False  # the observer's: nothing may begin by it any more
    paired: bool = False


class Rounds:
    """`wrong`: what must never be, one line each. `rounds` counts the acts, `pairs` those who met, `sent`
    what was said, `tried` what was not let through."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.wrong: list[str] = []
        self.rounds = self.pairs = self.sent = self.tried = self.most = 0
        self.begin()

    def begin(self) -> None:
        """Six others, of whom nobody knows anybody."""
        self.twos: list[Two] = []
        self.capacity = [self.chance.choice((0, 1, 2, 3, 12)) for _ in range(PEOPLE)]
        self.paused = [False] * PEOPLE
        self.blocked: set[frozenset[int]] = set()

    def run(self, rounds: int) -> "Rounds":
        for _ in range(rounds):
            if self.rounds % 200 == 0:
                self.begin()
            getattr(self, self.chance.choices(ACTS, SHARES)[0])()
            self.rounds += 1
            if self.rounds % 5 == 0:
                self.judge()
        return self

    def propose(self) -> None:
        a, b = self.chance.sample(range(PEOPLE), 2)
        two = frozenset((a, b))
        met = any(set(one.people) == two and self.lives(one) for one in self.twos)
        if met or two in self.blocked or not (self.free(a) and self.free(b)):
            return
        ends = self.now + meeting.UNSHOWN_FOR
        self.twos.append(Two((a, b), {a: Side(ends), b: Side(ends)}))

    def answer(self) -> None:
        if not (found := self.some()):
            return
        one, (who, other) = found, self.chance.sample(found.people, 2)
        mine, theirs = one.sides[who], one.sides.get(other)
        if one.paired or self.over(one, who):
            return
        said = self.chance.choice(("yes", "yes", "yes", "not_now", "never"))
        answer = meeting.changed_answer(mine.answer, said)
        one.sides[who] = mine = Side(mine.ends_at, True, mine.ended, answer)
        if one.said.get(who) != "never":
            one.said[who] = said
        if not meeting.both_said_yes(mine, theirs, self.now):
            return
        if not all(self.has_room(each) for each in one.people):
            return
        one.paired = True
        self.pairs += 1
        if [one.said.get(each) for each in one.people] != ["yes", "yes"] or one.over:
            self.wrong.append(f"round {self.rounds}: a pair by {one.said}, over: {one.over}")

    def look(self) -> None:
        if (one := self.some()) and not one.paired:
            who = self.chance.choice(one.people)
            side = one.sides.get(who)
            if side is not None and not side.shown and not self.over(one, who):
                one.sides[who] = Side(meeting.end_when_shown(self.now), True, side.ended, side.answer)

    def block(self) -> None:
        a, b = self.chance.sample(range(PEOPLE), 2)
        self.blocked.add(frozenset((a, b)))
        self.end(lambda one: {a, b} == set(one.people))

    def leave(self) -> None:
        who = self.chance.randrange(PEOPLE)
        self.end(lambda one: who in one.people, gone=who)
        self.blocked = {two for two in self.blocked if who not in two}  # somebody else takes the chair

    def pause(self) -> None:
        who = self.chance.randrange(PEOPLE)
        self.paused[who] = not self.paused[who]

    def send(self) -> None:
        """Somebody tries to say something to anybody: only where a pair is does it arrive."""
        a, b = self.chance.sample(range(PEOPLE), 2)
        pairs = [one for one in self.twos if one.paired and not one.over and {a, b} == set(one.people)]
        self.sent += bool(pairs)
        self.tried += not pairs
        if any(one.said.get(each) != "yes" for one in pairs for each in one.people):
            self.wrong.append(f"round {self.rounds}: a message without two yeses")

    def time(self) -> None:
        self.now += timedelta(hours=self.chance.choice((1, 12, 80)))

    def some(self) -> Two | None:
        living = [one for one in self.twos[-12:] if not one.over]
        return self.chance.choice(living) if living else None

    def over(self, one: Two, who: int) -> bool:
        side, other = one.sides.get(who), one.sides.get(next(each for each in one.people if each != who))
        return side is None or meeting.is_over(side, other, self.now)

    def lives(self, one: Two) -> bool:
        return not one.over and (one.paired or not all(self.over(one, each) for each in one.people))

    def cards(self, who: int) -> int:
        held = (one for one in self.twos if who in one.people and not one.paired and not one.over)
        return sum(not self.over(one, who) for one in held)

    def meets(self, who: int) -> int:
        return sum(one.paired and not one.over and who in one.people for one in self.twos)

    def free(self, who: int) -> bool:
        capacity = 0 if self.paused[who] else self.capacity[who]
        pairs, cards = self.meets(who), self.cards(who)
        return meeting.free_places(capacity=capacity, pairs=pairs, cards=cards) > 0

    def has_room(self, who: int) -> bool:
        return meeting.has_room_for_a_pair(capacity=self.capacity[who], pairs=self.meets(who))

    def end(self, which, gone: int | None = None) -> None:
        for one in self.twos:
            if which(one):
                one.over = True
                one.sides = {
                    who: Side(side.ends_at, side.shown, True, side.answer)
                    for who, side in one.sides.items()
                    if who != gone
                }

    def judge(self) -> None:
        for who in range(PEOPLE):
            cards = self.cards(who)
            self.most = max(self.most, cards)
            if cards > 3:
                self.wrong.append(f"round {self.rounds}: {cards} open introductions at a time")
            if self.meets(who) > self.capacity[who]:
                self.wrong.append(f"round {self.rounds}: more pairs than room")
