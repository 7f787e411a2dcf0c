"""How many here: true from ten on, "a few" below, and no number that another number gives away."""

import pytest
from django.conf import settings

from beenthere.matching.queries import counts
from beenthere.matching.queries.counts import FEW, MANY, NONE, Counted, counted, how_many_here
from beenthere.people import actions as people
from tests.matching.place_of import lived, member

K = settings.PLACE.k


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, Counted(NONE)),
        (1, Counted(FEW)),
        (9, Counted(FEW)),
        (10, Counted(MANY, 10)),
        (19, Counted(MANY, 10)),
        (20, Counted(MANY, 20)),
        (49, Counted(MANY, 30)),
        (99, Counted(MANY, 50)),
        (100, Counted(MANY, 100)),
        (1234, Counted(MANY, 1000)),
        (300_000, Counted(MANY, 300_000)),
    ],
)
def test_what_may_be_said_of_a_number(number, told):
    assert counted(number) == told


def test_it_is_true_at_exactly_ten():
    assert counted(10).said == "at least 10 people"
    assert counted(9).said == "a few people"
    assert counted(0).said == "nobody yet"


def held(monkeypatch, **of_each: int) -> None:
    """So many people who hold each, and nothing else; an `a__b` holds both."""
    everybody = [
        (f"{name}{number}", frozenset(one.replace("_", "-") for one in name.split("__")))
        for name, count in of_each.items()
        for number in range(count)
    ]
    monkeypatch.setattr(counts, "_held", lambda: everybody)


def test_no_two_numbers_give_away_a_third_below_k(monkeypatch):
    """Whoever compares what is said of any groups finds no difference below K."""
    for one in range(40):
        for other in range(0, 40, 3):
            held(monkeypatch, adhd=one, prison=other, adhd__prison=3)
            honest = how_many_here(["adhd", "prison"])
            numbers = {0, *(found.at_least for found in (*honest.each.values(), honest.anyone))}
            assert all(a == b or abs(a - b) >= K for a in numbers for b in numbers)


def test_one_more_person_is_not_seen_beyond_the_step(monkeypatch):
    held(monkeypatch, adhd=14)
    fourteen = how_many_here(["adhd"])
    held(monkeypatch, adhd=15)
    assert how_many_here(["adhd"]) == fourteen


def test_narrower_counts_and_oneself_does_not(monkeypatch):
    everybody = [(f"r{one}", frozenset({"being-sectioned"})) for one in range(10)]
    monkeypatch.setattr(counts, "_held", lambda: everybody)
    assert how_many_here(["psychiatric-hospital"]).each == {"psychiatric-hospital": Counted(MANY, 10)}
    assert how_many_here(["psychiatric-hospital"], without="r0").of("psychiatric-hospital") == FEW


def test_where_nobody_is_the_next_best_is_told(monkeypatch):
    held(monkeypatch, psychiatric_hospital=12)
    honest = how_many_here(["being-sectioned"])
    assert (honest.of("being-sectioned"), honest.anyone) == (NONE, Counted(NONE))
    assert honest.next_best["psychiatric-hospital"] == Counted(MANY, 10)


def test_nothing_known_is_nobody(monkeypatch):
    held(monkeypatch, adhd=12)
    assert how_many_here([]).anyone == Counted(NONE)
    assert how_many_here(["no such thing"]).of("no such thing") == NONE


@pytest.mark.django_db(databases=["default", "keys"])
def test_it_counts_who_told_and_who_wrote_and_may_be_introduced(monkeypatch):
    monkeypatch.setattr(settings.PLACE, "k", 2)
    ana = member("Ana", experiences=lived("adhd"))
    assert how_many_here(["adhd"]).of("adhd") == FEW
    ben = member("Ben", "I was told that I have ADHD and it explained my life.")
    assert how_many_here(["adhd"]).of("adhd") == MANY
    assert how_many_here(["adhd"], without=ana.ref).of("adhd") == FEW
    people.pause(by=ben)
    assert how_many_here(["adhd"]).of("adhd") == FEW
