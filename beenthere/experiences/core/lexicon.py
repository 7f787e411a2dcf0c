"""The sayings of one language as a trie over stems and word classes."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import NamedTuple

from .slots import Combination, Slots, class_items
from .spelling import Speller
from .tokens import cue_form, folded_words, stem
from .vocabulary import Experience, Vocabulary
from .words import ALSO, ARTICLES, BREAKS, COORDINATORS, FREE, NEGATORS, OWN, THIRD_TO_FIRST

END = ""  # the key under which a node lists the sayings that end there
NEVER_IN_GAP = 9
SAID, SOFT, UNSAID, TOGETHER = "said", "soft", "unsaid", "together"
FEWEST_WORDS = 2  # articles are left out of a saying that keeps at least so many words


class Ending(NamedTuple):
    """A saying that ends here; `kind` is SAID, SOFT (counts only with support) or UNSAID (a false friend)."""

    experience: str
    kind: str


class Known(NamedTuple):
    """What the trie has to know of one word: the edges it can follow."""

    stems: tuple[str, ...]  # what it may be inside an item of a class
    arcs: tuple[tuple[str, None, bool], ...]  # edge, no end of its own, whether somebody else is spoken of
    edges: frozenset[str]  # those of `arcs`
    gap: int  # what it costs between two words of a saying
    owns: bool  # "my"
    joins: bool  # "and", "or": may stand in a gap only before a last word
    starts: bool
    phrases: Mapping[
        str, list[tuple[tuple[str, ...], tuple[str, ...]]]
    ]  # by the next: further stems, classes
    misspelt: bool
    forms: tuple[str, ...]  # what it may be inside a cue
    slots: frozenset[int]  # of combinations, that the word alone fills
    cues: tuple[dict, ...]  # where the cues of several words go on that begin with it
    asked: tuple[Combination, ...]  # that are looked for where the word alone fills a slot


class Lexicon(dict):
    """Word -> `Known`, filled as words are met and bounded; with the trie at `root`."""

    limit = 20_000
    most_sentences, longest = 5_000, 12  # remembered whole: short ones are said again and again

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self.language = language
        self._sentences: dict[tuple[str, ...], tuple] = {}
        self.root: dict = {}
        self._edges: set[str] = set()
        self._spoken: set[str] = set()
        self._phrases: dict[str, dict[tuple[str, ...], list[str]]] = {}
        self._classes: dict[str, list[str]] = {}
        for experience in vocabulary.experiences.values():
            for said, kind in _kinds(experience):
                for saying in said.get(language, ()):
                    self._add(self.pattern(saying, whole=kind == UNSAID), Ending(experience.id, kind))
        self.slots = Slots(vocabulary, language)
        self.combinations = self.slots.combinations
        for name in sorted(vocabulary.classes):
            if f"{{{name}}}" in self._edges or name in self.slots.of_class:
                for item in class_items(vocabulary, name, language):
                    self._add_item(name, item)

    def pattern(self, saying: str, *, whole: bool = False) -> tuple[str, ...]:
        """The edges of a saying: stems, and `{class}` for a class; articles only when `whole`."""
        edges: list[str] = []
        for part in saying.replace("{", "\0{").replace("}", "}\0").split("\0"):
            if part.startswith("{"):
                edges.append(part)
            else:
                edges.extend(self._stemmed(part))
        kept = [edge for edge in edges if edge not in ARTICLES[self.language]]
        return tuple(kept if len(kept) >= FEWEST_WORDS and not whole else edges)

    def _stemmed(self, text: str) -> list[str]:
        words = [word for word in folded_words(text) if word not in ("'s", "s")]
        self._spoken.update(words)
        return [stem(word, self.language) for word in words]

    def _add(self, pattern: tuple[str, ...], ending: Ending) -> None:
        node = self.root
        for edge in pattern:
            node = node.setdefault(edge, {})
        if pattern:
            self._edges.update(pattern)
            endings = node.setdefault(END, [])
            if ending not in endings:
                endings.append(ending)

    def _add_item(self, name: str, item: str) -> None:
        stems = self._stemmed(item)
        kept = [one for one in stems if one not in ARTICLES[self.language]]
        first, *rest = kept if len(kept) >= FEWEST_WORDS else stems or [""]
        if rest:
            names = self._phrases.setdefault(first, {}).setdefault(tuple(rest), [])
        else:
            names = self._classes.setdefault(first, [])
        if f"{{{name}}}" not in names:
            names.append(f"{{{name}}}")

    @cached_property
    def _speller(self) -> Speller:
        return Speller(self._spoken)

    def knows(self, word: str) -> bool:
        """Whether `word` (folded) is, by its stem, a word of the vocabulary."""
        one = stem(word, self.language)
        return (
            one in self._edges
            or one in self._classes
            or one in self._phrases
            or cue_form(word, self.language) in self.slots.forms
        )

    def remembered(self, words: list[str], look: Callable[[list[str], "Lexicon"], tuple]) -> tuple:
        """`look(words, self)`, which asks nothing but the words; short sentences are looked at once."""
        if len(words) > self.longest:
            return look(words, self)
        key = tuple(words)
        if key not in self._sentences:
            if len(self._sentences) >= self.most_sentences:
                self._sentences.clear()
            self._sentences[key] = look(words, self)
        return self._sentences[key]

    def clear(self) -> None:
        """Forgets every word and sentence that was met."""
        super().clear()
        self._sentences.clear()

    def __missing__(self, word: str) -> Known:
        if len(self) > self.limit:
            self.clear()
        self[word] = known = self._look_up(word)
        return known

    def _gap(self, word: str) -> int:
        if word in BREAKS[self.language]:
            return NEVER_IN_GAP
        return 2 if word in NEGATORS[self.language] else int(word not in FREE[self.language])

    def _look_up(self, word: str) -> Known:
        meant = None if self.knows(word) else self._speller.meant(word)
        one = stem(meant or word, self.language)
        symbols = [edge for edge in (one, *ALSO[self.language].get(word, ())) if edge in self._edges]
        symbols += self._classes.get(one, ())
        third = [edge for edge in THIRD_TO_FIRST[self.language].get(word, ()) if edge in self._edges]
        phrases = tuple((rest, tuple(names)) for rest, names in self._phrases.get(one, {}).items())
        others = (*ALSO[self.language].get(word, ()), *THIRD_TO_FIRST[self.language].get(word, ()))
        forms = (cue_form(meant or word, self.language), *others)
        slots = self.slots.alone(meant or word, forms[0], self._classes.get(one, ()))
        starting = any(edge in self.root for edge in (*symbols, *third))
        starting = starting or any(name in self.root for _, names in phrases for name in names)
        return Known(
            stems=(one, *others),
            forms=forms,
            arcs=(*((edge, None, False) for edge in symbols), *((edge, None, True) for edge in third)),
            edges=frozenset((*symbols, *third)),
            gap=self._gap(word),
            owns=word in OWN[self.language],
            joins=word in COORDINATORS[self.language],
            starts=starting,
            phrases=_by_next(phrases),
            misspelt=meant is not None,
            slots=slots,
            cues=self.slots.begun(forms),
            asked=tuple(asked for slot in slots for asked in self.combinations.get(slot, ())),
        )


def _by_next(items: tuple) -> dict[str, list]:
    """Items of several words by their second one: most words of a sentence are followed by none of them."""
    found: dict[str, list] = {}
    for rest, names in items:
        found.setdefault(rest[0], []).append((rest, names))
    return found


def _kinds(one: Experience) -> tuple:
    return ((one.sayings, SAID), (one.soft, SOFT), (one.unsaid, UNSAID))
