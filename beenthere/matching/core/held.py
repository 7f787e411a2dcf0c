"""What each person holds: the experiences they named and those understood from their words."""

from collections.abc import Iterable
from dataclasses import dataclass

from beenthere.foundation.sentences import Sentence
from beenthere.matching.core import weights
from beenthere.matching.core.people import Named, Person, folded

_NOW_AND_BEHIND = frozenset(("in it now", "behind me for now"))


@dataclass(frozen=True, slots=True)
class Held:
    """An experience of one person. `spans` are where in their words it was understood."""

    key: str  # an id of the vocabulary, or `written:` and the folded words
    name: Sentence | str  # how a sentence calls it; one outside the vocabulary stays as written
    named: bool
    stand: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


def key_of(named: Named) -> str:
    """What two people's experiences are compared by; one outside the vocabulary, by its folded words."""
    return named.experience if named.known else f"written:{folded(named.experience)}"


def name_of(named: Named, vocabulary) -> Sentence | str:
    return _said(named.experience, vocabulary) if named.known else named.experience.strip()


def _said(experience: str, vocabulary) -> Sentence:
    """Its name as a sentence of its own: each language has its own name for it."""
    return Sentence(in_a_sentence(vocabulary.name(experience)))


def in_a_sentence(name: str) -> str:
    """A name with a small first letter, unless its first word stays great (ADHD, I)."""
    first = name.replace("’", " ").replace("'", " ").partition(" ")[0]
    return name if first == "I" or first[1:2].isupper() else name[:1].lower() + name[1:]


def held_by(person: Person, understood: Iterable, vocabulary) -> dict[str, Held]:
    """Everything that `person` holds, by key, in the order of keys. What they named comes first; their
    words may add where it was said and, where the name left it open, how it is now."""
    found: dict[str, Held] = {}
    for named in person.experiences:
        key = key_of(named)
        stand = named.stand or (found[key].stand if key in found else None)
        found[key] = Held(key, name_of(named, vocabulary), named=True, stand=stand)
    for one in sorted(understood, key=lambda one: (one.start, one.end, one.experience)):
        was = found.get(one.experience)
        name = was.name if was else _said(one.experience, vocabulary)
        found[one.experience] = Held(
            one.experience,
            name,
            named=was.named if was else False,
            stand=(was.stand if was else None) or one.stand,
            spans=(*(was.spans if was else ()), (one.start, one.end)),
        )
    return {key: found[key] for key in sorted(found)}


def refused_by(person: Person, vocabulary) -> frozenset[str]:
    """The keys of every experience that `person` cannot hold, narrower ones included."""
    keys = set()
    for named in person.leave_out:
        keys.add(key_of(named))
        if named.known:
            keys |= vocabulary.narrower_of(named.experience)
    return frozenset(keys)


def strengths(held: dict[str, Held], vocabulary, touching: dict[str, tuple[str, ...]]) -> dict[tuple, int]:
    """How strongly a person holds each thing that can be shared: the experience itself, what is broader,
    what touches it, and how it is now. Two people share the product of their strengths."""
    found: dict[tuple, int] = {}

    def hold(thing: tuple, strength: int) -> None:
        found[thing] = max(found.get(thing, 0), strength)

    for key, one in held.items():
        sure = weights.NAMED if one.named else weights.UNDERSTOOD
        hold(("experience", key), sure)
        if one.stand:
            known = "now or behind" if one.stand in _NOW_AND_BEHIND else one.stand
            hold(("stand", key, known), sure * weights.STAND // weights.ONE)
        if key not in touching:
            continue
        for level, broader in enumerate(vocabulary.broader_of(key)):
            share = weights.BROADER[min(level, len(weights.BROADER) - 1)]
            hold(("experience", broader), sure * share // weights.ONE)
        for other in touching[key]:
            hold(("touching", *sorted((key, other))), sure * weights.RELATED // weights.ONE)
    return found


def touching_of(vocabulary) -> dict[str, tuple[str, ...]]:
    """For every experience of the vocabulary those that touch it, in either direction."""
    found: dict[str, set[str]] = {key: set() for key in vocabulary.experiences}
    for key, experience in vocabulary.experiences.items():
        for other in experience.related:
            if other in found and other != key:
                found[key].add(other)
                found[other].add(key)
    return {key: tuple(sorted(others)) for key, others in found.items()}
