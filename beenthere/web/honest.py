"""The honest answer to a visitor's first words: how many here, else the next best true thing."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from beenthere.experiences.queries import experience_name
from beenthere.matching.queries.counts import FEW, MANY, NONE, Counted, Honest, how_many_here
from beenthere.stories.queries import first_pieces

from .told import Told, language

PIECES = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """`how_many`: MANY (at least `least`), FEW or NONE people who named `experience` (a name to be shown).
    `wider`: whether that is broader than, or close to, what was said. `pieces`: what a visitor may read
    meanwhile, where nobody is."""

    how_many: str
    experience: str = ""
    least: int = 0
    wider: bool = False
    pieces: Sequence = field(default=())


def answer_to(told: Told) -> Answer:
    """The most that is true: many or few for one of the chips, else for something near."""
    honest = how_many_here(told.known()) if told.known() else Honest({}, Counted(NONE))
    for found, wider in ((honest.each, False), (honest.next_best, True)):
        for how_many in (MANY, FEW):
            for one, counted in found.items():
                if counted.how_many == how_many:
                    return Answer(how_many, experience_name(one, language()), counted.at_least, wider)
    return Answer(NONE, pieces=listed_pieces(PIECES))


def listed_pieces(most: int) -> list:
    """What a visitor may see: pieces for anyone that their authors also listed."""
    return first_pieces(most=most)
