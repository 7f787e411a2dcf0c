"""Small communities made by chance, for holding the engine against the oracle.

Every choice is drawn from the generator that is handed in, so a seed names a community for good and
hypothesis can shrink one.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations
from random import Random

from beenthere.experiences.core.understanding import Understood
from beenthere.matching.core.people import AGE_BANDS, HOPES, STANDS, Named, Person, Window, folded

from .oracle import Two, allowed, experiences_of

REFS = (
    "ana",
    "Ana",
    "b",
    "B",
    "10",
    "9",
    "é",
    "=1+1",
    "@x",
    "Zoë",
    "c-3",
    "z z",
    "ñu",
    "𝒳",
    "~",
    "0",
    "_k",
    "Ω",
)
LANGUAGES = ("en", "en-GB", "EN-us", "es", "es-419", "pt-BR", "pt", "yue", "zh-Hant-TW", "eo")
ZONES = (
    "UTC",
    "Europe/Madrid",
    "America/New_York",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
    "Africa/Casablanca",
)
GENDERS = ("woman", "Man", "non-binary", "Two  Spirit", "MUJER")
UNKNOWN = (
    "Losing my dog",
    "losing  my DOG",
    "the flood of our street",
    "Straße verloren",
    "STRASSE VERLOREN",
)
PLACES = ("", "", "Leeds", "leeds", "Sevilla")
PHRASES = (
    "The nights are the longest part of it.",
    "I still set two cups on the table.",
    "Nobody at work knows, and I am tired of pretending.",
    "Walking by the river is what helped me most.",
    "La casa está muy callada desde entonces.",
    "I would like to laugh again with somebody who gets it.",
    "My sister writes to me every Sunday.",
)
DAYS = (
    date(2025, 1, 6),
    date(2025, 3, 9),
    date(2025, 3, 28),
    date(2024, 4, 5),
    date(2025, 10, 25),
    date(2024, 2, 27),
)


@dataclass(frozen=True)
class Community:
    """People with all that a run of the engine is asked about them."""

    people: tuple[Person, ...]
    understood: dict[str, tuple[Understood, ...]]
    met: tuple[Two, ...] = ()
    kept: tuple[Two, ...] = ()
    rounds: int = 1
    floor: float = 0.15
    seed: int = 0
    on: date = DAYS[0]
    narrower: Callable = field(default=lambda _: set(), compare=False, repr=False)

    def failing(self) -> dict[Two, list[str]]:
        """For every two people the masks that keep them apart."""
        held = experiences_of(self.people, self.understood)
        ordered = sorted(self.people, key=lambda person: person.ref)
        return {(a.ref, b.ref): allowed(a, b, held, self.narrower) for a, b in combinations(ordered, 2)}


def some_experiences(broader: dict[str, str | None]) -> list[str]:
    """About a dozen ids of a vocabulary: a chain of three, one broader id with some of its narrower
    ones, and a few that stand alone."""
    chains = [
        [broader[broader[one]], broader[one], one] for one in sorted(broader) if broader[broader[one] or one]
    ]
    tops = sorted(
        {top for top in broader.values() if top and not broader[top]} - {chain[0] for chain in chains}
    )
    below = [one for one in sorted(broader) if broader[one] == tops[0]][:3]
    alone = [one for one in sorted(broader) if broader[one] is None and one not in set(broader.values())][:4]
    return chains[0] + tops[:1] + below + alone


def random_community(
    random: Random, ids: Sequence[str], narrower: Callable, *, least: int = 2, most: int = 8
) -> Community:
    """A community of `least` to `most` people; how often each boundary is used is drawn first, so that
    some communities are nearly free of them and some nearly all apart."""
    refs = random.sample(REFS, random.randint(least, most))
    often = {
        mask: random.choice((0.0, 0.1, 0.4)) for mask in ("speak", "age", "gender", "leave_out", "never")
    }
    few = random.sample(list(ids), random.randint(1, len(ids)))
    people, understood = [], {}
    for ref in refs:
        if people and random.random() < 0.2:
            person, words = _twin(random, ref, random.choice(people), understood)
        else:
            person, words = _random_person(random, ref, refs, few, often)
        people.append(person)
        understood[ref] = words
    community = Community(
        people=tuple(people),
        understood=understood,
        rounds=random.choice((1, 1, 1, 2, 3, 4)),
        floor=random.choice((0, 0.15, 0.15, 0.6)),
        seed=random.randint(0, 3),
        on=random.choice(DAYS),
        narrower=narrower,
    )
    return _with_history(random, community)


def on_one_sheet(communities: Sequence[Community]) -> tuple[Community, list[Community]]:
    """Many communities as one sheet, asked what the first is asked, and each as it stands there: with
    refs and languages of its own, so that no two from different communities may meet."""
    first = communities[0]
    asked = {"rounds": first.rounds, "floor": first.floor, "seed": first.seed, "on": first.on}
    parts = [_set_apart(replace(one, **asked), number) for number, one in enumerate(communities)]
    sheet = replace(
        first,
        people=tuple(person for part in parts for person in part.people),
        understood={ref: told for part in parts for ref, told in part.understood.items()},
        met=tuple(one for part in parts for one in part.met),
        kept=tuple(one for part in parts for one in part.kept),
    )
    return sheet, parts


def _set_apart(community: Community, number: int) -> Community:
    def named(ref: str) -> str:
        return f"{ref}·{number}"

    def spoken(tag: str) -> str:
        primary, _, rest = tag.partition("-")
        own = f"{primary}x{chr(97 + number // 26)}{chr(97 + number % 26)}"
        return (own.upper() if primary.isupper() else own) + (f"-{rest}" if rest else "")

    people = [
        replace(
            one,
            ref=named(one.ref),
            never=frozenset(named(ref) for ref in one.never),
            languages=tuple(spoken(tag) for tag in one.languages),
        )
        for one in community.people
    ]
    return replace(
        community,
        people=tuple(people),
        understood={named(ref): told for ref, told in community.understood.items()},
        met=tuple((named(a), named(b)) for a, b in community.met),
        kept=tuple((named(a), named(b)) for a, b in community.kept),
    )


def _with_history(random: Random, community: Community) -> Community:
    failing = community.failing()
    room = Counter({person.ref: person.capacity for person in community.people})
    kept, met = [], []
    keep_often, meet_often = random.choice((0, 0, 0.2)), random.choice((0, 0, 0.1, 0.5))
    for a, b in random.sample(sorted(failing), len(failing)):
        if random.random() < keep_often and not failing[a, b] and min(room[a], room[b]) > 0:
            kept.append(random.choice(((a, b), (b, a))))
            room.subtract((a, b))
        elif random.random() < meet_often:
            met.append(random.choice(((a, b), (b, a))))
    return replace(community, met=tuple(met), kept=tuple(kept))


def _twin(random: Random, ref: str, first: Person, understood: dict):
    """Somebody who says the same, so that a third fits both alike; often the two never meet, else they
    would take each other and leave nothing for those who wait longest to go first in."""
    never = first.never | ({first.ref} if random.random() < 0.6 else set())
    return replace(first, ref=ref, since=_since(random), never=never), understood[first.ref]


def _random_person(random: Random, ref: str, refs: list[str], ids: list[str], often: dict):
    words, understood = _random_words(random, ids)
    known = [
        Named(one, random.choice((None, *STANDS)))
        for one in random.sample(ids, random.randint(0, min(3, len(ids))))
    ]
    person = Person(
        ref=ref,
        words=words,
        experiences=tuple(known + _unknown(random, 0.15)),
        hopes=frozenset(random.sample(HOPES, random.choice((0, 0, 1, 2, 4)))),
        languages=_languages(random, often["speak"]),
        place=random.choice(PLACES),
        age_band=random.choice((None, *AGE_BANDS)),
        gender=random.choice(("", *GENDERS)),
        meet_age=_chance(random, often["age"], AGE_BANDS, 4),
        meet_gender=_chance(random, often["gender"], tuple(folded(one) for one in GENDERS), 3),
        leave_out=_left_out(random, often["leave_out"], ids),
        never=_chance(random, often["never"], tuple(refs), 2),
        capacity=random.choice((0, 1, 1, 1, 2, 3, 4)),
        since=_since(random),
    )
    return _with_hours(random, person), understood


def _since(random: Random) -> date | None:
    return random.choice((None, date(2025, 1, 1) + timedelta(days=random.randint(0, 30))))


def _random_words(random: Random, ids: list[str]) -> tuple[str, tuple[Understood, ...]]:
    words, understood = "", []
    for phrase in random.sample(PHRASES, random.choice((0, 0, 1, 2, 3))):
        words += (" " if words else "") + phrase
        if random.random() < 0.3:
            about, stand = random.choice(("me", "me", "close")), random.choice((None, *STANDS))
            start = len(words) - len(phrase)
            understood.append(Understood(random.choice(ids), stand, start, len(words), about))
    return words, tuple(understood)


def _languages(random: Random, often: float) -> tuple[str, ...]:
    if random.random() < often:
        return tuple(random.sample(LANGUAGES, random.randint(1, 3)))
    return (random.choice(("en", "en-GB", "EN-us")),)


def _chance(random: Random, often: float, among: tuple[str, ...], most: int) -> frozenset[str]:
    if random.random() >= often:
        return frozenset()
    return frozenset(random.sample(among, random.randint(1, min(most, len(among)))))


def _left_out(random: Random, often: float, ids: list[str]) -> tuple[Named, ...]:
    if random.random() >= often:
        return ()
    return tuple([Named(random.choice(ids))] + _unknown(random, 0.3))


def _unknown(random: Random, often: float) -> list[Named]:
    return [Named(random.choice(UNKNOWN), None, known=False)] if random.random() < often else []


def _with_hours(random: Random, person: Person) -> Person:
    if random.random() < 0.6:
        return person
    windows = []
    for _ in range(random.randint(1, 3)):
        start = random.randrange(0, 1440, 15)
        windows.append(Window(random.randrange(7), start, start + random.choice((15, 60, 180, 600, 1425))))
    return replace(person, timezone=random.choice(ZONES), free=tuple(windows))
