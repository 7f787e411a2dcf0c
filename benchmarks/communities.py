"""Invented communities of any size, as sheets: people whose words are made of our own sayings."""

import csv
import io
import random
from datetime import date, timedelta

from beenthere.experiences.core import load_vocabulary
from beenthere.matching.core.people import AGE_BANDS, HOPES, STANDS
from beenthere.matching.core.sheet.columns import COLUMNS

EVERYDAY = [
    "some days are better than others",
    "I would like to talk with someone who knows",
    "it is hard to explain to my family",
    "I keep busy",
    "the evenings are long",
    "I have learned a lot",
    "my friends mean well",
    "I do not want advice",
    "I laugh more than I used to",
    "work helps",
    "the garden helps",
    "mornings are the worst",
    "I am not sure what I need",
]
ZONES = ("Europe/London", "Europe/Madrid", "America/New_York", "America/Mexico_City", "Australia/Sydney")
LANGUAGES = ("en", "en", "en", "es", "en;es", "en;fr", "de;en", "pt;es")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def sheet(people: int, seed: int = 1) -> bytes:
    """A CSV of so many invented people: popular experiences and rare ones, boundaries of every kind."""
    chance, vocabulary = random.Random(seed), load_vocabulary()
    ids = sorted(vocabulary.experiences)
    weights = [1 / (rank + 5) for rank in range(len(ids))]
    chance.shuffle(ids)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for number in range(people):
        held = sorted(set(chance.choices(ids, weights, k=chance.choice((1, 1, 2, 2, 3)))))
        table.writerow(_person(number, held, people, chance, vocabulary))
    return text.getvalue().encode()


def _person(number: int, held: list[str], people: int, chance: random.Random, vocabulary) -> list:
    spoken = [chance.choice(_sayings(vocabulary, one)) for one in held]
    words = ". ".join([*(f"I {one}" for one in spoken), *chance.sample(EVERYDAY, chance.randint(1, 4))])
    named = [
        vocabulary.name(one) + (f"={chance.choice(STANDS)}" if chance.random() < 0.5 else "")
        for one in held
        if chance.random() < 0.6
    ]
    start = chance.randint(8, 20)
    return [
        f"p{number:06d}",
        words,
        "; ".join(named),
        "; ".join(chance.sample(HOPES, chance.randint(0, 3))),
        chance.choice(LANGUAGES),
        f"town {chance.randint(1, 40)}",
        chance.choice(ZONES),
        f"{chance.choice(DAYS)} {start}:00-{start + 3}:30; {chance.choice(DAYS)} 18:00-21:00",
        chance.randint(18, 80),
        chance.choice(("woman", "man", "non-binary", "")),
        "; ".join(chance.sample(AGE_BANDS, 3)) if chance.random() < 0.1 else "",
        chance.choice(("woman", "man")) if chance.random() < 0.1 else "",
        vocabulary.name(chance.choice(held)) if chance.random() < 0.01 else "",
        f"p{chance.randrange(people):06d}" if chance.random() < 0.03 and people > 1 else "",
        chance.choice((1, 1, 1, 2, 3, 0)),
        date(2025, 1, 1) + timedelta(days=chance.randint(0, 600)),
    ]


def _sayings(vocabulary, experience: str) -> list[str]:
    plain = [one for one in vocabulary.experiences[experience].sayings["en"] if "{" not in one]
    return plain or [vocabulary.name(experience).lower()]
