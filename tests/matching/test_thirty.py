"""Nobody of thirty meets an empty page in sixty days, though two of three cards get no answer."""

import pytest

from .thirty import PEOPLE, Thirty

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_thirty_people_over_sixty_days():
    place = Thirty(seed=1).lived()
    print(*place.report(), sep="\n")
    assert len(place.people) == PEOPLE
    assert place.empty == []
    assert len(place.waits("introduced_at")) >= PEOPLE - 1, "all but one, at the price of record 0029"
    assert place.waits("paired_at"), "somebody met"
