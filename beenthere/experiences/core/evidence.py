"""What several words of a sentence say together, whatever their order: evidence beside the sayings.

A cue is one word or a few side by side; a slot is the cues that do the same work (`"boss|manager"`, or a
class); a combination is the slots that must all be there, and those that must not.
"""

from typing import NamedTuple

from .lexicon import SAID, TOGETHER, Known, Lexicon
from .matching import ClassEnds, Match
from .slots import END, Combination

FARTHEST = 10  # words between one cue and the next
Place = tuple[int, int]  # first and last word of a cue


class Heard(NamedTuple):
    """The cues of one sentence in one language: which slots they fill, and those of several words by slot."""

    language: str
    known: list[Known]
    filled: set[int]
    longer: dict[int, list[Place]]

    def places(self, slot: int) -> list[Place]:
        """Where the cues of `slot` stand."""
        alone = [(at, at) for at, one in enumerate(self.known) if slot in one.slots]
        return alone + self.longer.get(slot, [])


def hear(known: list[Known], ends: ClassEnds, lexicon: Lexicon) -> Heard:
    """The slots that the words of a sentence fill; `ends` are its items of several words, of classes."""
    filled: set[int] = set().union(*[one.slots for one in known])
    longer: dict[int, list[Place]] = {}
    for at, one in enumerate(known[:-1]):
        for node in one.cues:
            _follow(node, known, at, longer)
    for at, found in ends.items():
        for name, last in found:
            for slot in lexicon.slots.in_class((name,)):
                longer.setdefault(slot, []).append((at, last))
    filled.update(longer)
    return Heard(lexicon.language, known, filled, longer)


def _follow(node: dict, known: list[Known], at: int, longer: dict[int, list[Place]]) -> None:
    """Adds the cues that begin at `at` and go on from `node`. Their words stand side by side; one article
    or the like may come between."""
    waiting = [(node, at)]
    while waiting:
        node, place = waiting.pop()
        for following in (place + 1, place + 2):
            if following >= len(known):
                break
            for form in known[following].forms:
                child = node.get(form) if form else None  # a pause is no form; END is kept there
                if child is not None:
                    for slot in child.get(END, ()):
                        longer.setdefault(slot, []).append((at, following))
                    waiting.append((child, following))
            if known[following].gap:
                break


def find_together(heard: Heard, lexicon: Lexicon) -> list[Match]:
    """The combinations that the words of a sentence make, in no order."""
    found = [asked for one in heard.known for asked in one.asked if asked.every <= heard.filled]
    for slot in heard.longer:
        found += [asked for asked in lexicon.combinations.get(slot, ()) if asked.every <= heard.filled]
    matches = []
    for one in dict.fromkeys(found):
        at = _filled(one, heard)
        if at:
            matches.append(_match(one, at, heard.language))
    return matches


def _match(one: Combination, groups: list[Place], language: str) -> Match:
    at = sorted({word for first, last in groups for word in range(first, last + 1)})
    return Match(one.experience, tuple(at), language, kind=TOGETHER, groups=tuple(sorted(groups)))


def _filled(one: Combination, here: Heard) -> list[Place] | None:
    """The cues of a combination whose slots are all filled, each with words of its own and near the others;
    None where they are not."""
    if not here.filled.isdisjoint(one.absent):
        return None
    taken: list[Place] = []
    for slot in one.slots:
        place = _nearest(here.places(slot), taken)
        if place is None:
            return None
        taken.append(place)
    return taken or None


def _nearest(places: list[Place], taken: list[Place]) -> Place | None:
    if not taken:
        return places[0] if len(places) == 1 else min(places, key=lambda one: (one[0] - one[1], one[0]))
    best, best_away = None, FARTHEST + 1
    for first, last in places:
        away = FARTHEST + 1
        for begin, end in taken:
            if first <= end and last >= begin:
                away = FARTHEST + 1
                break
            away = min(away, first - end if first > end else begin - last)
        if away < best_away:
            best, best_away = (first, last), away
    return best


def weigh(together: list[Match], said: list[Match]) -> list[Match]:
    """The combinations that tell more than the sayings do: none inside a saying of something else, none
    that shares half its words with a fuller one, one for each experience."""
    kept: list[Match] = []
    said = [one for one in said if one.kind == SAID]
    told = {one.experience for one in said}
    for match in sorted(together, key=lambda one: (-len(one.groups), -len(one.at), one.at, one.experience)):
        words = set(match.at)
        if match.experience in told or any(words <= set(one.at) for one in said):
            continue
        if any(2 * len(words.intersection(one.at)) > len(words) for one in kept):
            continue
        told.add(match.experience)
        kept.append(match)
    return kept
