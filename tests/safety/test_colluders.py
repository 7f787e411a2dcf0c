"""Fifty who collude against one person's pieces for sixty days: nothing is hidden beyond a steward's look, or
seven days where nobody looks; nobody is suspended or limited by any number of reports."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from beenthere.foundation import clock
from beenthere.people.models import MEMBER, Limit
from beenthere.safety.actions import report_piece
from beenthere.safety.models import ABOUT_ME, Act, Report
from beenthere.safety.queries.weights import may_hide
from beenthere.stories.access import shown
from beenthere.stories.actions import write_piece
from beenthere.stories.actions.hiding import show_piece
from beenthere.stories.models import Piece
from tests.cast import newcomer, person

from .conftest import steward

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
COLLUDERS, DAYS, PIECES, A_DAY = 50, 60, 4, 86400


@pytest.fixture
def hands():
    with clock.stopped_at(START) as hands:
        yield hands


class Against:
    """`hidden`: on how many mornings each piece was hidden."""

    def __init__(self, hands, joins) -> None:
        self.hands, self.chance, self.ana, self.sol = hands, random.Random(5), person("Ana"), steward()
        about = {"experiences": [], "language": "en"}
        words = "I lost my mum, and this is how the first winter was, part {}."
        self.pieces = [
            write_piece(words=words.format(one), about=about, audience="members", by=self.ana)
            for one in range(PIECES)
        ]
        self.colluders = [joins(f"C{number}") for number in range(COLLUDERS)]
        self.hidden = {piece.ref: 0 for piece in self.pieces}

    def report(self, by, piece: Piece) -> Report:
        return report_piece(piece=piece, note="It is about me.", lane=ABOUT_ME, by=by)

    def lived(self, days: int, *, looks_after: int | None = None) -> "Against":
        """Each day five of them report whatever they can see; a steward shows it again `looks_after` days."""
        for _ in range(days):
            there = self.there()
            for one in self.chance.sample(self.colluders, 5):
                if there:
                    self.report(one, self.chance.choice(there))
                    there = self.there()
            seen = {piece.ref for piece in there}
            for ref in self.hidden.keys() - seen:
                self.hidden[ref] += 1
                if looks_after is not None and self.hidden[ref] > looks_after:
                    show_piece(ref=ref, by=self.sol)
            self.hands.move(A_DAY)
        return self

    def there(self) -> list[Piece]:
        return list(Piece.objects.filter(shown(), author=self.ana).order_by("pk"))

    def nobody_is_out(self) -> None:
        self.ana.refresh_from_db()
        assert (self.ana.standing, Limit.objects.count(), Act.objects.count()) == (MEMBER, 0, 0)


def test_hidden_for_seven_days_at_most_though_nobody_looks(hands):
    against = Against(hands, person).lived(DAYS)
    assert set(against.hidden.values()) == {7}, "once, for seven days, and never again"
    share = sum(against.hidden.values()) / (PIECES * DAYS)
    print(f"hidden {share:.0%} of the time where nobody looks")
    assert len(against.there()) == PIECES
    assert Report.objects.filter(subject__in=against.hidden).count() > 200, "each waits at the desk"
    against.nobody_is_out()


def test_what_a_steward_showed_again_stays(hands):
    against = Against(hands, person).lived(DAYS, looks_after=0)
    assert max(against.hidden.values()) == 1
    print(f"hidden {sum(against.hidden.values()) / (PIECES * DAYS):.1%} of the time where a steward looks")
    against.nobody_is_out()


def test_fifty_who_are_new_hide_nothing_that_was_written_for_many(hands):
    against = Against(hands, newcomer).lived(7)
    assert set(against.hidden.values()) == {0}
    against.nobody_is_out()


def test_new_or_not_what_was_said_to_oneself_is_hidden(hands):
    new, known = newcomer("Ben"), person("Cleo")
    assert [may_hide(one) for one in (new, known)] == [True, True]
    assert [may_hide(one, of_many=True) for one in (new, known)] == [False, True]
    hands.move(timedelta(days=7).total_seconds())
    assert may_hide(new, of_many=True)


def test_three_things_a_day_and_none_after_two_that_were_nothing(hands):
    against = Against(hands, person)
    ben = against.colluders[0]
    made = [against.report(ben, piece) for piece in against.pieces]
    assert [one.hid for one in made] == [True, True, True, False]
    for report in made[:2]:
        show_piece(ref=report.subject, by=against.sol)
    Report.objects.filter(pk__in=[one.pk for one in made]).update(closed_at=clock.now())
    Report.objects.filter(pk=made[2].pk).update(hid=False)
    hands.move(2 * A_DAY)
    assert not may_hide(ben)
