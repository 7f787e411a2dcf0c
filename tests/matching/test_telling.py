"""What a member may tell matching, and where it is kept."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from beenthere.foundation import clock
from beenthere.foundation.events import _reactions
from beenthere.matching.actions import tell
from beenthere.matching.core.telling import Untellable
from beenthere.matching.events import TellingChanged
from beenthere.matching.models import Telling
from tests.cast import person
from tests.matching.place_of import lived

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

WHOLE = {
    "experiences": [{"experience": "adhd", "known": True, "stand": "living with it"}],
    "languages": ["en", "pt-BR"],
    "timezone": "Europe/Madrid",
    "hopes": ["to talk"],
    "leave_out": [{"experience": "prison", "known": True, "stand": None}],
    "wish": "soon",
}


def test_what_is_told_is_kept_and_read_again():
    ana = person()
    tell(held=WHOLE, by=ana)
    assert Telling.objects.get(person=ana).held == WHOLE


def test_what_is_left_out_is_empty():
    ana = person()
    tell(held=WHOLE, by=ana)
    tell(held={}, by=ana)
    assert Telling.objects.get(person=ana).held == {
        "experiences": [],
        "languages": [],
        "timezone": "",
        "hopes": [],
        "leave_out": [],
        "wish": "closer",
    }


def test_nothing_of_it_stands_readable_in_the_table():
    ana = person()
    tell(held={**WHOLE, "experiences": [{"experience": "Xylophonia", "known": False}]}, by=ana)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM matching_telling")
        stored = b"|".join(
            str(one).encode() if not isinstance(one, bytes) else one for one in cursor.fetchone()
        )
    for word in (b"Xylophonia", b"prison", b"Madrid", b"pt-BR", b"soon"):
        assert word not in stored


def test_own_words_stay_and_known_names_become_what_they_name():
    ana = person()
    own = [
        {"experience": "  Losing   the farm ", "known": False, "stand": "in it now"},
        {"experience": "Loss of a parent", "known": False, "stand": ""},
    ]
    told = tell(held={"experiences": own}, by=ana).held["experiences"]
    assert told == [
        {"experience": "Losing the farm", "known": False, "stand": "in it now"},
        {"experience": "loss-of-a-parent", "known": True, "stand": None},
    ]


@pytest.mark.parametrize(
    "held",
    [
        {"experiences": [{"experience": "no-such-thing", "known": True}]},
        {"experiences": [{"experience": "x" * 61, "known": False}]},
        {"experiences": [{"experience": "a\u202eb", "known": False}]},
        {"experiences": [{"experience": "", "known": False}]},
        {"experiences": [{"experience": "adhd", "stand": "cured"}]},
        {"experiences": [{"experience": f"own {one}", "known": False} for one in range(21)]},
        {"experiences": "adhd"},
        {"experiences": [3]},
        {"languages": ["qqq-x"]},
        {"languages": ["en"] * 2 + list("abcdefgh")},
        {"languages": "en"},
        {"timezone": "Mars/Olympus"},
        {"hopes": ["to be cured"]},
        {"wish": "best"},
        {"age": 44},
        {"experiences": lived("adhd"), "leave_out": lived("adhd")},
    ],
)
def test_what_is_beyond_the_bounds_changes_nothing(held):
    ana = person()
    tell(held=WHOLE, by=ana)
    with pytest.raises(Untellable):
        tell(held=held, by=ana)
    assert Telling.objects.get(person=ana).held == WHOLE


def test_twenty_are_kept():
    ana = person()
    twenty = [{"experience": f"own {one}", "known": False, "stand": None} for one in range(20)]
    assert tell(held={"experiences": twenty}, by=ana).held["experiences"] == twenty


def test_each_change_is_news_and_later_than_the_one_before(monkeypatch):
    ana, heard = person(), []
    monkeypatch.setitem(_reactions, TellingChanged, [heard.append])
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)) as hands:
        times = [tell(held=WHOLE, by=ana).changed_at]
        times.append(tell(held=WHOLE, by=ana).changed_at)
        hands.move(-3600)
        times.append(tell(held=WHOLE, by=ana).changed_at)
    assert times == sorted(set(times))
    assert heard == [TellingChanged(ana.ref)] * 3
