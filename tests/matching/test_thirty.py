"""Nobody of thirty meets an empty page in sixty days, though two of three cards get no answer."""

import pytest

from tests.chance import refs_drawn

from .thirty import PEOPLE, Thirty

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_thirty_people_over_sixty_days():
    with refs_drawn("thirty"):
        place = Thirty(seed=1).lived()
    print(*place.report(), sep="\n")
    assert len(place.people) == PEOPLE
    assert place.empty == []
    assert len(place.waits("introduced_at")) == PEOPLE, "each was introduced to somebody"
    assert place.waits("paired_at"), "somebody met"
