"""For each person the best compatible peers, room aside."""

from beenthere.foundation.sentences import sentence
from beenthere.matching.core.compiled.rows import NO
from beenthere.matching.core.plan import Asked, Near
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.reasons import reason_between
from beenthere.matching.core.walking import Walker


def nearest_of(prepared: Prepared, walker: Walker, asked: Asked, wanted: int) -> tuple[Near, ...]:
    """The `wanted` best peers of everyone, by ref and rank: boundaries hold and the fit reaches the floor;
    capacity 0 on either side counts; who has met before is left out. Equal fits stand in the order in
    which a round would take them."""
    people = len(prepared.people)
    wanted = min(wanted, people - 1)
    if wanted <= 0:
        return ()
    peers, fits = (walker.walk.zeros(people * wanted) for _ in range(2))
    met: list[list[int]] = [[] for _ in range(people)]
    for pair in asked.met:
        a, b = (prepared.numbers[ref] for ref in pair)
        met[a].append(b)
        met[b].append(a)
    apart, room = walker.met(met), walker.numbers([1] * people)
    scratch = [walker.scratch() for _ in range(walker.threads)]

    def work(thread: int, start: int, stop: int) -> None:
        walker.walk.nearest(
            walker.tables,
            walker.order,
            apart,
            room,
            asked.floor,
            start,
            stop,
            wanted,
            peers,
            fits,
            scratch[thread],
        )

    walker.over(people, sentence("Looking for the nearest"), work)
    return tuple(
        Near(
            ref=prepared.people[person].ref,
            peer=prepared.people[peer].ref,
            rank=rank + 1,
            fit=int(fits[person * wanted + rank]),
            reason=reason_between(prepared, min(person, peer), max(person, peer)),
        )
        for person in range(people)
        for rank in range(wanted)
        if (peer := int(peers[person * wanted + rank])) != NO
    )
