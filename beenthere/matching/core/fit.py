"""The terms of a fit, each a function of whole numbers, so that every machine finds the same fit.

What two people share comes first: experiences, and the words themselves. What makes meeting easier
(hopes, hours, place) adds at most a tenth, and nothing at all where nothing is shared. All of it is
symmetric: no term knows who of the two is asking. These functions also run compiled.
"""

from beenthere.matching.core.weights import (
    ENOUGH_MINUTES,
    FULL_EASE,
    HOPES,
    HOURS,
    ONE,
    PLACE,
    SHARED,
    UNIT,
    WORDS,
)


def experience_part(dot):
    """0..ONE from the product of two experience vectors: concave, so that one shared experience among
    many still tells."""
    cosine = min(dot, UNIT * UNIT) * ONE // (UNIT * UNIT)
    return cosine * (2 * ONE - cosine) // ONE


def words_part(dot):
    """0..WORDS from the product of two vectors of word stems."""
    return min(dot, UNIT * UNIT) * WORDS // (UNIT * UNIT)


def shared_part(experience_dot, words_dot):
    """0..SHARED: either is enough, both are more (a noisy or)."""
    apart = (ONE - experience_part(experience_dot)) * (ONE - words_part(words_dot)) // ONE
    return (ONE - apart) * SHARED // ONE


def hopes_part(mine, theirs):
    """0..HOPES from two sets of hopes as bits: full when one's hopes are all hoped by the other."""
    both = mine & theirs
    if both == 0:
        return 0
    shared, my_count, their_count = 0, 0, 0
    for bit in range(4):
        shared += (both >> bit) & 1
        my_count += (mine >> bit) & 1
        their_count += (theirs >> bit) & 1
    return HOPES * shared // min(my_count, their_count)


def hours_part(minutes):
    """0..HOURS from the minutes of the week in which both are free."""
    return HOURS * min(minutes, ENOUGH_MINUTES) // ENOUGH_MINUTES


def place_part(mine, theirs):
    """PLACE when both said the same place (numbers of places; 0 is unsaid)."""
    return PLACE if mine == theirs and mine != 0 else 0


def eased(shared, ease):
    """The fit: what is shared, and of what makes meeting easier the more, the more is shared."""
    return shared + ease * min(shared, FULL_EASE) // FULL_EASE


def most_eased(shared):
    """The highest fit that a pair with this shared part can reach."""
    return eased(shared, HOPES + HOURS + PLACE)


def fit_text(fit):
    """The shortest decimal that is exactly `fit`/65536."""
    whole, rest = divmod(fit, ONE)
    digits = f"{rest * 10**16 // ONE:016d}".rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
