"""One person behind a hundred names reaches nobody more than three times in thirty days, and nobody else who
comes has to wait for their first introduction because of it."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from beenthere.conversations.actions.sending import Draft, send_messages
from beenthere.conversations.models import Membership
from beenthere.foundation import clock
from beenthere.foundation.models import PlaceFacts
from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE
from beenthere.matching.actions import answer_card, propose, show_cards
from beenthere.matching.actions.vouching import vouch_for_pairs
from beenthere.matching.models import Card, Introduction
from beenthere.people.actions import admit, choose_capacity, delete_person, invite, join
from beenthere.people.actions.vouching import stop_inviting, vouch_for_all
from beenthere.people.models import ASKING, Person
from beenthere.people.queries.tree import let_in_beside
from beenthere.people.queries.vouching import count_newcomers, newcomers
from beenthere.safety.actions import name_steward
from tests.cast import newcomer, person
from tests.chance import refs_drawn

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
DAYS, STEP, PUPPETS, MONTH = 62, 3, 100, timedelta(days=30)
START = datetime(2026, 3, 1, 9, tzinfo=UTC)


class EverybodyFits:
    """A pool in which all fit all, and those of `close` fit each other best."""

    def __init__(self) -> None:
        self.people: list[str] = []
        self.close: set[str] = set()

    def turn(self) -> "EverybodyFits":
        return self

    def are_as_read(self, refs) -> bool:
        return True

    def candidate(self, ref, other):
        return SimpleNamespace(why={"mine": {}, "theirs": {}}, excerpts=[])

    def best_for(self, ref, *, without, most):
        others = [one for one in sorted(self.people) if one != ref and one not in without]
        fits = {one: 60_000 if {ref, one} <= self.close else 20_000 for one in others}
        return [(one, fits[one]) for one in sorted(others, key=lambda one: -fits[one])[:most]]


class Attack:
    """`made`: when the target was introduced to a puppet, whether or not that puppet is still here."""

    def __init__(self, hands, *, known: int = 5, target=None) -> None:
        self.hands, self.pool, self.made, self.seen = hands, EverybodyFits(), [], set()
        self.honest = [self.come(person(f"M{number}")) for number in range(known)]
        self.target = self.come(target or person("Ana"), close=True)
        choose_capacity(people=12, by=self.target)
        self.puppets: list[Person] = []

    def come(self, one: Person, *, close: bool = False) -> Person:
        self.pool.people.append(one.ref)
        if close:
            self.pool.close.add(one.ref)
        return one

    def new_puppet(self, number: int, made=newcomer) -> None:
        self.puppets.append(self.come(made(f"Q{number}"), close=True))

    def leave(self, one: Person) -> None:
        self.pool.people.remove(one.ref)
        self.puppets.remove(one)
        delete_person(person=one, by=one)

    def round(self) -> None:
        """A day: proposals, and every puppet looks and says yes. The target looks and answers nothing."""
        propose(pool=self.pool)
        puppets = {one.ref for one in self.puppets}
        for row in Introduction.objects.filter(cards__person=self.target):
            if row.ref not in self.seen and {row.a, row.b} & puppets:
                self.seen.add(row.ref)
                self.made.append(clock.now())
        show_cards(by=self.target)
        for one in self.puppets:
            for card in show_cards(by=one):
                answer_card(card=card, answer="yes", by=one)

    def most_in_a_month(self) -> int:
        return max((sum(at <= one < at + MONTH for one in self.made) for at in self.made), default=0)


@pytest.fixture
def hands(request):
    with clock.stopped_at(START) as hands, refs_drawn(request.node.name):
        opened(START - timedelta(days=100))
        yield hands
    forget_place()


def opened(at: datetime) -> None:
    """The place opened then."""
    tell_place(name="A place", by=SITE)
    PlaceFacts.objects.update(opened_at=at)
    forget_place()


@pytest.mark.parametrize(
    ("target", "known", "before"),
    [(person, 5, False), (person, 5, True), (newcomer, 5, False), (newcomer, 0, True)],
)
def test_a_hundred_puppets_on_one_target(hands, target, known, before):
    """`before`: they wait until the target comes."""
    attack = Attack(hands, known=known, target=target("Ana"))
    for day in range(0, DAYS, STEP):
        for number in range(PUPPETS if before and not day else 0) if before else coming(day):
            attack.new_puppet(number)
        attack.round()
        hands.move(STEP * 86400)
    assert len(attack.puppets) == PUPPETS
    assert attack.most_in_a_month() in (2, 3), "and not fewer: else nobody tried"


def coming(day: int) -> range:
    """Who comes until the next round: all within thirty days."""
    return range(day * 4, min(PUPPETS, (day + STEP) * 4))


def test_leaving_and_coming_again_counts_all_the_same(hands):
    attack = Attack(hands)
    for day in range(0, DAYS, STEP):
        for one in list(attack.puppets):
            attack.leave(one)
        for number in range(5):
            attack.new_puppet(day * 4 + number)
        attack.round()
        hands.move(STEP * 86400)
    assert attack.most_in_a_month() == 3


def test_puppets_who_talk_with_each_other_stay_newcomers(hands):
    attack = Attack(hands, known=0)
    for number in range(PUPPETS):
        attack.new_puppet(number)
    for day in range(0, 45, STEP):
        attack.round()
        rows = Membership.objects.exclude(person=attack.target).select_related("conversation")
        send_messages([Draft(row.person_ref, row.conversation.ref, f"{day}", "Yes.") for row in rows])
        vouch_for_pairs(by=SITE)
        hands.move(STEP * 86400)
    assert rows.count() > PUPPETS, "they are in pairs with each other"
    assert newcomers() == {one.ref for one in attack.puppets}
    assert attack.most_in_a_month() == 3


def test_who_was_let_in_by_somebody_who_turned_is_counted_for_a_month(hands):
    """A member on whom others count gives out a hundred invitations."""
    attack = Attack(hands)
    tell_place(name="A place", joining="invited", by=SITE)
    inside = attack.honest[0]

    def invited(name: str) -> Person:
        passkey = {"id": name, "key": "", "count": 0, "name": ""}
        return join(
            name=name, prefers={}, passphrase=None, passkey=passkey, invitation=invite(by=inside)
        ).person

    for day in range(0, 30, STEP):
        for number in coming(day):
            attack.new_puppet(number, invited)
        attack.round()
        hands.move(STEP * 86400)
    assert attack.most_in_a_month() == 3
    assert let_in_beside(attack.puppets[0]) == PUPPETS - 1
    code = invite(by=inside)
    assert stop_inviting(person=inside, by=SITE) == 1
    hands.move(40 * 86400)
    assert {one.ref for one in attack.puppets} <= newcomers(), "all of that branch stay newcomers"
    with pytest.raises(ValueError):
        join(name="Late", prefers={}, passphrase="x y z w 12345", passkey=None, invitation=code)


@pytest.mark.parametrize("joins", [newcomer, person])
def test_who_comes_in_the_middle_of_it_is_introduced_at_once(hands, joins):
    attack = Attack(hands)
    for number in range(PUPPETS):
        attack.new_puppet(number)
        if number % 12 == 11:
            attack.round()
            hands.move(STEP * 86400)
    honest = attack.come(joins("Ben"))
    assert propose(person_refs=[honest.ref], pool=attack.pool) >= 1
    assert Card.objects.filter(person=honest).count() >= 1


def test_thirty_who_come_by_an_open_door_each_meet_somebody_at_once(hands):
    attack = Attack(hands, known=1)
    for number in range(30):
        one = attack.come(newcomer(f"N{number}"))
        assert propose(person_refs=[one.ref], pool=attack.pool) >= 1, number
        hands.move(86400 // 3)


class Talking:
    """A newcomer in a pair with somebody on whom others count."""

    def __init__(self, hands) -> None:
        self.hands, self.sol, self.new = hands, person("Sol"), newcomer("Ben")
        pool = EverybodyFits()
        pool.people = [self.sol.ref, self.new.ref]
        propose(pool=pool)
        for one in (self.sol, self.new):
            answer_card(card=show_cards(by=one)[0], answer="yes", by=one)
        self.talk = Introduction.objects.get().pair

    def write(self, *people: Person, days: int = 1) -> None:
        for _ in range(days):
            mark = clock.now().isoformat()
            send_messages([Draft(one.ref, self.talk, mark, "Hello.") for one in people])
            self.hands.move(86400)


def test_who_talked_for_a_week_with_somebody_known_is_known(hands):
    hands.move(20 * 86400)
    two = Talking(hands)
    Person.objects.filter(pk=two.sol.pk).update(vouched_at=START)
    two.write(two.sol, two.new, days=2)
    two.write(two.new, days=5)
    assert vouch_for_pairs(by=SITE) == 0, "one of them wrote on two days"
    two.write(two.sol, two.new)
    assert vouch_for_pairs(by=SITE) == 1
    assert newcomers() == set()
    assert vouch_for_pairs(by=SITE) == 0


def test_who_is_known_since_yesterday_makes_nobody_known(hands):
    two = Talking(hands)
    two.write(two.sol, two.new, days=8)
    assert vouch_for_pairs(by=SITE) == 0
    hands.move(7 * 86400)
    assert vouch_for_pairs(by=SITE) == 1


def test_on_the_first_day_of_a_place_nobody_is_before_its_stewards(hands):
    opened(START)
    two = Talking(hands)
    two.write(two.sol, two.new, days=8)
    assert vouch_for_pairs(by=SITE) == 1


def test_a_steward_knows_whom_they_let_in(hands):
    sol, asker = newcomer("Sol"), newcomer("Ben")
    name_steward(person=sol, by=SITE)
    Person.objects.filter(pk=asker.pk).update(standing=ASKING)
    asker.standing = ASKING
    admit(person=asker, by=sol)
    assert newcomers() == set()
    ana, _ = newcomer("Ana"), newcomer("Cleo")
    assert count_newcomers() == 2
    assert vouch_for_all(by=sol) == 2
    assert (count_newcomers(), newcomers([ana.ref])) == (0, set())


def test_leaving_takes_the_links_of_the_tree(hands):
    sol, ben = person("Sol"), newcomer("Ben")
    Person.objects.filter(pk=ben.pk).update(let_in_by=sol.ref)
    delete_person(person=sol, by=sol)
    assert Person.objects.get(pk=ben.pk).let_in_by == ""


def test_who_is_new_gives_out_two_invitations_a_day(hands):
    for one, most in ((newcomer("Ana"), 2), (person("Ben"), 20)):
        for _ in range(most):
            invite(by=one)
        with pytest.raises(PermissionError):
            invite(by=one)
