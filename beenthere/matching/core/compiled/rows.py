"""One person beside everyone after them: what they share, whether they may meet, how well they fit."""

from beenthere.matching.core.fit import eased, hopes_part, hours_part, most_eased, place_part, shared_part
from beenthere.matching.core.weights import ENOUGH_MINUTES

NO = -1  # in place of a fit: may not meet, or fit less than asked for
# Bits of what stands between two people; those of age, gender and experience are mine, then theirs.
LANGUAGE, MINE, THEIRS, NEVER, MET, NO_ROOM = 1, 2, 16, 128, 256, 512
BETWEEN = 1024  # as many sets of these bits there are


def share(vectors, person, first, shared):
    """Adds to shared[other], for every other >= first, the product of their vector and this person's."""
    for at in range(vectors.at[person], vectors.at[person + 1]):
        part = vectors.part[at]
        low, high = vectors.of[vectors.term[at]], vectors.of[vectors.term[at] + 1]
        end = high
        while low < high:  # the first who is not before `first`
            middle = (low + high) // 2
            if vectors.who[middle] < first:
                low = middle + 1
            else:
                high = middle
        for here in range(low, end):
            shared[vectors.who[here]] += part * vectors.weight[here]


def no_common_language(tables, a, b):
    width = tables.speaks_width
    for at in range(width):
        if tables.speaks[a * width + at] & tables.speaks[b * width + at]:
            return False
    return True


def refuses_any(tables, mine, theirs):
    """Whether `mine` refuses anything that `theirs` has: an age, a gender, an experience."""
    width = tables.has_width
    for at in range(width):
        if tables.refuses[mine * width + at] & tables.has[theirs * width + at]:
            return True
    return False


def refused_kinds(tables, mine, theirs):
    """Which kinds of boundary of `mine` refuse `theirs`: bits 1 age, 2 gender, 4 experience."""
    width = tables.has_width
    found = 0
    for kind in range(3):
        for at in range(width):
            bits = tables.refuses[mine * width + at] & tables.has[theirs * width + at]
            if bits & tables.kinds[kind * width + at]:
                found |= 1 << kind
    return found


def minutes_together(tables, a, b):
    """Minutes of the week in which both are free, counted up to ENOUGH_MINUTES or a little beyond."""
    mine, my_end = tables.hours_at[a], tables.hours_at[a + 1]
    theirs, their_end = tables.hours_at[b], tables.hours_at[b + 1]
    minutes = 0
    while mine < my_end and theirs < their_end and minutes < ENOUGH_MINUTES:
        opens = max(tables.opens[mine], tables.opens[theirs])
        closes = min(tables.closes[mine], tables.closes[theirs])
        if closes > opens:
            minutes += closes - opens
        if tables.closes[mine] < tables.closes[theirs]:
            mine += 1
        else:
            theirs += 1
    return minutes


def ease_between(tables, a, b):
    """What makes it easier for two people to meet: hopes, hours, place."""
    ease = hopes_part(tables.hopes[a], tables.hopes[b])
    ease += hours_part(minutes_together(tables, a, b))
    return ease + place_part(tables.place[a], tables.place[b])


def fits_after(tables, met, room, least, person, first, scratch):
    """Leaves in scratch.fits, for every other >= first, the fit of the two, or NO where a boundary is
    between them, they have met, the other has no room, or the fit is below `least`."""
    fits, experience, words = scratch.fits, scratch.experience, scratch.words
    people = len(tables.hopes)
    for other in range(first, people):
        experience[other] = 0
        words[other] = 0
    share(tables.experiences, person, first, experience)
    share(tables.words, person, first, words)
    for other in range(first, people):
        fits[other] = NO
        if room[other] == 0 or (least > 0 and experience[other] == 0 and words[other] == 0):
            continue
        shared = shared_part(experience[other], words[other])
        if most_eased(shared) < least or no_common_language(tables, person, other):
            continue
        if refuses_any(tables, person, other) or refuses_any(tables, other, person):
            continue
        fit = eased(shared, ease_between(tables, person, other))
        if fit >= least:
            fits[other] = fit
    if person >= first:
        fits[person] = NO
    for at in range(tables.never_at[person], tables.never_at[person + 1]):
        fits[tables.never[at]] = NO
    for at in range(met.at[person], met.at[person + 1]):
        fits[met.who[at]] = NO


def standing_between(tables, met, room, person, scratch):
    """Leaves in scratch.fits the fit with everyone, boundaries or not, and in scratch.between the bits of
    what stands between this person and each other one (NEVER for the person themselves)."""
    fits, experience, words, between = scratch.fits, scratch.experience, scratch.words, scratch.between
    people = len(tables.hopes)
    for other in range(people):
        experience[other] = 0
        words[other] = 0
    share(tables.experiences, person, 0, experience)
    share(tables.words, person, 0, words)
    for other in range(people):
        shared = shared_part(experience[other], words[other])
        fits[other] = eased(shared, ease_between(tables, person, other))
        bits = LANGUAGE if no_common_language(tables, person, other) else 0
        bits |= refused_kinds(tables, person, other) * MINE
        bits |= refused_kinds(tables, other, person) * THEIRS
        between[other] = bits if room[other] > 0 else bits | NO_ROOM
    between[person] |= NEVER
    for at in range(tables.never_at[person], tables.never_at[person + 1]):
        between[tables.never[at]] |= NEVER
    for at in range(met.at[person], met.at[person + 1]):
        between[met.who[at]] |= MET
