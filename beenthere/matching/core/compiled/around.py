"""Looking around a person: what stands between them and everyone else."""

from beenthere.matching.core.compiled.rows import NO, ease_between, no_common_language, share_all
from beenthere.matching.core.fit import eased, most_eased, shared_part

# Bits of what stands between two people; those of age, gender and experience are mine, then theirs.
LANGUAGE, MINE, THEIRS, NEVER, MET, NO_ROOM = 1, 2, 16, 128, 256, 512
BOUNDARIES = 2 * NEVER - 1
BETWEEN = 1024  # as many sets of these bits there are


def refused_kinds(tables, mine, theirs):
    """Which kinds of boundary of `mine` refuse `theirs`: bits 1 age, 2 gender, 4 experience."""
    width, found = tables.has_width, 0
    for kind in range(3):
        for at in range(width):
            bits = tables.refuses[mine * width + at] & tables.has[theirs * width + at]
            if bits & tables.kinds[kind * width + at]:
                found |= 1 << kind
    return found


def mark_apart(tables, met, room, person, between):
    """Leaves in `between` the bits of having no room, having met and never wishing to."""
    for other in range(len(between)):
        between[other] = 0 if room[other] > 0 else NO_ROOM
    for at in range(met.at[person], met.at[person + 1]):
        between[met.who[at]] |= MET
    for at in range(tables.never_at[person], tables.never_at[person + 1]):
        between[tables.never[at]] |= NEVER


def look_at(tables, least, person, first, counts, best, scratch):
    """Counts everyone around `person` into counts[first + bits] and best[first + bits]."""
    within = NO  # the highest fit so far of anybody within the boundaries of both
    for other in range(len(scratch.fits)):
        shared = shared_part(scratch.experience[other], scratch.words[other])
        most = most_eased(shared)
        if other == person or (most < least and most <= within):
            continue
        bits = scratch.between[other]
        bits |= LANGUAGE if no_common_language(tables, person, other) else 0
        bits |= refused_kinds(tables, person, other) * MINE
        bits |= refused_kinds(tables, other, person) * THEIRS
        fit = eased(shared, ease_between(tables, person, other))
        best[first + bits] = max(best[first + bits], fit)
        if fit >= least:
            counts[first + bits] += 1
        if bits & BOUNDARIES == 0:
            within = max(within, fit)


def look_around(tables, met, room, least, start, stop, persons, counts, best, scratch):
    """For each of persons[start:stop]: leaves in counts[at * BETWEEN + bits] how many fit at least `least`
    among those with exactly these bits between them, and in best[at * BETWEEN + bits] their highest fit.
    Of those who fit less only the best within the boundaries of both is surely among them."""
    everyone = start - start  # 0, but no literal
    for at in range(start, stop):
        for here in range(at * BETWEEN, (at + 1) * BETWEEN):
            counts[here], best[here] = 0, NO
        share_all(tables, persons[at], everyone, scratch)
        mark_apart(tables, met, room, persons[at], scratch.between)
        look_at(tables, least, persons[at], at * BETWEEN, counts, best, scratch)
