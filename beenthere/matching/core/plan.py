"""What a pairing answers, as plain values."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from beenthere.foundation.sentences import Sentence
from beenthere.matching.core.fit import fit_text
from beenthere.matching.core.weights import ONE

__all__ = [
    "Asked",
    "Group",
    "Measures",
    "Near",
    "Pair",
    "Plan",
    "Unmatched",
    "fit_text",
    "least_fit",
    "pair_of",
    "rounded_text",
]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people introduced in a round; `a` before `b` by code point. `fit` is 0..65536."""

    round: int
    a: str
    b: str
    fit: int
    shared: tuple[Sentence | str, ...]  # names of experiences, or words as written
    reason: Sentence
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A person without a pair in any round, the honest reason, and what would widen it."""

    ref: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class Near:
    """One of the best peers for `ref`; rank 1 is the best."""

    ref: str
    peer: str
    rank: int
    fit: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Group:
    """How many of a group of people have a pair. `kind` is experience, language, age or gender."""

    kind: str
    name: str
    people: int
    met: int


@dataclass(frozen=True, slots=True)
class Measures:
    """How good and how fair a plan is, over all its rounds. Fits are 0..65536; waits are days."""

    people: int
    with_room: int
    paired: int
    pairs: int
    compatible: int  # pairs that could be introduced at all
    capacity: int
    capacity_filled: int
    mean_fit: int
    median_fit: int
    fits: tuple[int, ...]  # pairs in twenty steps of fit: 0 to 0.05, and so on
    wait_paired: tuple[int, ...]  # days since `since`, of those who said it, sorted
    wait_unpaired: tuple[int, ...]
    groups: tuple[Group, ...]
    worst_off: Group | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the plan was asked for; `floor` is the least fit, 0..65536 or above, `floor_said` the number
    that was asked for."""

    rounds: int
    floor: int
    floor_said: str
    seed: int
    met: frozenset[tuple[str, str]]
    kept: frozenset[tuple[str, str]]
    on: date


@dataclass(frozen=True, slots=True)
class Plan:
    """All rounds: pairs by round, fit falling, a, b; everyone without a pair; the nearest, if asked."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[Unmatched, ...]
    nearest: tuple[Near, ...]
    notices: tuple[Sentence, ...]
    measures: Measures
    asked: Asked


def least_fit(floor: float | str | Fraction) -> int:
    """The lowest whole fit that is at least `floor` (0.15 is 9831); a float counts as it is printed."""
    exact = Fraction(str(floor)) if isinstance(floor, float) else Fraction(floor)
    return max(0, -(-exact * ONE // 1))


def rounded_text(fit: int) -> str:
    """A fit for a sentence: two decimals, rounded down, so that it never claims too much."""
    hundredths = fit * 100 // ONE
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def pair_of(a: str, b: str) -> tuple[str, str]:
    """Two refs, the earlier by code point first."""
    return (a, b) if a <= b else (b, a)
