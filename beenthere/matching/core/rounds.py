"""The stable rounds: who is introduced to whom, and everything that is said about it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.between import ground_between
from beenthere.matching.core.keeping import kept_faults
from beenthere.matching.core.masks import failing
from beenthere.matching.core.measures import measure
from beenthere.matching.core.nearest import nearest_of
from beenthere.matching.core.plan import Asked, Pair, Plan, least_fit, pair_of
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.reasons import reason_for, shared_names
from beenthere.matching.core.unmatched import unmatched_of
from beenthere.matching.core.walking import Band, Progress, Walker

Two = tuple[int, int]


def plan_rounds(
    prepared: Prepared,
    *,
    rounds: int = 1,
    floor: float | str | Fraction = 0.15,
    seed: int = 0,
    met: Iterable[tuple[str, str]] = (),
    kept: Iterable[tuple[str, str]] = (),
    nearest: int = 0,
    progress: Progress | None = None,
) -> Plan:
    """Plans `rounds` stable rounds in which nobody meets the same person twice, nor anybody of `met`.
    `kept` stand in round 1 and must be without fault (ValueError; `kept_faults` lists them). Of the same
    people and options the plan is the same, on every machine. `progress` may raise to stop it."""
    met, notices = _met_here(prepared, met)
    kept = frozenset(pair_of(*pair) for pair in kept)
    faults = kept_faults(prepared, sorted(kept))
    if faults:
        raise ValueError(str(faults[0].why))
    asked = Asked(rounds, least_fit(floor), str(floor), seed, met, kept, prepared.on)
    walker = Walker(prepared, seed, progress)
    taken, compatible = _take_rounds(prepared, walker, asked)
    pairs = _told(prepared, walker, asked, taken)
    return Plan(
        pairs=pairs,
        unmatched=unmatched_of(prepared, walker, asked, pairs),
        nearest=nearest_of(prepared, walker, asked, nearest),
        notices=notices,
        measures=measure(prepared, pairs, asked, compatible),
        asked=asked,
    )


def _met_here(prepared: Prepared, met: Iterable[tuple[str, str]]) -> tuple[frozenset, tuple[Sentence, ...]]:
    pairs = {pair_of(*pair) for pair in met}
    here = frozenset(pair for pair in pairs if all(ref in prepared.numbers for ref in pair))
    if len(here) == len(pairs):
        return here, ()
    left_out = len(pairs) - len(here)
    said = sentence("Pairs who met before and are not both in this sheet, left out: {count}.", count=left_out)
    return here, (said,)


def _take_rounds(
    prepared: Prepared, walker: Walker, asked: Asked
) -> tuple[list[tuple[int, int, int, int]], int]:
    """(round, a, b, fit) of all pairs taken, those kept first, and how many pairs may be taken at all."""
    apart = Apart(prepared, asked)
    capacity = prepared.capacity
    band = walker.sweep(walker.met(apart.rows), walker.numbers(capacity), asked.floor)
    used = walker.walk.zeros(max(1, band.kept), "int8")
    taken = []
    for number in range(1, asked.rounds + 1):
        room = capacity.copy()
        for a, b in apart.kept if number == 1 else ():
            room[a] -= 1
            room[b] -= 1
            taken.append((1, a, b, ground_between(prepared, a, b).fit))
        found = _take_round(walker, apart, asked.floor, band, used, walker.numbers(room))
        taken.extend((number, *pair) for pair in found)
    return taken, band.seen


def _take_round(
    walker: Walker, apart: "Apart", least: int, band: Band, used, room
) -> list[tuple[int, int, int]]:
    """One round: from the first band, then, among those with room left, from one after another."""
    found = walker.take(band, room, used)
    apart.add(found)
    wider = 1
    while not band.whole:
        band = walker.sweep(walker.met(apart.rows), room, least, wider)
        more = walker.take(band, room, walker.walk.zeros(max(1, band.kept), "int8"))
        apart.add(more)
        found += more
        wider *= 1 if more else 2  # a band so narrow that nothing was in it
    return found


class Apart:
    """Who has met whom, both directions, growing with each round."""

    def __init__(self, prepared: Prepared, asked: Asked) -> None:
        numbers = prepared.numbers
        self.rows: list[list[int]] = [[] for _ in prepared.people]
        self.kept = [(numbers[a], numbers[b]) for a, b in sorted(asked.kept)]
        self.add((numbers[a], numbers[b]) for a, b in asked.met | asked.kept)

    def add(self, pairs: Iterable[Sequence[int]]) -> None:
        for a, b, *_ in pairs:
            self.rows[a].append(b)
            self.rows[b].append(a)


def _told(prepared: Prepared, walker: Walker, asked: Asked, taken: list) -> tuple[Pair, ...]:
    """The pairs with their reasons, by round, fit falling, a, b. Every boundary is asserted again."""
    pairs = []
    doing = sentence("Writing the reasons")
    for done, (number, a, b, fit) in enumerate(sorted(taken, key=lambda one: (one[0], -one[3], *one[1:3]))):
        if done % 500 == 0:
            walker.progress(done, len(taken), doing)
        refs = prepared.people[a].ref, prepared.people[b].ref
        ground = ground_between(prepared, a, b)
        if failing(prepared, a, b) or ground.fit != fit:
            raise AssertionError(f"The pairing broke its own rules for {refs[0]} and {refs[1]}.")
        pairs.append(
            Pair(
                round=number,
                a=refs[0],
                b=refs[1],
                fit=fit,
                shared=shared_names(prepared, ground),
                reason=reason_for(prepared, ground),
                kept=number == 1 and refs in asked.kept,
            )
        )
    return tuple(pairs)
