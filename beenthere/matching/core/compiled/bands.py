"""The first part of the order of all pairs, as much as there is room to keep.

The order is: fit falling, the earlier `since` of the two, the hash of seed and refs. Fifty million pairs
are never kept at once: `sweep` keeps the first part of the order that its room holds and says where that
part ends (`limit`); `taking` takes from it; then the few with room left are swept again. The pairs taken
are the same as with all of them kept, whatever the room.
"""

from beenthere.matching.core.compiled.hashing import pair_hash
from beenthere.matching.core.compiled.rows import NO, fits_after
from beenthere.matching.core.weights import ONE

DROP, SINCE, HASH, KEPT, SEEN = 0, 1, 2, 3, 4  # the places of a limit's numbers
MOST_HASH = (1 << 62) - 1


def within(order, limit, scratch, a, b, fit):
    """Whether this pair comes no later in the order than `limit`."""
    drop = ONE - fit
    if drop != limit[DROP]:
        return drop < limit[DROP]
    since = min(order.since[a], order.since[b])
    if since != limit[SINCE]:
        return since < limit[SINCE]
    return limit[HASH] == MOST_HASH or pair_hash(order, scratch, a, b) <= limit[HASH]


def last_of_half(counts, size, half):
    """The last number whose counts, with all before it, stay within `half`; -1 when none does. Leaves
    in counts[size] how many those are."""
    total = 0
    for number in range(size):
        if total + counts[number] > half:
            counts[size] = total
            return number - 1
        total += counts[number]
    counts[size] = total
    return size - 1


def tighten(order, limit, scratch, pairs):
    """Moves `limit` forward so that it leaves out some of the kept pairs: by fit; where very many share
    one fit, by since; where very many share that too, by hash."""
    kept, counts, half = limit[KEPT], scratch.counts, limit[KEPT] // 2
    for at in range(ONE + 2):
        counts[at] = 0
    for at in range(kept):
        counts[ONE - pairs.fit[at]] += 1
    drop = last_of_half(counts, ONE + 1, half)
    before = counts[ONE + 1]
    if before > 0 and before >= half // 2:
        limit[DROP], limit[SINCE], limit[HASH] = drop, MOST_HASH, MOST_HASH
        return
    days, heavy = scratch.days, drop + 1
    for at in range(len(days)):
        days[at] = 0
    for at in range(kept):
        if ONE - pairs.fit[at] == heavy:
            days[min(order.since[pairs.a[at]], order.since[pairs.b[at]])] += 1
    since = last_of_half(days, len(days) - 1, half - before)
    before += days[len(days) - 1]
    if before > 0 and before >= half // 2:
        limit[DROP], limit[SINCE], limit[HASH] = heavy, since, MOST_HASH
        return
    if limit[DROP] == heavy and limit[SINCE] == since + 1:
        limit[HASH] //= 2
    else:
        limit[DROP], limit[SINCE], limit[HASH] = heavy, since + 1, MOST_HASH // 2


def keep_within(order, limit, scratch, pairs):
    """Lets go of the kept pairs that come after `limit`."""
    kept = 0
    for at in range(limit[KEPT]):
        a, b, fit = pairs.a[at] + 0, pairs.b[at] + 0, pairs.fit[at] + 0  # wide, as elsewhere
        if within(order, limit, scratch, a, b, fit):
            pairs.a[kept], pairs.b[kept], pairs.fit[kept] = pairs.a[at], pairs.b[at], pairs.fit[at]
            kept += 1
    limit[KEPT] = kept


def sweep(tables, order, met, room, least, start, stop, limit, pairs, scratch):
    """Walks every pair whose first person is one of start..stop and keeps those that may be taken and
    come within `limit`; moves the limit forward whenever `pairs` is full. Counts in limit[SEEN] how many
    may be taken at all."""
    people = len(tables.hopes)
    for person in range(start, stop):
        if room[person] == 0:
            continue
        fits_after(tables, met, room, least, person, person + 1, scratch)
        for other in range(person + 1, people):
            fit = scratch.fits[other]
            if fit == NO:
                continue
            limit[SEEN] += 1
            if not within(order, limit, scratch, person, other, fit):
                continue
            at = limit[KEPT]
            pairs.a[at], pairs.b[at], pairs.fit[at] = person, other, fit
            limit[KEPT] += 1
            while limit[KEPT] == len(pairs.a):
                tighten(order, limit, scratch, pairs)
                keep_within(order, limit, scratch, pairs)
