"""What a visitor has said so far. It travels sealed in the form and is kept nowhere, until they stay."""

from dataclasses import asdict, dataclass, replace

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language

from beenthere.experiences.queries import (
    STANDS,
    experience_name,
    find_experience,
    suggested_in,
    vocabulary_at_hand,
)
from beenthere.foundation.carried import carried, carry
from beenthere.foundation.refs import new_ref

BEGIN = "begin"
MOST = 8  # experiences, as many as a piece may name
LONGEST_NAME = 60  # characters, as many as matching keeps


@dataclass(frozen=True, slots=True)
class Chip:
    """Something lived through: an id of the vocabulary, or (not `known`) one's own words for it. `stand` is
    one of the five or None. `by_hand`: they added it themselves."""

    experience: str
    known: bool = True
    stand: str | None = None
    by_hand: bool = False

    @property
    def name(self) -> str:
        return experience_name(self.experience, language()) if self.known else self.experience

    @property
    def how(self) -> str | Promise:
        """How it is now, as a page says it."""
        return STANDS.get(self.stand or "", "")

    def said(self) -> dict:
        """As pieces and tellings keep it."""
        return {"experience": self.experience, "known": self.known, "stand": self.stand}


@dataclass(frozen=True, slots=True)
class Told:
    """The words, the chips, the invitation they came with, and a nonce by which a second post is known."""

    words: str = ""
    chips: tuple[Chip, ...] = ()
    invitation: str = ""
    nonce: str = ""

    def sealed(self) -> str:
        return carry(asdict(self), purpose=BEGIN)

    def known(self) -> list[str]:
        return [one.experience for one in self.chips if one.known]

    def with_words(self, words: str) -> "Told":
        """What these words say, and what was added by hand."""
        if words == self.words:
            return self
        found = understood_in(words)
        ids = {one.experience for one in found}
        added = tuple(one for one in self.chips if one.by_hand and one.experience not in ids)
        return replace(self, words=words, chips=(*found, *added)[:MOST])

    def without(self, number: int) -> "Told":
        return replace(self, chips=tuple(one for at, one in enumerate(self.chips) if at != number))

    def with_chip(self, chip: Chip) -> "Told":
        if len(self.chips) >= MOST or any(one.experience == chip.experience for one in self.chips):
            return self
        return replace(self, chips=(*self.chips, chip))

    def with_stands(self, stands: dict[int, str | None]) -> "Told":
        chips = (replace(one, stand=stands[at]) if at in stands else one for at, one in enumerate(self.chips))
        return replace(self, chips=tuple(chips))


def first_told(words: str = "", *, invitation: str = "") -> Told:
    return Told(invitation=invitation, nonce=new_ref()).with_words(words)


def told_in(text: str) -> Told:
    """What was sealed, with a nonce of its own from now on: two people who came from a first screen alike
    are not one. Raises Stale."""
    found = carried(text, purpose=BEGIN)
    chips = tuple(Chip(**one) for one in found.pop("chips"))
    return Told(**{**found, "chips": chips, "nonce": found["nonce"] or new_ref()})


def understood_in(words: str) -> tuple[Chip, ...]:
    """What the words speak of, in their order."""
    return tuple(Chip(one, stand=stand) for one, stand in suggested_in(words))[:MOST]


def chip_of(text: str) -> Chip | None:
    """The chip that `text` (an id or a name, in any language) stands for; None when we do not know it."""
    found = find_experience(text)
    return Chip(found, by_hand=True) if found else None


def own_chip(text: str) -> Chip | None:
    """A chip in one's own words, on one line."""
    text = " ".join(text.split())[:LONGEST_NAME]
    return Chip(text, known=False, by_hand=True) if text else None


def near(text: str, *, most: int = 8) -> list[tuple[str, str]]:
    """Experiences that `text` may mean: what it says, then names that hold it. Pairs of id and name."""
    folded, here = text.casefold().strip(), language()
    ids = [one for one, _ in suggested_in(text)]
    ids += [one for one, name in every_experience() if folded and folded in name.casefold()]
    return [(one, experience_name(one, here)) for one in dict.fromkeys(ids)][:most]


def every_experience() -> list[tuple[str, str]]:
    """All that we know by name, in the order of the names."""
    vocabulary, here = vocabulary_at_hand(), language()
    named = [(one, vocabulary.name(one, here)) for one in vocabulary.experiences]
    return sorted(named, key=lambda one: one[1].casefold())


def language() -> str:
    """The code of the language of this page."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]
