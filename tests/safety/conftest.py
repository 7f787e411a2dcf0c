"""Ana and Ben talk; Ana reports; Sol and Sam look after the place."""

from collections.abc import Callable

import pytest

from beenthere.conversations.actions import Draft, open_conversation, send_messages
from beenthere.conversations.models import Conversation
from beenthere.foundation.keys.actions import make_key
from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.models import Person
from beenthere.safety.actions import answer_report, decide, make_report, name_steward, open_report
from beenthere.safety.core import LIMITED, Step
from beenthere.safety.models import Report
from tests.cast import person


def talk(ana: Person, ben: Person, count: int = 14) -> Conversation:
    """A conversation of `count` messages, Ana's odd and Ben's even, each with words of its own."""
    conversation = open_conversation(people=[(ana, "Anita"), (ben, "Benno")], by=SITE)
    for number in range(1, count + 1):
        who = ana if number % 2 else ben
        (outcome,) = send_messages([Draft(who.ref, conversation.ref, new_ref(), f"canary-{number}-words")])
        assert outcome.number == number
    return conversation


def steward(name: str = "Sol") -> Person:
    one = person(name)
    name_steward(person=one, by=SITE)
    return one


def opened(report: Report, *stewards: Person) -> Report:
    """The report, open to each of them from now on."""
    for one in stewards:
        open_report(report=report, reason="first", by=one)
    return report


def brought(kind: str, subject: str, by: Person | None, *, lane: str = "other", words: str = "") -> Report:
    """A report of any kind, as if it had been made on its page."""
    copied = [{"number": 0, "mine": False, "at": "2026-03-01T12:00:00+00:00", "words": words, "kind": kind}]
    copied[0] |= {"note": "", "piece": "", "proven": True}
    row = Report(kind=kind, subject=subject, made_by=by, lane=lane, note="", copied=copied if words else [])
    make_key(owner=row.ref, purpose="report", by=SITE)
    row.save(force_insert=True)
    return row


def decided(
    report: Report, by: Person, kind: str = "ended", *, limit: str = "", days: int = 0, rule: int = 5
):
    """What a steward decided on it, after opening it."""
    step = Step(LIMITED, limit, days) if limit else Step(kind)
    return decide(report=opened(report, by), step=step, rule=rule, by=by)


def answered(report: Report, by: Person, words: str = "We spoke of it.") -> None:
    answer_report(report=opened(report, by), words=words, by=by)


@pytest.fixture
def ana() -> Person:
    return person("Ana")


@pytest.fixture
def ben() -> Person:
    return person("Ben")


@pytest.fixture
def sol() -> Person:
    return steward("Sol")


@pytest.fixture
def conversation(ana, ben) -> Conversation:
    return talk(ana, ben)


@pytest.fixture
def reported(ana, conversation) -> Callable[..., Report]:
    """Makes a report by Ana of the messages 4 and 6."""

    def made(numbers=(4, 6), note: str = "This hurt.") -> Report:
        return make_report(conversation=conversation, numbers=set(numbers), note=note, by=ana)

    return made
