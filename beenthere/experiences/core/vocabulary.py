"""The vocabulary of experiences: read from TOML, merged with an operator's own, asked by id or name."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

from .tokens import folded_words

LANGUAGES = ("en", "es")
OWN_FOLDER = Path(__file__).parent.parent / "vocabulary"
CLASSES_FILE = "classes.toml"
BESIDE = " + "


@dataclass(frozen=True, slots=True)
class Experience:
    """Something lived through. `sayings` and `unsaid` (false friends) are by language.

    `soft` sayings are too common to count alone: "drink" counts in "stopped drinking", not in "a drink".
    `together` are cues that say it whatever their order: slots, each `cue|cue|{class}`, all of them needed.
    `general` experiences say nothing more where a narrower one is told too: "grief" beside "my mother died".
    An `event` happened at a time: "two years ago" says when, not that it lies behind.
    """

    id: str
    group: str
    names: Mapping[str, str]
    broader: str | None = None
    related: tuple[str, ...] = ()
    when_close: str | None = None
    sayings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsaid: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    soft: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    together: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    general: bool = False
    event: bool = False


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Every experience by id, and the word classes by name and language. Compared by identity."""

    experiences: Mapping[str, Experience]
    classes: Mapping[str, Mapping[str, tuple[str, ...]]]

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for experience in self.experiences.values():
            for name in (experience.id, *experience.names.values()):
                found.setdefault(_folded(name), experience.id)
        return found

    @cached_property
    def _narrower(self) -> dict[str, frozenset[str]]:
        below: dict[str, set[str]] = {one: set() for one in self.experiences}
        for one in self.experiences:
            for above in self.broader_of(one):
                below[above].add(one)
        return {one: frozenset(found) for one, found in below.items()}

    @cached_property
    def said_of_someone_close(self) -> frozenset[str]:
        """The experiences that others turn to when it is someone close who lives through them."""
        return frozenset(one.when_close for one in self.experiences.values() if one.when_close)

    def find(self, text: str) -> str | None:
        """The id whose id or name, in any language, `text` is; case, accents and spacing aside."""
        return self._by_name.get(_folded(text))

    def name(self, experience: str, language: str = "en") -> str:
        """How `experience` is called in `language` (else in English); KeyError for an unknown id."""
        names = self.experiences[experience].names
        return names.get(language) or names["en"]

    def narrower_of(self, experience: str) -> frozenset[str]:
        """All experiences below `experience`, at every depth, without itself."""
        return self._narrower.get(experience, frozenset())

    def broader_of(self, experience: str) -> tuple[str, ...]:
        """The experiences above, nearest first; a cycle (see `lint`) ends where it closes."""
        above: list[str] = []
        one = self.experiences.get(experience)
        while one and one.broader in self.experiences and one.broader not in (experience, *above):
            above.append(one.broader)
            one = self.experiences[one.broader]
        return tuple(above)


@lru_cache(maxsize=8)
def load_vocabulary(folder: Path | None = None) -> Vocabulary:
    """Our vocabulary; with `folder`, also the operator's files there.

    An operator's experience of an id that is ours replaces it; a class of a name that is ours adds its
    words. Raises tomllib.TOMLDecodeError, KeyError or TypeError for a file that is no vocabulary.
    """
    experiences: dict[str, Experience] = {}
    classes: dict[str, dict[str, tuple[str, ...]]] = {}
    together: list[tuple[str, Mapping]] = []
    for place in (OWN_FOLDER, folder):
        for path in sorted(place.glob("*.toml")) if place else ():
            read = tomllib.loads(path.read_text(encoding="utf-8"))
            if path.name == CLASSES_FILE:
                _add_classes(classes, read)
                continue
            for row in read.get("experience", ()):
                experiences[row["id"]] = _experience(row, path.stem)
            together += read.get("together", {}).items()
    for experience, said in together:
        experiences[experience] = _said_together(experiences[experience], said)
    return Vocabulary(experiences, classes)


def _add_classes(classes: dict, read: Mapping) -> None:
    for name, by_language in read.items():
        here = classes.setdefault(name, {})
        for language, words in by_language.items():
            here[language] = (*here.get(language, ()), *words)


def _experience(row: Mapping, group: str) -> Experience:
    return Experience(
        id=row["id"],
        group=group,
        names=dict(row["name"]),
        broader=row.get("broader") or None,
        related=tuple(row.get("related", ())),
        when_close=row.get("when_close") or None,
        sayings={language: tuple(said) for language, said in row.get("sayings", {}).items()},
        unsaid={language: tuple(said) for language, said in row.get("not", {}).items()},
        soft={language: tuple(said) for language, said in row.get("soft", {}).items()},
        general=bool(row.get("general", False)),
        event=bool(row.get("event", False)),
    )


def _said_together(one: Experience, said: Mapping) -> Experience:
    """`one` with more combinations: `cue|cue + {class}` is two slots."""
    both = {
        language: (*one.together.get(language, ()), *_combinations(said.get(language, "")))
        for language in one.together.keys() | said.keys()
    }
    return replace(one, together=both)


def _combinations(text: str) -> list[tuple[str, ...]]:
    """A combination a line; an indented line goes on with the one before."""
    lines: list[str] = []
    for line in text.splitlines():
        if line[:1].isspace() and lines:
            lines[-1] += " " + line.strip()
        elif line.strip():
            lines.append(line.strip())
    return [tuple(slot.strip() for slot in line.split(BESIDE)) for line in lines]


def _folded(text: str) -> str:
    return " ".join(folded_words(text))
