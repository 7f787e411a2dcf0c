"""A vocabulary of a few experiences and people made in a line, for tests of the engine alone."""

from datetime import date
from types import SimpleNamespace
from typing import NamedTuple

from hypothesis import strategies as st

from beenthere.matching.core.people import AGE_BANDS, HOPES, STANDS, Named, Person, Window
from beenthere.matching.core.prepare import prepare

ON = date(2025, 1, 6)
_BROADER = {
    "loss-of-someone": None,
    "loss-of-a-parent": "loss-of-someone",
    "loss-of-a-grandparent": "loss-of-someone",
    "psychiatric-hospital": None,
    "being-sectioned": "psychiatric-hospital",
    "restraint": "being-sectioned",
    "depression": None,
    "drinking": None,
    "burnout": None,
    "panic": None,
}
_RELATED = {"depression": ("burnout",)}


class SmallVocabulary:
    """What the engine asks of a vocabulary, over ten experiences."""

    experiences = {
        key: SimpleNamespace(id=key, broader=broader, related=_RELATED.get(key, ()))
        for key, broader in _BROADER.items()
    }

    def name(self, key, language="en"):
        return key.replace("-", " ").capitalize()

    def broader_of(self, key):
        above = _BROADER[key]
        return () if above is None else (above, *self.broader_of(above))

    def narrower_of(self, key):
        return frozenset(one for one in _BROADER if key in self.broader_of(one))


VOCABULARY = SmallVocabulary()
IDS = tuple(_BROADER)


class Understood(NamedTuple):
    """As `experiences.core` tells it."""

    experience: str
    stand: str | None
    start: int
    end: int
    about: str = "me"


def person(ref, *experiences, **facts):
    """A person who names `experiences`, each an id or `id=how it is now`."""
    named = []
    for one in experiences:
        key, _, stand = one.partition("=")
        named.append(Named(key, stand or None, known=key in _BROADER))
    if "leave_out" in facts:
        facts["leave_out"] = tuple(Named(key, known=key in _BROADER) for key in facts["leave_out"])
    for name in ("meet_age", "meet_gender", "never", "hopes"):
        facts[name] = frozenset(facts.get(name, ()))
    return Person(ref=ref, experiences=tuple(named), **facts)


def ready(*people, understood=None, on=ON):
    return prepare(people, vocabulary=VOCABULARY, understood=understood or {}, on=on)


_windows = st.builds(
    Window,
    weekday=st.integers(0, 6),
    start=st.integers(0, 23).map(lambda hour: hour * 60),
    until=st.just(1500),
)
_keys = st.sampled_from((*IDS, "my own word", "another word"))
_words = st.lists(
    st.sampled_from(("garden", "river", "nights", "talk", "train", "jardín", "the", "people")), max_size=5
)


@st.composite
def communities(draw, most=9):
    """Up to `most` people with all that a sheet can say of them."""
    size = draw(st.integers(0, most))
    refs = [f"{'ABC'[at % 3]}{at}" for at in range(size)]
    people = []
    for ref in refs:
        stands = draw(st.lists(st.sampled_from(("", *STANDS)), min_size=3, max_size=3))
        experiences = draw(st.lists(_keys, max_size=3, unique=True))
        people.append(
            person(
                ref,
                *(f"{key}={stand}" for key, stand in zip(experiences, stands, strict=False)),
                words=" ".join(draw(_words)),
                hopes=draw(st.sets(st.sampled_from(HOPES))),
                languages=draw(st.sampled_from((("en",), ("en-GB", "es"), ("es",), ("pt-BR",)))),
                place=draw(st.sampled_from(("", "York", "york "))),
                timezone="Europe/Madrid",
                free=tuple(draw(st.lists(_windows, max_size=2))),
                age_band=draw(st.sampled_from((None, *AGE_BANDS))),
                gender=draw(st.sampled_from(("", "Woman", "man"))),
                meet_age=draw(st.one_of(st.just(frozenset()), st.sets(st.sampled_from(AGE_BANDS)))),
                meet_gender=draw(st.one_of(st.just(()), st.sets(st.sampled_from(("woman", "man"))))),
                leave_out=draw(st.lists(_keys, max_size=1)),
                never=draw(st.sets(st.sampled_from(refs), max_size=1)),
                capacity=draw(st.integers(0, 3)),
                since=draw(st.sampled_from((None, date(2024, 12, 1), date(2025, 1, 1)))),
            )
        )
    return people
