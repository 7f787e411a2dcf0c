"""Somebody new comes to be known by talking with others."""

from beenthere.foundation.refs import SITE
from beenthere.people.actions.vouching import vouch

from ..queries.vouching import come_to_be_known


def vouch_for_pairs(*, by=SITE) -> int:
    """Afterwards nobody with whom others here talked for a while is a newcomer; how many that were."""
    known = come_to_be_known()
    for person in known:
        vouch(person=person, by=by)
    return len(known)
