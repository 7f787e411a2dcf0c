"""The stable round: pairs taken in one strict order, the closest first, while both have room.

Whoever takes pairs greedily in a strict order that both people share leaves no two who would both rather
have each other. The order is that of `bands`; hashes are worked out only where fits are equal.
"""

from beenthere.matching.core.compiled.bands import DROP, HASH, MOST_HASH, SINCE
from beenthere.matching.core.compiled.hashing import pair_hash
from beenthere.matching.core.weights import ONE

FEW = 2048  # ties that are put in order at once


def by_fit(pairs, kept, counts, ranked):
    """Leaves in `ranked` the places of pairs[:kept], the highest fit first, and in counts[drop] where
    those of that fit end."""
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


def by_since(order, pairs, ties, size, days):
    """Puts ties.pair[:size] in the order of the earlier `since` of each two."""
    for day in range(len(days)):
        days[day] = 0
    for tie in range(size):
        at = ties.pair[tie]
        days[min(order.since[pairs.a[at]], order.since[pairs.b[at]]) + 1] += 1
    for day in range(len(days) - 1):
        days[day + 1] += days[day]
    for tie in range(size):
        at = ties.pair[tie]
        day = min(order.since[pairs.a[at]], order.since[pairs.b[at]])
        ties.place[days[day]] = at
        days[day] += 1
    for tie in range(size):
        ties.pair[tie] = ties.place[tie]


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


def sort_ties(ties, start, size):
    """Leaves in ties.place[:size] the ties start..start + size in order (a heap sort)."""
    top = size - size  # 0, but no literal, for which `sink` would be compiled once more
    for at in range(size):
        ties.place[at] = start + at
    for root in range(size // 2 - 1, -1, -1):
        sink(ties, root, size)
    for last in range(size - 1, 0, -1):
        ties.place[top], ties.place[last] = ties.place[last], ties.place[top]
        sink(ties, top, last)


def put(ties, to, tie):
    """Writes the tie at `tie` to the place `to` too."""
    ties.pair[to], ties.since[to], ties.hash[to] = ties.pair[tie], ties.since[tie], ties.hash[tie]


def first_ties(ties, start, stop, cut):
    """Brings the ties of start..stop whose hash is at most `cut` to the front; returns where they end."""
    end = start
    for tie in range(start, stop):
        if ties.hash[tie] <= cut:
            pair, since, hashed = ties.pair[tie], ties.since[tie], ties.hash[tie]
            put(ties, tie, end)
            ties.pair[end], ties.since[end], ties.hash[end] = pair, since, hashed
            end += 1
    return end


def with_room(pairs, room, ties, to, start, stop):
    """Moves the ties of start..stop whose two still have room to `to` and on; returns where they end."""
    for tie in range(start, stop):
        at = ties.pair[tie]
        if room[pairs.a[at]] > 0 and room[pairs.b[at]] > 0:
            put(ties, to, tie)
            to += 1
    return to


def drawn(order, limit, scratch, pairs, ties, start, stop):
    """Works out since and hash of the ties of start..stop, and lets go of those that come after `limit`;
    returns where they end. (A tie alone, well within the limit, needs no hash.)"""
    to = start
    for tie in range(start, stop):
        at = ties.pair[tie]
        a, b = pairs.a[at] + 0, pairs.b[at] + 0  # wide, as elsewhere, or more is compiled
        since, hashed = min(order.since[a], order.since[b]), 0
        last = ONE - pairs.fit[at] == limit[DROP]
        if stop - start > 1 or last:
            hashed = pair_hash(order, scratch, a, b)
        if last and (since > limit[SINCE] or (since == limit[SINCE] and hashed > limit[HASH])):
            continue
        ties.pair[to], ties.since[to], ties.hash[to] = at, since, hashed
        to += 1
    return to


def settle(order, limit, scratch, pairs, room, ties, start, stop, used, taken, count):
    """Takes from the ties of start..stop, all of one fit and, when there are many, of one since. Many are
    drawn a few at a time: after the first few hardly anyone has room left."""
    stop = with_room(pairs, room, ties, start, start, stop)
    stop = drawn(order, limit, scratch, pairs, ties, start, stop)
    low = 0
    while start < stop:
        many = stop - start
        cut = MOST_HASH if many <= FEW else low + (MOST_HASH - low) // many * FEW
        end = first_ties(ties, start, stop, cut)
        sort_ties(ties, start, end - start)
        for rank in range(end - start):
            at = ties.pair[ties.place[rank]]
            a, b = pairs.a[at], pairs.b[at]
            if room[a] > 0 and room[b] > 0:
                room[a] -= 1
                room[b] -= 1
                used[at] = 1
                taken[count] = at
                count += 1
        start, stop, low = end, with_room(pairs, room, ties, end, end, stop), cut
    return count


def take(order, limit, scratch, pairs, kept, room, ranked, ties, used, taken):
    """Takes from pairs[:kept], in the order and up to `limit`, each pair not `used` whose two both have
    room; lowers `room`, marks `used`; returns how many places it left in `taken`."""
    by_fit(pairs, kept, scratch.counts, ranked)
    count = start = first = kept - kept  # 0, but no literal, for which much would be compiled once more
    while start < kept and ONE - pairs.fit[ranked[start]] <= limit[DROP]:
        stop, size = scratch.counts[ONE - pairs.fit[ranked[start]]], first
        for here in range(start, stop):
            at = ranked[here]
            if used[at] == 0 and room[pairs.a[at]] > 0 and room[pairs.b[at]] > 0:
                ties.pair[size] = at
                size += 1
        if size > FEW:
            by_since(order, pairs, ties, size, scratch.days)
            day_start = first
            for day in range(len(scratch.days)):
                day_stop = scratch.days[day]
                if day_stop > day_start:
                    among = (ties, day_start, day_stop, used, taken, count)
                    count = settle(order, limit, scratch, pairs, room, *among)
                day_start = max(day_start, day_stop)
        elif size > 0:
            count = settle(order, limit, scratch, pairs, room, ties, first, size, used, taken, count)
        start = stop
    return count
