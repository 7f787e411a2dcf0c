"""The boundaries of two people: each a mask, never a weight. Here they are named, one by one, for
people to read; `tables` packs the same boundaries into bits for the pairing."""

from collections.abc import Iterator
from enum import StrEnum

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.held import Held
from beenthere.matching.core.people import Person, folded


class Mask(StrEnum):
    """The boundaries that keep two people from being introduced."""

    LANGUAGE = "language"
    MEET_AGE = "meet_age"
    MEET_GENDER = "meet_gender"
    LEAVE_OUT = "leave_out"
    NEVER = "never"


def primary_languages(person: Person) -> frozenset[str]:
    """`pt` of `pt-BR`: the part of a language tag by which two people understand each other."""
    return frozenset(folded(tag).replace("_", "-").split("-")[0] for tag in person.languages)


def share_a_language(a: Person, b: Person) -> bool:
    return bool(primary_languages(a) & primary_languages(b))


def age_is_wished(a: Person, b: Person) -> bool:
    """`a` wishes to meet people of `b`'s age; who has not said an age meets no list of ages."""
    return not a.meet_age or b.age_band in a.meet_age


def gender_is_wished(a: Person, b: Person) -> bool:
    """`a` wishes to meet people of `b`'s gender; who has not said one meets no list of genders."""
    gender = folded(b.gender)
    return not a.meet_gender or (bool(gender) and gender in a.meet_gender)


def too_much_to_hold(refused: frozenset[str], held: dict[str, Held]) -> list[Held]:
    """What the other holds and this one asked to leave out."""
    return [one for key, one in held.items() if key in refused]


def failing(prepared, a: int, b: int) -> list[tuple[Mask, Sentence]]:
    """Every boundary between person `a` and person `b` (numbers in `prepared`), of both sides, each as
    what it is and a sentence; empty when they may be introduced."""
    one, other = prepared.people[a], prepared.people[b]
    found = []
    if not share_a_language(one, other):
        found.append((Mask.LANGUAGE, _no_language(one, other)))
    for mine, theirs in ((a, b), (b, a)):
        found.extend(_one_sided(prepared, mine, theirs))
    return found


def _no_language(one: Person, other: Person) -> Sentence:
    return sentence(
        "{a} speaks {of_a} and {b} speaks {of_b}: they have no language in common.",
        a=one.ref,
        b=other.ref,
        of_a=one.languages,
        of_b=other.languages,
    )


def _one_sided(prepared, mine: int, theirs: int) -> Iterator[tuple[Mask, Sentence]]:
    me, them = prepared.people[mine], prepared.people[theirs]
    if not age_is_wished(me, them):
        yield Mask.MEET_AGE, _age_sentence(me, them)
    if not gender_is_wished(me, them):
        yield Mask.MEET_GENDER, _gender_sentence(me, them)
    heavy = too_much_to_hold(prepared.refused[mine], prepared.held[theirs])
    if heavy:
        said = sentence(
            "{a} asked to leave out what {b} has lived through: {experiences}.",
            a=me.ref,
            b=them.ref,
            experiences=[one.name for one in heavy],
        )
        yield Mask.LEAVE_OUT, said
    if them.ref in me.never:
        yield Mask.NEVER, sentence("{a} asked never to be introduced to {b}.", a=me.ref, b=them.ref)


def _age_sentence(me: Person, them: Person) -> Sentence:
    wished = sorted(me.meet_age)
    if them.age_band is None:
        return sentence(
            "{a} wishes to meet people aged {ages}, and {b} has not said an age.",
            a=me.ref,
            b=them.ref,
            ages=wished,
        )
    return sentence(
        "{a} wishes to meet people aged {ages}, and {b} is {age}.",
        a=me.ref,
        b=them.ref,
        ages=wished,
        age=them.age_band,
    )


def _gender_sentence(me: Person, them: Person) -> Sentence:
    wished = sorted(me.meet_gender)
    if not folded(them.gender):
        return sentence(
            "{a} wishes to meet {genders}, and {b} has not said a gender.",
            a=me.ref,
            b=them.ref,
            genders=wished,
        )
    return sentence(
        "{a} wishes to meet {genders}, and {b} said {gender}.",
        a=me.ref,
        b=them.ref,
        genders=wished,
        gender=them.gender,
    )
