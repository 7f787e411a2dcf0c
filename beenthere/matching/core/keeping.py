"""Pairs held fixed by hand: what is wrong with them, one by one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.masks import failing
from beenthere.matching.core.plan import pair_of
from beenthere.matching.core.prepare import Prepared


@dataclass(frozen=True, slots=True)
class KeptFault:
    """Why a kept pair cannot stand. `number` is its place among those given, from 0."""

    number: int
    a: str
    b: str
    why: Sentence
    wants: Sentence


def kept_faults(prepared: Prepared, kept: Iterable[tuple[str, str]]) -> list[KeptFault]:
    """Every kept pair that names nobody of the sheet, breaks a boundary of either side, or asks for more
    room than somebody has; a pair given twice counts once."""
    found: list[KeptFault] = []
    used: Counter[str] = Counter()
    seen = set()
    for number, (a, b) in enumerate(kept):
        pair = pair_of(a, b)
        if pair in seen:
            continue
        seen.add(pair)
        faults = list(_faults_of(prepared, a, b))
        if not faults:
            used.update(pair)
            faults = list(_room_faults(prepared, pair, used))
            if faults:
                used.subtract(pair)  # a pair that cannot stand takes no room from the next
        found.extend(KeptFault(number, a, b, *fault) for fault in faults)
    return found


def _faults_of(prepared: Prepared, a: str, b: str) -> Iterator[tuple[Sentence, Sentence]]:
    unknown = [ref for ref in dict.fromkeys((a, b)) if ref not in prepared.numbers]
    for ref in unknown:
        wants = sentence("Write the ref of two people of the sheet.")
        yield sentence("{ref} is not in the sheet.", ref=ref), wants
    if unknown:
        return
    if a == b:
        yield (
            sentence("{ref} cannot be introduced to {ref}.", ref=a),
            sentence("Write two different people."),
        )
        return
    for _, said in failing(prepared, prepared.number_of(a), prepared.number_of(b)):
        yield said, sentence("Part these two, or ask them whether this boundary still stands.")


def _room_faults(
    prepared: Prepared, pair: tuple[str, str], used: Counter[str]
) -> Iterator[tuple[Sentence, Sentence]]:
    for ref in pair:
        capacity = prepared.people[prepared.number_of(ref)].capacity
        if used[ref] > capacity:
            yield (
                sentence("{ref} has room for {capacity}, and this is one more.", ref=ref, capacity=capacity),
                sentence("Part one of the kept pairs, or give {ref} more room in the sheet.", ref=ref),
            )
