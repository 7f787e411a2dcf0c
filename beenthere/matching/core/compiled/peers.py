"""The nearest peers of each person."""

from beenthere.matching.core.compiled.hashing import pair_hash
from beenthere.matching.core.compiled.rows import NO, fits_after


def comes_before(order, scratch, person, one, one_fit, other, other_fit):
    """Whether peer `one` comes before peer `other` for this person: the order of the stable round."""
    if one_fit != other_fit:
        return one_fit > other_fit
    one_since = min(order.since[person], order.since[one])
    other_since = min(order.since[person], order.since[other])
    if one_since != other_since:
        return one_since < other_since
    one_hash = pair_hash(order, scratch, min(person, one), max(person, one))
    return one_hash < pair_hash(order, scratch, min(person, other), max(person, other))


def nearest(tables, order, met, room, least, start, stop, wanted, peers, fits, scratch):
    """Leaves in peers[person * wanted:] the `wanted` peers who fit each person of start..stop best, the
    best first, and their fits beside them; NO where there are no more."""
    people, everyone = len(tables.hopes), start - start  # 0, but no literal
    for person in range(start, stop):
        fits_after(tables, met, room, least, person, everyone, scratch)
        first = person * wanted
        for at in range(first, first + wanted):
            peers[at], fits[at] = NO, NO
        for other in range(people):
            fit = scratch.fits[other]
            at = first + wanted - 1
            if fit == NO or (peers[at] != NO and fit < fits[at]):
                continue
            if peers[at] != NO and not comes_before(order, scratch, person, other, fit, peers[at], fits[at]):
                continue
            while at > first and (
                peers[at - 1] == NO
                or comes_before(order, scratch, person, other, fit, peers[at - 1], fits[at - 1])
            ):
                peers[at], fits[at] = peers[at - 1], fits[at - 1]
                at -= 1
            peers[at], fits[at] = other, fit
