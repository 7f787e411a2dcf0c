"""Every number that a fit is made of, in one table. Fractions of ONE unless another unit is named."""

ONE = 1 << 16  # a fit of 1.0
UNIT = 1 << 15  # the length of a quantised vector

# How strongly a person holds an experience, as its part of their vector.
NAMED = ONE  # they named it themselves
UNDERSTOOD = ONE * 85 // 100  # understood from their words: nearly as sure
BROADER = (ONE * 70 // 100, ONE * 50 // 100)  # one level up, any level further up
RELATED = ONE * 30 // 100  # an experience that touches theirs
STAND = ONE * 30 // 100  # how it is now, beside what it is

LEAST_RARITY = ONE // 2  # of an experience that everyone holds; one that nobody else holds is ONE
ALONE = ONE // 2  # added to every length, so that one common experience alone is no perfect fit

EVERYDAY = ONE * 15 // 100  # what a word of every day counts, against a word of its own
FEW_WORDS = ONE  # added to every length: who wrote two words has not said much
ELSEWHERE = 50  # people outside the sheet who did not say it: keeps small sheets honest
MOST_WORDS = 64  # the weightiest stems of a person that are compared
WORDS = ONE * 70 // 100  # the same words and nothing else reach this part of the whole

SHARED = ONE * 90 // 100  # experience and words together
# At most a tenth together: what makes meeting easier.
HOPES = ONE * 4 // 100
HOURS = ONE * 4 // 100
PLACE = ONE * 2 // 100
ENOUGH_MINUTES = 120  # in common in the week: more adds no more
FULL_EASE = ONE * 25 // 100  # how much must be shared before what makes meeting easier counts in full
