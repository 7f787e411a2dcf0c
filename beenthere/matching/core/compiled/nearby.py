"""Looking around one person: their nearest peers, and what stands between them and everyone."""

from beenthere.matching.core.compiled.hashing import pair_hash
from beenthere.matching.core.compiled.rows import BETWEEN, NO, fits_after, standing_between


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
    people = len(tables.hopes)
    for person in range(start, stop):
        fits_after(tables, met, room, least, person, 0, scratch)
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


def look_around(tables, met, room, least, start, stop, persons, counts, best, scratch):
    """For each of persons[start:stop]: leaves in counts[at * BETWEEN + bits] how many fit at least `least`
    among those with exactly these bits between them, and in best[at * BETWEEN + bits] their highest fit."""
    people = len(tables.hopes)
    for at in range(start, stop):
        for bits in range(BETWEEN):
            counts[at * BETWEEN + bits], best[at * BETWEEN + bits] = 0, NO
        standing_between(tables, met, room, persons[at], scratch)
        for other in range(people):
            if other == persons[at]:
                continue
            here = at * BETWEEN + scratch.between[other]
            if scratch.fits[other] >= least:
                counts[here] += 1
            best[here] = max(best[here], scratch.fits[other])
