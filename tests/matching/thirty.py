"""A community of thirty over sixty days, lived through in seconds.

People come one after the other in the first forty days. A third never come back after their first day. The
others look about every other day and answer each card they see with probability 0.3 a look; four answers of
five are yes. The pool is the real one.

`known` says how they come: `INVITED`, everybody is known to those who look after the place; `OPEN`, nobody is
but the first; `SAID`, as OPEN, and on the day `SAID_ON` a steward says that about so many were awaited. Pairs
write to each other when they look.
"""

import random
import statistics
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from beenthere.conversations.actions.sending import Draft, send_messages
from beenthere.conversations.models import Membership
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE
from beenthere.matching.actions import answer_card, propose, show_cards, tell
from beenthere.matching.actions.vouching import vouch_for_pairs
from beenthere.matching.models import Card, Introduction
from beenthere.matching.queries.cards import cards_of
from beenthere.matching.queries.widening import widening_for
from beenthere.people.actions.vouching import vouch_for_all
from beenthere.people.models import Person
from beenthere.stories.actions import write_piece
from tests.cast import newcomer, person

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAYS, ARRIVALS, PEOPLE = 60, 40, 30
INVITED, OPEN, SAID = "invited", "open", "open, and a steward's word"
SAID_ON = 14
ANSWERS, YES, LOOKS = 0.3, 0.8, 0.5
LIVED = (
    "loss-of-a-parent", "loss-of-a-partner", "cancer", "chronic-pain", "being-sectioned", "leaving-home",
    "coming-off-medication", "migration", "prison", "autism",
)  # fmt: skip


@dataclass
class One:
    person: Person
    came_at: datetime
    returns: bool
    introduced_at: datetime | None = None
    paired_at: datetime | None = None


@dataclass
class Thirty:
    """`empty`: (day, number) of whoever looked and found neither a card nor what to do next."""

    seed: int
    known: str = INVITED
    number: int = PEOPLE
    people: list[One] = field(default_factory=list)
    empty: list[tuple[int, int]] = field(default_factory=list)
    looks: int = 0
    with_card: int = 0
    answers: int = 0

    def lived(self) -> "Thirty":
        self.chance = random.Random(self.seed)
        came = sorted(self.chance.randrange(ARRIVALS) for _ in range(self.number - 3))
        days = [0, 0, 0, *came]
        with clock.stopped_at(START) as hands:
            for day in range(DAYS):
                hands.at = START + timedelta(days=day)
                propose()
                vouch_for_pairs(by=SITE)
                if self.known == SAID and day == SAID_ON:
                    vouch_for_all(by=SITE)
                for number in [number for number, at in enumerate(days) if at == day]:
                    self.arrive(number)
                for one in self.people:
                    if one.came_at == clock.now() or (one.returns and self.chance.random() < LOOKS):
                        self.look(one, day)
                hands.move(8 * 3600)
        return self

    def arrive(self, number: int) -> None:
        who = (person if self.known == INVITED or number == 0 else newcomer)(f"P{number}")
        lived = self.chance.sample(LIVED, self.chance.choice((1, 2, 2, 3)))
        said = [{"experience": one, "known": True, "stand": None} for one in lived]
        about = {"experiences": said, "language": "en"}
        words = f"What {number} lived through changed how each day begins, and I would tell somebody of it."
        write_piece(words=words, about=about, audience="introduced", quotable=True, by=who)
        hopes, wish = [], self.chance.choice(("soon", "closer"))
        tell(
            held={
                "experiences": said, "languages": ["en"], "timezone": "Europe/London", "hopes": hopes,
                "leave_out": [], "wish": wish,
            },
            by=who,
        )  # fmt: skip
        self.people.append(One(who, clock.now(), returns=number % 3 != 2))
        propose(person_refs=[who.ref])

    def look(self, one: One, day: int) -> None:
        self.looks += 1
        for row in Membership.objects.filter(person=one.person).select_related("conversation"):
            mark = f"{day} {one.person.ref}"
            send_messages([Draft(one.person.ref, row.conversation.ref, mark, "I am here.")])
        show_cards(by=one.person)
        seen = cards_of(one.person)
        self.with_card += bool(seen)
        if seen and one.introduced_at is None:
            one.introduced_at = clock.now()
        if not seen and not self.has_pair(one):
            honest = widening_for(one.person)
            if not (honest.alone or honest.all_met or honest.ways):
                self.empty.append((day, self.people.index(one)))
        for card in seen:
            if not card.answer and self.chance.random() < ANSWERS:
                self.answer(one, card.ref)

    def answer(self, one: One, ref: str) -> None:
        self.answers += 1
        says = "yes" if self.chance.random() < YES else "not_now"
        card = Card.objects.select_related("introduction").get(ref=ref)
        after = answer_card(card=card, answer=says, by=one.person)
        if after.introduction.pair:
            two = (after.introduction.a, after.introduction.b)
            for each in self.people:
                if each.person.ref in two and each.paired_at is None:
                    each.paired_at = clock.now()

    def has_pair(self, one: One) -> bool:
        return one.paired_at is not None  # their conversation stands on the page

    def waits(self, what: str) -> list[float]:
        """Days from coming to the first introduction seen, or the first pair, of those who had one."""
        times = [(getattr(one, what), one.came_at) for one in self.people]
        return [(at - came) / timedelta(days=1) for at, came in times if at is not None]

    def report(self) -> list[str]:
        returning = sum(one.returns for one in self.people)
        pairs = Introduction.objects.exclude(pair="").count()
        made = Introduction.objects.count()
        known = Person.objects.filter(vouched_at__isnull=False).count()
        return [
            f"{len(self.people)} people ({returning} come back), {self.looks} looks, {self.answers} answers, "
            f"{made} introductions, {pairs} pairs; {known} known at the end",
            f"first introduction: {self.told('introduced_at')}",
            f"first pair: {self.told('paired_at')}",
            f"looks that found a card: {self.with_card} of {self.looks}; empty pages: {len(self.empty)}",
        ]

    def told(self, what: str) -> str:
        waits = self.waits(what)
        if not waits:
            return "nobody"
        median, longest = statistics.median(waits), max(waits)
        return f"{len(waits)} of {len(self.people)}, median {median:.1f} days, longest {longest:.0f}"
