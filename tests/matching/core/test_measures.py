"""How good and how fair a plan is."""

from datetime import date

from beenthere.matching.core.measures import worst_off
from beenthere.matching.core.plan import Group
from beenthere.matching.core.rounds import plan_rounds

from .small_world import person, ready


def test_measures_of_a_small_plan():
    people = [
        person("a", "panic", since=date(2025, 1, 1), gender="woman", age_band="25-34"),
        person("b", "panic", since=date(2024, 12, 27), capacity=2),
        person("c", "drinking", since=date(2025, 1, 6), languages=("en", "es-MX")),
        person("d", "panic", capacity=0),
    ]
    plan = plan_rounds(ready(*people), rounds=2)
    (pair,) = plan.pairs
    measures = plan.measures
    assert (measures.people, measures.with_room, measures.paired, measures.pairs) == (4, 3, 2, 1)
    assert (measures.compatible, measures.capacity, measures.capacity_filled) == (1, 8, 2)
    assert measures.mean_fit == measures.median_fit == pair.fit
    assert measures.fits == tuple(int(step == pair.fit * 20 // 65536) for step in range(20))
    assert (measures.wait_paired, measures.wait_unpaired) == ((5, 10), (0,))
    assert measures.groups == (
        Group("age", "", 2, 1),
        Group("age", "25-34", 1, 1),
        Group("experience", "Panic", 2, 2),
        Group("experience", "Drinking", 1, 0),
        Group("gender", "", 2, 1),
        Group("gender", "woman", 1, 1),
        Group("language", "en", 3, 2),
        Group("language", "es", 1, 0),
    )
    assert measures.worst_off is None


def test_the_worst_off_is_a_group_of_enough_people():
    groups = (Group("age", "18-24", 4, 0), Group("language", "es", 10, 5), Group("language", "en", 50, 40))
    assert worst_off(groups) == groups[1]
    assert worst_off(groups[:2]) is None
    assert worst_off((Group("age", "65+", 5, 5), Group("age", "18-24", 9, 9))) is None
