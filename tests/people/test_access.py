"""The gate to people: oneself, and the same 404 for all else."""

import pytest
from django.http import Http404

from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.access import get_person_for
from beenthere.people.actions import welcome_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_oneself_and_nobody_else():
    ana, cleo = welcome_person(name="Ana", by=SITE), welcome_person(name="Cleo", by=SITE)
    assert get_person_for(ana, ana.ref) == ana
    said = []
    for ref in (ana.ref, new_ref(), "", "site"):
        with pytest.raises(Http404) as refused:
            get_person_for(cleo, ref)
        said.append(str(refused.value))
    assert said == [""] * 4
