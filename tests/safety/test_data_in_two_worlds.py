"""My data tells nothing of another's answer: worlds that differ only in it give the same file."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.db import transaction

from beenthere.foundation import clock
from beenthere.foundation.keys.opening import drop_opened
from beenthere.foundation.refs import ALPHABET, LENGTH
from beenthere.foundation.registry import TABLES, WITH_THE_OWNER, Table
from beenthere.foundation.taking import everything_of
from beenthere.matching.actions import answer_card, propose, settle, show_cards
from tests.matching.place_of import ana_and_ben

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
HOUR = 3600
REF = re.compile(f"(?<![a-z0-9])[{ALPHABET}]{{{LENGTH}}}(?![a-z0-9])")
ANSWERED = (5, 75)  # Ana's card ends at 72, Ben's at 76
SETTLED = (6, 44, 70, 80, 170, 200)


def files(answer: str, at: int = 5, *, by: str = "ben") -> list[str]:
    """What Ana's file says hour by hour, refs masked. Both saw their card; one of the two gave `answer`."""
    found = []
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)) as hands, transaction.atomic():
        ana, ben = ana_and_ben()
        propose(person_refs=[ana.ref, ben.ref])
        cards = {"ana": (ana, show_cards(by=ana)[0])}
        hands.move(4 * HOUR)
        cards["ben"] = (ben, show_cards(by=ben)[0])
        before = 4
        for hour in sorted((*SETTLED, *ANSWERED)):
            hands.move((hour - before) * HOUR)
            before = hour
            if hour in SETTLED:
                settle()
                found.append(REF.sub("*", json.dumps(everything_of(ana.ref), sort_keys=True)))
            elif hour == at and answer:
                person, card = cards[by]
                answer_card(card=card, answer=answer, by=person)
        transaction.set_rollback(True)
    drop_opened()
    return found


@pytest.mark.parametrize("answer", ["yes", "not_now", "never"])
@pytest.mark.parametrize("at", ANSWERED)
def test_the_file_is_the_same_whatever_the_other_answered(answer, at):
    silent = files("")
    assert "matching.Card" in silent[0]
    assert files(answer, at) == silent


def test_the_times_at_which_ends_are_written_down_would_tell(monkeypatch):
    whole = Table("person.ref", "everything", "until they leave", WITH_THE_OWNER)
    monkeypatch.setitem(TABLES, "matching.card", whole)
    assert files("not_now", 75) != files("")


def test_ones_own_answer_is_in_the_file():
    assert files("not_now", by="ana") != files("")
