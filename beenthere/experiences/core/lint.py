"""What is wrong with a vocabulary, in sentences for those who write one."""

import re2

from .lexicon import Lexicon
from .slots import ABSENT, ANY_OF, AS_WRITTEN, class_items
from .vocabulary import BESIDE, LANGUAGES, Experience, Vocabulary

FEWEST_SAYINGS = 6
_ID = re2.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_CLASS = re2.compile(r"\{([^{}]*)\}")


def lint(vocabulary: Vocabulary) -> list[str]:
    """Every fault of `vocabulary`, in the order of its experiences; an empty list when it is sound."""
    faults: list[str] = []
    for experience in vocabulary.experiences.values():
        faults += _names_and_links(vocabulary, experience)
        faults += _sayings(vocabulary, experience)
        faults += _together(vocabulary, experience)
    return faults + _classes(vocabulary) + _said_twice(vocabulary) + _together_twice(vocabulary)


def _names_and_links(vocabulary: Vocabulary, one: Experience) -> list[str]:
    faults = []
    if not _ID.match(one.id):
        faults.append(f"{one.id}: an id is lower-case words joined by hyphens")
    faults += [f"{one.id}: no name in {language}" for language in LANGUAGES if not one.names.get(language)]
    links = [
        ("broader", one.broader),
        ("when_close", one.when_close),
        *(("related", id_) for id_ in one.related),
    ]
    faults += [
        f"{one.id}: {kind} {id_} is unknown"
        for kind, id_ in links
        if id_ and id_ not in vocabulary.experiences
    ]
    if one.id in one.related:
        faults.append(f"{one.id}: is related to itself")
    if _circles(vocabulary, one):
        faults.append(f"{one.id}: broader leads back to itself")
    return faults


def _circles(vocabulary: Vocabulary, one: Experience) -> bool:
    seen, above = {one.id}, one.broader
    while above in vocabulary.experiences:
        if above in seen:
            return above == one.id
        seen.add(above)
        above = vocabulary.experiences[above].broader
    return False


def _sayings(vocabulary: Vocabulary, one: Experience) -> list[str]:
    faults = []
    for language in LANGUAGES:
        said = one.sayings.get(language, ())
        if len(said) < FEWEST_SAYINGS:
            faults.append(f"{one.id}: {len(said)} sayings in {language}, {FEWEST_SAYINGS} are wanted")
        for saying in (*said, *one.unsaid.get(language, ())):
            for name in _CLASS.findall(saying):
                if not class_items(vocabulary, name, language):
                    faults.append(f"{one.id}: no class {{{name}}} in {language}: {saying}")
    return faults


def _together(vocabulary: Vocabulary, one: Experience) -> list[str]:
    faults = []
    for language, combinations in one.together.items():
        for slots in combinations:
            said = BESIDE.join(slots)
            if all(slot.startswith(ABSENT) for slot in slots):
                faults.append(f"{one.id}: a combination that asks for nothing in {language}: {said}")
            for cue in (cue.strip() for slot in slots for cue in slot.removeprefix(ABSENT).split(ANY_OF)):
                if not cue.removeprefix(AS_WRITTEN):
                    faults.append(f"{one.id}: an empty cue in {language}: {said}")
                for name in _CLASS.findall(cue):
                    if cue != f"{{{name}}}" or not class_items(vocabulary, name, language):
                        faults.append(f"{one.id}: no class {cue} in {language}: {said}")
    return faults


def _together_twice(vocabulary: Vocabulary) -> list[str]:
    faults = []
    seen: dict[tuple[str, frozenset[str]], str] = {}
    for one in vocabulary.experiences.values():
        for language, combinations in one.together.items():
            for slots in combinations:
                first = seen.setdefault((language, frozenset(slots)), one.id)
                if first != one.id:
                    faults.append(f"{one.id}: {language} {BESIDE.join(slots)} is also said of {first}")
    return faults


def _classes(vocabulary: Vocabulary) -> list[str]:
    faults = []
    for name, by_language in vocabulary.classes.items():
        for language, items in by_language.items():
            for item in items:
                within = _CLASS.findall(item)
                if within and item != f"{{{within[0]}}}":
                    faults.append(f"class {name}: a class inside an item stands on its own: {item}")
                elif within and language not in vocabulary.classes.get(within[0], {}):
                    faults.append(f"class {name}: no class {{{within[0]}}} in {language}")
    return faults


def _said_twice(vocabulary: Vocabulary) -> list[str]:
    faults = []
    for language in LANGUAGES:
        lexicon = Lexicon(vocabulary, language)
        seen: dict[tuple[str, ...], tuple[str, str]] = {}
        for one in vocabulary.experiences.values():
            for saying in one.sayings.get(language, ()):
                pattern = lexicon.pattern(saying)
                first, other = seen.setdefault(pattern, (one.id, saying))
                if not pattern:
                    faults.append(f"{one.id}: a saying without words in {language}: {saying!r}")
                elif first != one.id:
                    faults.append(f"{one.id}: {language} {saying!r} is also said of {first} as {other!r}")
    return faults
