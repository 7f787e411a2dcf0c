"""The combinations of cues of one language: which words fill which of their slots."""

from collections.abc import Iterable
from typing import NamedTuple

from .tokens import cue_form, folded_words
from .vocabulary import Vocabulary
from .words import ARTICLES

FEWEST_WORDS = 2  # articles are left out of a cue that keeps at least so many words
END = ""
ANY_OF = "|"
ABSENT = "!"  # before a slot that must not be filled
AS_WRITTEN = "="  # before a cue of one word that no other form of it stands for


class Combination(NamedTuple):
    """Slots that say something together."""

    experience: str
    slots: tuple[int, ...]
    absent: tuple[int, ...]
    every: frozenset[int]  # the slots, to ask at once whether all are filled


class Slots:
    """Every slot by its first word; `combinations` lists, under the rarest slot of each, what asks for it.

    A slot is numbered by its text, so that two combinations that ask for the same share it.
    """

    def __init__(self, vocabulary: Vocabulary, language: str) -> None:
        self.language = language
        self.of_class: dict[str, list[int]] = {}
        self.forms: set[str] = set()
        self.combinations: dict[int, list[Combination]] = {}
        self._numbers: dict[str, int] = {}
        self._alone: dict[str, list[int]] = {}
        self._exact: dict[str, list[int]] = {}
        self._longer: dict = {}  # a trie of forms; under END the slots of the cue that ends there
        every: list[Combination] = []
        for experience in vocabulary.experiences.values():
            for said in experience.together.get(language, ()):
                slots = tuple(self._number(slot) for slot in said if not slot.startswith(ABSENT))
                absent = tuple(self._number(slot[1:]) for slot in said if slot.startswith(ABSENT))
                if slots:
                    every.append(Combination(experience.id, slots, absent, frozenset(slots)))
        self._under_the_rarest(every)

    def alone(self, word: str, form: str, classes: Iterable[str]) -> frozenset[int]:
        """The slots that `word`, which counts as `form` and belongs to `classes`, fills by itself."""
        return frozenset((*self._alone.get(form, ()), *self._exact.get(word, ()), *self.in_class(classes)))

    def begun(self, forms: tuple[str, ...]) -> tuple[dict, ...]:
        """Where the cues of several words go on that begin with a word of these `forms`."""
        return tuple(self._longer[form] for form in forms if form in self._longer)

    def in_class(self, names: Iterable[str]) -> tuple[int, ...]:
        """The slots that an item of the classes `names` fills."""
        return tuple(slot for name in names for slot in self.of_class.get(name[1:-1], ()))

    def _number(self, slot: str) -> int:
        number = self._numbers.get(slot)
        if number is None:
            number = self._numbers[slot] = len(self._numbers)
            for cue in slot.split(ANY_OF):
                self._add(cue.strip(), number)
        return number

    def _add(self, cue: str, number: int) -> None:
        if cue.startswith("{"):
            self.of_class.setdefault(cue[1:-1], []).append(number)
            return
        if cue.startswith(AS_WRITTEN):
            (word,) = folded_words(cue[1:])
            self._exact.setdefault(word, []).append(number)
            self.forms.add(cue_form(word, self.language))
            return
        words = [word for word in folded_words(cue) if word not in ("'s", "s")]
        kept = [word for word in words if word not in ARTICLES[self.language]]
        words = kept if len(kept) >= FEWEST_WORDS else words or [""]
        first, *rest = (cue_form(word, self.language) for word in words)
        self.forms.update((first, *rest))
        if not rest:
            self._alone.setdefault(first, []).append(number)
            return
        node = self._longer
        for form in (first, *rest):
            node = node.setdefault(form, {})
        node.setdefault(END, []).append(number)

    def _under_the_rarest(self, every: list[Combination]) -> None:
        """A combination is looked for where that slot of it is filled whose words fill the fewest slots."""
        busy: dict[int, int] = {}
        for groups in (self._alone, self.of_class):
            for slots in groups.values():
                for slot in slots:
                    busy[slot] = max(busy.get(slot, 0), len(slots))
        for one in every:
            rarest = min(one.slots, key=lambda slot: (busy.get(slot, 0), -slot))
            self.combinations.setdefault(rarest, []).append(one)


def class_items(vocabulary: Vocabulary, name: str, language: str, within: tuple[str, ...] = ()) -> list[str]:
    """The words of class `name`, classes named inside it spelt out; a class inside itself adds nothing."""
    items: list[str] = []
    for item in vocabulary.classes.get(name, {}).get(language, ()):
        if item.startswith("{") and item.endswith("}"):
            if item[1:-1] not in (*within, name):
                items += class_items(vocabulary, item[1:-1], language, (*within, name))
        else:
            items.append(item)
    return items
