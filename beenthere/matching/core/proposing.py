"""From everybody's sheets to what two cards say: whom one person could meet, how well each fits, and what
each of the two reads. Nothing here names anybody: no ref, name, age, hour or fit reaches what is said."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.between import Ground, ground_between, held_by_both
from beenthere.matching.core.held import Held
from beenthere.matching.core.masks import primary_languages
from beenthere.matching.core.naming import Named
from beenthere.matching.core.people import HOPES
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.reasons import nearest_thing, words_of_both
from beenthere.matching.core.said import HOPE_SAID, STAND_SAID
from beenthere.matching.core.tables import Vectors
from beenthere.matching.core.weights import FULL_EASE, ONE, SHARED, UNIT, WORDS
from beenthere.matching.core.weights import HOPES as HOPES_WEIGHT
from beenthere.signposts.core.outside import heard

MOST_NAMED = 2  # experiences in one plain sentence
MOST_ADDED = 2
TELLING = 2  # words of their own that two share where no experience is near
SOON_TELLING = 1  # the same for two who both wish for someone soon


@dataclass(frozen=True)
class Around:
    """Everybody as one person sees them, by their number: `fits` 0..65536, `shares` whether something real
    is shared, and each boundary that stands between (symmetric, and never a part of the fit)."""

    fits: np.ndarray
    shares: np.ndarray
    speaks: np.ndarray
    mine_left_out: np.ndarray
    theirs_left_out: np.ndarray
    apart: np.ndarray

    @property
    def open(self) -> np.ndarray:
        """Who may be introduced."""
        bounded = self.mine_left_out | self.theirs_left_out | self.apart
        return self.speaks & self.shares & ~bounded


def around(prepared: Prepared, number: int, soon: Collection[int] = ()) -> Around:
    """Everybody around one person: the same numbers as `between.fit_between` finds for two. `soon` are those
    who wish for someone soon: between two of them less is enough, but never nothing."""
    tables, people = prepared.tables, len(prepared.people)
    experiences, _ = _dots(tables.experiences, number, people)
    words, _ = _dots(tables.words, number, people)
    speaks = tables.speaks.reshape(people, -1)
    has, refuses = tables.has.reshape(people, -1), tables.refuses.reshape(people, -1)
    apart = np.zeros(people, bool)
    apart[tables.never[tables.never_at[number] : tables.never_at[number + 1]]] = True
    apart[number] = True
    own_words = _own_words(prepared, number, people)
    enough = np.full(people, TELLING, np.int64)
    if number in soon:
        enough[list(soon)] = SOON_TELLING
    return Around(
        fits=_fits(experiences, words, tables.hopes, number),
        shares=(experiences > 0) | (own_words >= enough),
        speaks=(speaks & speaks[number]).any(axis=1),
        mine_left_out=(has & refuses[number]).any(axis=1),
        theirs_left_out=(refuses & has[number]).any(axis=1),
        apart=apart,
    )


def _dots(vectors: Vectors, number: int, people: int, wanted=None) -> tuple[np.ndarray, np.ndarray]:
    """The products of one person's vector with everybody's, and how many terms each shares."""
    dots, shared = np.zeros(people, np.int64), np.zeros(people, np.int64)
    for at in range(int(vectors.at[number]), int(vectors.at[number + 1])):
        term = int(vectors.term[at])
        if wanted is not None and not wanted(term):
            continue
        here = slice(int(vectors.of[term]), int(vectors.of[term + 1]))
        dots[vectors.who[here]] += vectors.weight[here].astype(np.int64) * int(vectors.part[at])
        shared[vectors.who[here]] += 1
    return dots, shared


def _own_words(prepared: Prepared, number: int, people: int) -> np.ndarray:
    return _dots(prepared.tables.words, number, people, lambda term: not prepared.terms[term].everyday)[1]


def _fits(experiences: np.ndarray, words: np.ndarray, hopes: np.ndarray, number: int) -> np.ndarray:
    """`fit` for a whole row at once."""
    full = UNIT * UNIT
    cosine = np.minimum(experiences, full) * ONE // full
    lived = cosine * (2 * ONE - cosine) // ONE
    said = np.minimum(words, full) * WORDS // full
    shared = (ONE - (ONE - lived) * (ONE - said) // ONE) * SHARED // ONE
    bits = np.array([one.bit_count() for one in range(1 << len(HOPES))], np.int64)
    least = np.maximum(1, np.minimum(bits[hopes], bits[hopes[number]]))
    ease = HOPES_WEIGHT * bits[hopes & hopes[number]] // least
    return shared + ease * np.minimum(shared, FULL_EASE) // FULL_EASE


@dataclass(frozen=True)
class Proposal:
    """Two people (numbers, the smaller first) and all that may be said of them; `unsaid`: what they are
    called, which never is."""

    prepared: Prepared
    ground: Ground
    both: tuple[tuple[Held, Held], ...]
    near: tuple[Held, Held, str | None] | None
    words: tuple[str, ...]
    unsaid: tuple[Named, ...] = ()

    def names(self, text: str) -> bool:
        """Whether either name stands in it."""
        return any(one.is_in(text) for one in self.unsaid)

    def of(self, number: int, two: tuple) -> tuple:
        """`two` (of the smaller number, of the greater) as this person's own and the other's."""
        return two if number == self.ground.a else two[::-1]

    def other(self, number: int) -> int:
        return self.ground.b if number == self.ground.a else self.ground.a


def proposal(prepared: Prepared, a: int, b: int, unsaid: tuple[Named, ...] = ()) -> Proposal:
    """The same for (a, b) and (b, a)."""
    ground = ground_between(prepared, min(a, b), max(a, b))
    held = [two for two in held_by_both(prepared, ground) if not any(_names(one, unsaid) for one in two)]
    both = _said_so(_narrowest(prepared, held))
    near = None if both else nearest_thing(prepared, ground)
    if near and any(_names(one, unsaid) for one in near[:2]):
        near = None
    said = () if both or near else words_of_both(prepared, ground)
    words = tuple(one for one in said if not any(name.is_in(one.title()) for name in unsaid))
    return Proposal(prepared, ground, both, near, words, unsaid)


def _names(held: Held, unsaid: tuple[Named, ...]) -> bool:
    """Whether somebody's own name for it holds what either is called."""
    return held.key.startswith("written:") and any(one.is_in(str(held.name)) for one in unsaid)


