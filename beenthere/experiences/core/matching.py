"""Where the sayings of one language stand in a sentence."""

from collections.abc import Mapping
from typing import NamedTuple

from .lexicon import END, SAID, UNSAID, Known, Lexicon
from .tokens import MARKS, PAUSE
from .words import AFTER_A_LIST, HELPING

WIDEST_GAP = 2  # other words between two words of a saying, articles and the like aside
FURTHEST = 5  # how far on the next word is looked for, articles and the like included
MOST_STEPS = 300  # a bound on the walk from one word, so that no text makes it slow

ClassEnds = dict[int, list[tuple[str, int]]]  # by word: (class, number of the last word) of an item
PAUSE_KNOWN = Known((), (), frozenset(), 0, False, True, False, {}, False, (), frozenset(), (), ())


class Match(NamedTuple):
    """A saying found. `at` numbers its words in the sentence; `third` when it is told of another."""

    experience: str
    at: tuple[int, ...]
    language: str
    third: bool = False
    misspelt: bool = False
    kind: str = SAID
    groups: tuple[tuple[int, int], ...] = ()  # of several cues together: where each stands

    @property
    def start(self) -> int:
        return self.at[0]

    @property
    def end(self) -> int:
        """The number of the last word."""
        return self.at[-1]


def know(words: list[str], lexicon: Lexicon) -> list[Known]:
    """What `lexicon` knows of each word; nothing of a pause."""
    return [PAUSE_KNOWN if word in MARKS else lexicon[word] for word in words]


def class_ends(known: list[Known]) -> ClassEnds:
    """The items of classes, of several words, that begin at each word."""
    stems = [one.stems for one in known]
    found = {at: phrase_ends(stems, known, at, one.phrases) for at, one in enumerate(known) if one.phrases}
    return {at: ends for at, ends in found.items() if ends}


def find_sayings(words: list[str], known: list[Known], ends: ClassEnds, lexicon: Lexicon) -> list[Match]:
    """Every saying of one language that stands in a sentence, in no order; `chosen` says which count."""
    found: list[Match] = []
    starts = [at for at, one in enumerate(known) if one.starts]
    if starts:
        _Walk(words, known, ends, lexicon.language, found).begin_all(starts, lexicon.root)
    return found


class _Walk:
    """The walk of one lexicon's trie along a sentence. A step is (node, words consumed, third, misspelt)."""

    def __init__(
        self, words: list[str], known: list[Known], ends: ClassEnds, language: str, found: list[Match]
    ) -> None:
        self.words, self.known, self.language, self.found = words, known, language, found
        self.arcs = [one.arcs for one in known]  # by word: (edge, last word, whether told of another)
        self.edges = set().union(*[one.edges for one in known])
        for at, items in ends.items():
            self.arcs[at] = (*self.arcs[at], *((name, end, False) for name, end in items))
            self.edges.update(name for name, _ in items)

    def begin_all(self, starts: list[int], root: dict) -> None:
        """Adds every saying that begins at one of `starts`: depth first, the nearest next word first."""
        found, edges, language = self.found, self.edges, self.language
        for start in starts:
            waiting = self._first(root, start)
            steps = 0
            while waiting and steps < MOST_STEPS:
                steps += 1
                node, at, third, misspelt = waiting.pop()
                endings = node.get(END)
                if endings:
                    for experience, kind in endings:
                        found.append(Match(experience, at, language, third, misspelt, kind))
                if not node.keys().isdisjoint(edges):
                    self._after(node, at, third, misspelt, waiting)

    def _first(self, root: dict, at: int) -> list:
        misspelt = self.known[at].misspelt
        return [
            (root[edge], (at,) if end is None else tuple(range(at, end + 1)), third, misspelt)
            for edge, end, third in self.arcs[at]
            if edge in root
        ]

    def _after(self, node: dict, so_far: tuple, third: bool, misspelt: bool, waiting: list) -> None:
        """Adds the next steps to `waiting`, the nearest last."""
        step_to, arcs = node.get, self.arcs
        onward: list = []
        gap, joined = 0, False
        first = so_far[-1] + 1
        for at in range(first, min(first + FURTHEST, len(arcs))):
            one = self.known[at]
            for edge, end, other in arcs[at]:
                child = step_to(edge)
                if child is None or (
                    joined and not (END in child and self._list_ends(at if end is None else end))
                ):
                    continue
                consumed = (*so_far, at) if end is None else (*so_far, *range(at, end + 1))
                onward.append((child, consumed, third or other, misspelt or one.misspelt))
            joined = joined or one.joins
            gap += 2 if one.owns and gap else one.gap
            if gap > WIDEST_GAP:
                break
        onward.reverse()
        waiting += onward

    def _list_ends(self, at: int) -> bool:
        """Whether a list may end with word `at`: "lost my job and my home", not "... and my home burned"."""
        after = self.words[at + 1] if at + 1 < len(self.words) else PAUSE
        return after == PAUSE or after in AFTER_A_LIST[self.language]


