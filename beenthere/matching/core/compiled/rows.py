"""One person beside everyone after them: what they share, whether they may meet, how well they fit."""

from beenthere.matching.core.fit import eased, hopes_part, hours_part, most_eased, place_part, shared_part
from beenthere.matching.core.weights import ENOUGH_MINUTES

NO = -1  # in place of a fit: may not meet, or fit less than asked for


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


def share_all(tables, person, first, scratch):
    """Leaves in scratch.experience and scratch.words the products with everyone from `first` on."""
    for other in range(first, len(scratch.fits)):
        scratch.experience[other] = 0
        scratch.words[other] = 0
    share(tables.experiences, person, first, scratch.experience)
    share(tables.words, person, first, scratch.words)


def no_common_language(tables, a, b):
    width, common = tables.speaks_width, 0
    for at in range(width):
        common |= tables.speaks[a * width + at] & tables.speaks[b * width + at]
    return common == 0


def refuses_any(tables, mine, theirs):
    """Whether `mine` refuses anything that `theirs` has: an age, a gender, an experience."""
    width, refused = tables.has_width, 0
    for at in range(width):
        refused |= tables.refuses[mine * width + at] & tables.has[theirs * width + at]
    return refused != 0


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
    share_all(tables, person, first, scratch)
    for other in range(first, len(fits)):
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
