"""The stable round: pairs taken in one strict order, the closest first, while both have room.

The order is: fit falling, the earlier `since` of the two, the hash of seed and refs. Whoever takes pairs
greedily in a strict order that both people share leaves no two who would both rather have each other.
Fifty million pairs are never kept at once: `sweep` keeps only the first part of the order that its room
holds and says where that part ends (`limit`); `take` takes from it; then the few with room left are
swept again. Each result is the same as with all of them, whatever the room.
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
        if within(order, limit, scratch, pairs.a[at], pairs.b[at], pairs.fit[at]):
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


def earlier(ties, one, other):
    """Whether tie `one` comes before tie `other`."""
    if ties.since[one] != ties.since[other]:
        return ties.since[one] < ties.since[other]
    return ties.hash[one] < ties.hash[other]


def sink(ties, root, size):
    """Lets the tie at `root` of the heap ties.place[:size], the last on top, sink to where it belongs."""
    place = ties.place
    while 2 * root + 1 < size:
        child = 2 * root + 1
        if child + 1 < size and earlier(ties, place[child], place[child + 1]):
            child += 1
        if not earlier(ties, place[root], place[child]):
            return
        place[root], place[child] = place[child], place[root]
        root = child


def sort_ties(ties, size):
    """Puts ties.place[:size] in order (a heap sort: no more room, whatever the number)."""
    for at in range(size):
        ties.place[at] = at
    for root in range(size // 2 - 1, -1, -1):
        sink(ties, root, size)
    for last in range(size - 1, 0, -1):
        ties.place[0], ties.place[last] = ties.place[last], ties.place[0]
        sink(ties, 0, last)


def by_fit(pairs, kept, counts, ranked):
    """Leaves in `ranked` the places of pairs[:kept], the highest fit first, and in counts[drop] where
    those of the next fit begin."""
    for at in range(ONE + 2):
        counts[at] = 0
    for at in range(kept):
        counts[ONE - pairs.fit[at] + 1] += 1
    for drop in range(ONE + 1):
        counts[drop + 1] += counts[drop]
    for at in range(kept):
        drop = ONE - pairs.fit[at]
        ranked[counts[drop]] = at
        counts[drop] += 1


def take(order, limit, scratch, pairs, kept, room, ranked, ties, used, taken):
    """Takes from pairs[:kept], in the order and up to `limit`, each pair not `used` whose two both have
    room; lowers `room`, marks `used`; returns how many places it left in `taken`."""
    by_fit(pairs, kept, scratch.counts, ranked)
    count, start = 0, 0
    while start < kept:
        fit = pairs.fit[ranked[start]]
        stop = scratch.counts[ONE - fit]
        size = 0
        for here in range(start, stop):
            at = ranked[here]
            a, b = pairs.a[at], pairs.b[at]
            if used[at] == 0 and room[a] > 0 and room[b] > 0 and within(order, limit, scratch, a, b, fit):
                ties.pair[size] = at
                size += 1
        if size > 1:
            for tie in range(size):
                a, b = pairs.a[ties.pair[tie]], pairs.b[ties.pair[tie]]
                ties.since[tie] = min(order.since[a], order.since[b])
                ties.hash[tie] = pair_hash(order, scratch, a, b)
        sort_ties(ties, size)
        for tie in range(size):
            at = ties.pair[ties.place[tie]]
            a, b = pairs.a[at], pairs.b[at]
            if room[a] > 0 and room[b] > 0:
                room[a] -= 1
                room[b] -= 1
                used[at] = 1
                taken[count] = at
                count += 1
        start = stop
    return count
