"""Events: the change stands whatever a reaction does, and what failed is tried again."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from beenthere.foundation import clock, events
from beenthere.foundation.events import MOST_TRIES, Event, announce, react_to, try_again
from beenthere.foundation.ledger import record
from beenthere.foundation.models import FailedReaction, LedgerRow
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing

pytestmark = pytest.mark.django_db
FAILING: list[bool] = []


@dataclass(frozen=True)
class LampLit(Event):
    person: str


def write_it_down(event: LampLit) -> None:
    record(act="saw a lamp", by=SITE, kind="person", ref=event.person)


def write_and_fail(event: LampLit) -> None:
    write_it_down(event)
    if FAILING:
        raise ValueError("Ana said something")


@pytest.fixture(autouse=True)
def reactions(monkeypatch):
    monkeypatch.setattr(events, "_reactions", {})
    monkeypatch.setattr(__import__(__name__, fromlist=["x"]), "FAILING", [True])
    react_to(LampLit)(write_and_fail)
    react_to(LampLit)(write_it_down)


@pytest.fixture
def hands():
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)) as hands:
        yield hands


def acts() -> int:
    return LedgerRow.objects.count()


def test_a_reaction_that_fails_undoes_itself_alone_and_leaves_a_row(hands):
    with writing():
        record(act="lit a lamp", by=SITE, kind="person", ref="ana")
        announce(LampLit("ana"))
    assert acts() == 2, "the change and the reaction that succeeded"
    row = FailedReaction.objects.get()
    assert (row.facts, row.error, row.tries) == ({"person": "ana"}, "ValueError", 1)
    assert (row.event, row.reaction) == (f"{__name__}.LampLit", f"{__name__}.write_and_fail")


def test_what_failed_is_tried_again_until_it_succeeds(hands):
    announce(LampLit("ana"))
    assert try_again(by=SITE) == 0, "not due yet"
    hands.move(61)
    assert (try_again(by=SITE), FailedReaction.objects.get().tries) == (0, 2)
    FAILING.clear()
    hands.move(121)
    assert (try_again(by=SITE), FailedReaction.objects.count(), acts()) == (1, 0, 2)


def test_after_ten_tries_a_row_stays_for_the_doctor(hands):
    announce(LampLit("ana"))
    for _ in range(20):
        hands.move(5 * 3600)
        try_again(by=SITE)
    assert FailedReaction.objects.get().tries == MOST_TRIES


def test_an_event_without_reactions_is_no_news():
    @dataclass(frozen=True)
    class Nothing(Event):
        pass

    announce(Nothing())
    assert FailedReaction.objects.count() == 0