def phrase_ends(said: list[tuple[str, ...]], known: list[Known], at: int, phrases: Mapping) -> list[tuple]:
    """(class or slot, number of its last word) for each item of several words that begins at `at`.

    `said` is what each word may count as. The words of an item stand side by side; one article or the
    like may come between. `phrases` lists the items by their second word.
    """
    ends: list[tuple] = []
    tried: list[str] = []
    for one in said[at + 1 : at + 3]:
        for second in one:
            if second in phrases and second not in tried:
                tried.append(second)
                for rest, names in phrases[second]:
                    last = _last_of(said, known, at, rest)
                    if last:
                        ends.extend((name, last) for name in names)
    return ends


def _last_of(said: list[tuple[str, ...]], known: list[Known], at: int, rest: tuple[str, ...]) -> int:
    """Where an item that begins at `at` and goes on with `rest` ends; 0 where it does not."""
    place = at
    for edge in rest:
        place += 1
        if place < len(known) and edge not in said[place] and known[place].gap == 0:
            place += 1
        if place >= len(known) or edge not in said[place]:
            return 0
    return place


def _rank(match: Match) -> tuple:
    kind = match.kind != SAID
    return (
        -len(match.at),
        match.end - match.start,
        kind,
        match.third,
        match.misspelt,
        match.at,
        match.experience,
    )


def _close_together(match: Match, words: list[str]) -> bool:
    """Whether nothing but helping words stands inside a false friend: "phone has died"."""
    inside = set(range(match.start, match.end)).difference(match.at)
    return all(words[at] in HELPING for at in inside)


def chosen(found: list[Match], words: list[str], above: Mapping[str, frozenset[str]]) -> list[Match]:
    """Those that stand; a narrower experience goes before the broader one it shares a word with."""
    unsaid: dict[str, set[int]] = {}
    here: dict[int, set[str]] = {}  # by word, the experiences broader than one that is said there
    for match in found:
        if match.kind == UNSAID and _close_together(match, words):
            unsaid.setdefault(match.experience, set()).update(match.at)
    said = [
        one for one in found if one.kind != UNSAID and unsaid.get(one.experience, _NONE).isdisjoint(one.at)
    ]
    for match in said:
        for at in match.at:
            here.setdefault(at, set()).update(above[match.experience])
    taken: dict[int, str] = {}
    standing: list[Match] = []
    for match in sorted(said, key=_rank):
        if any(match.experience in here[at] for at in match.at):
            continue
        holders = {taken[at] for at in match.at if at in taken}
        if not holders:
            standing.append(match)
        if holders <= {
            match.experience
        }:  # a saying beside the chosen one, of the same experience, is part of it
            taken.update(dict.fromkeys(match.at, match.experience))
    return sorted(standing, key=lambda one: one.at)


_NONE: frozenset[int] = frozenset()