def _narrowest(prepared: Prepared, both: list[tuple[Held, Held]]) -> tuple[tuple[Held, Held], ...]:
    """Without what a narrower one says already."""
    broader = {above for mine, _ in both for above in prepared.vocabulary.broader_of(mine.key)}
    return tuple(two for two in both if two[0].key not in broader)


def _said_so(both: tuple[tuple[Held, Held], ...]) -> tuple[tuple[Held, Held], ...]:
    """What both named themselves, where there is any: what was only understood may be our mistake."""
    return tuple(two for two in both if two[0].named and two[1].named) or both


def side(two: Proposal, viewer: int) -> dict:
    """What `viewer` reads, as plain JSON: `headline`, `shared` (names for the overlap), `now`, what each
    adds (`mine`, `theirs`: sentences), `hopes` of the other, and `languages` both speak."""
    mine, theirs = (two.prepared.people[one] for one in (viewer, two.other(viewer)))
    both_speak = primary_languages(mine) & primary_languages(theirs)
    hopes = [HOPE_SAID[hope] for hope in HOPES if hope in theirs.hopes]
    return {
        "headline": plain(_headline(two, viewer)),
        "shared": [plain(name) for name in _shared(two, viewer)],
        "now": [plain(one) for one in _now(two, viewer)],
        "adds": [plain(one) for one in _adds(two, viewer)],
        "hopes": [plain(one) for one in hopes],
        "languages": sorted(both_speak),
    }


def _headline(two: Proposal, viewer: int) -> Sentence:
    if two.both:
        names = [two.of(viewer, one)[0].name for one in two.both[:MOST_NAMED]]
        if len(names) == 1:
            return sentence("You have both been there: {one}.", one=names[0])
        return sentence("You have both been there: {one}, and {other}.", one=names[0], other=names[1])
    if two.near:
        mine, theirs = two.of(viewer, two.near[:2])
        return sentence(
            "You have been close to the same place: {mine} for you, {theirs} for them.",
            mine=mine.name,
            theirs=theirs.name,
        )
    if two.words:
        return sentence("You both wrote of {words}.", words=[f"“{word}”" for word in two.words])
    return sentence("You have something in common.")


def _shared(two: Proposal, viewer: int) -> Iterator[Sentence | str]:
    vocabulary = two.prepared.vocabulary
    if two.near:
        broader = two.near[2]
        if broader:
            yield _title(vocabulary, broader, "")
        else:
            yield from (_title(vocabulary, one.key, one.name) for one in two.of(viewer, two.near[:2]))
        return
    for one in two.both[:MOST_NAMED]:
        mine = two.of(viewer, one)[0]
        yield _title(vocabulary, mine.key, mine.name)
    yield from two.words


def _title(vocabulary, key: str, written: Sentence | str) -> Sentence | str:
    return str(written) if key.startswith("written:") else Sentence(vocabulary.name(key))


def _now(two: Proposal, viewer: int) -> Iterator[Sentence]:
    """How it is now, of what both hold and both said so; of one thing, the weightiest."""
    told = [two.of(viewer, one) for one in two.both if one[0].stand and one[1].stand]
    if not told:
        return
    mine, theirs = told[0]
    facts = {} if len(two.both) == 1 else {"experience": mine.name}
    if mine.stand == theirs.stand and facts:
        yield sentence("Of {experience} you both say: {stand}.", stand=STAND_SAID[mine.stand], **facts)
    elif mine.stand == theirs.stand:
        yield sentence("You both say of it: {stand}.", stand=STAND_SAID[mine.stand])
    elif facts:
        yield sentence(
            "Of {experience} they say: {theirs}. You say: {mine}.",
            theirs=STAND_SAID[theirs.stand],
            mine=STAND_SAID[mine.stand],
            **facts,
        )
    else:
        yield sentence(
            "They say of it: {theirs}. You say: {mine}.",
            theirs=STAND_SAID[theirs.stand],
            mine=STAND_SAID[mine.stand],
        )


def _adds(two: Proposal, viewer: int) -> Iterator[Sentence]:
    """What one named and the other does not know: at most two each. What was only understood from words may
    be our mistake, and stays unsaid."""
    other = two.other(viewer)
    theirs, mine = _added(two, other, viewer), _added(two, viewer, other)
    if theirs:
        yield sentence("They also know: {experiences}.", experiences=theirs)
    if mine:
        yield sentence("You also know: {experiences}.", experiences=mine)


def _added(two: Proposal, whose: int, beside: int) -> list[Sentence | str]:
    vocabulary = two.prepared.vocabulary
    held, others = two.prepared.held[whose], two.prepared.held[beside]
    told = set(others) | {one.key for one in (two.near or ())[:2]}
    told |= {above for key in told for above in vocabulary.broader_of(key)}
    own = [one for key, one in held.items() if key not in told and one.named]
    above = {broader for one in own for broader in vocabulary.broader_of(one.key)}
    own = [one for one in own if one.key not in above and not _leads_outside(one)]
    own = [one for one in own if not _names(one, two.unsaid)]
    return [one.name for one in sorted(own, key=lambda one: one.key)[:MOST_ADDED]]


def _leads_outside(held: Held) -> bool:
    """Whether somebody's own name for it does: nobody reads that before both said yes."""
    return held.key.startswith("written:") and bool(heard(str(held.name)))


def plain(said: Sentence | str) -> dict | str:
    """A sentence as JSON; own words stay text."""
    if not isinstance(said, Sentence):
        return str(said)
    return {"text": said.text, "facts": {name: _plain_fact(fact) for name, fact in said.facts.items()}}


def _plain_fact(fact: object) -> object:
    if isinstance(fact, list | tuple):
        return [_plain_fact(one) for one in fact]
    return plain(fact) if isinstance(fact, Sentence) else fact


def unplain(said: dict | str) -> Sentence | str:
    """What `plain` made JSON of."""
    if not isinstance(said, dict):
        return said
    return Sentence(said["text"], {name: _fact_of(fact) for name, fact in said["facts"].items()})


def _fact_of(fact: object) -> object:
    if isinstance(fact, list):
        return [_fact_of(one) for one in fact]
    return unplain(fact) if isinstance(fact, dict) else fact
