"""Why these two, or why not: it holds for every two people of the sheet."""

from dataclasses import dataclass

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.between import ground_between
from beenthere.matching.core.masks import failing
from beenthere.matching.core.plan import Pair, Plan, pair_of, rounded_text
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.reasons import together


@dataclass(frozen=True, slots=True)
class Preferred:
    """A place of `ref` in a round that was taken by `partner` (`kept`: held by hand)."""

    round: int
    ref: str
    partner: str
    fit: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Why:
    """`failing`: the boundaries between the two; `preferred`: who took the places they would have had;
    `paired`: their pair, if they have one; `fit`: how well they fit, boundaries aside, 0..65536."""

    a: str
    b: str
    fit: int
    failing: tuple[Sentence, ...]
    preferred: tuple[Preferred, ...]
    paired: Pair | None
    said: Sentence


def why_not(prepared: Prepared, plan: Plan, a: str, b: str) -> Why:
    """Why `a` and `b` are, or are not, introduced in this plan. Raises KeyError for an unknown ref and
    ValueError when both are the same person."""
    a, b = pair_of(a, b)
    if a == b:
        raise ValueError("One person cannot be introduced to themselves.")
    one, other = prepared.number_of(a), prepared.number_of(b)
    ground = ground_between(prepared, one, other)
    paired = next((pair for pair in plan.pairs if (pair.a, pair.b) == (a, b)), None)
    masks = tuple(said for _, said in failing(prepared, one, other))
    preferred: tuple[Preferred, ...] = ()
    if paired:
        said = _paired_said(paired)
    elif masks:
        said = together([sentence("A boundary is between {a} and {b}.", a=a, b=b), *masks])
    else:
        said = _kept_apart(prepared, plan, a, b, ground.fit)
    if said is None:
        preferred = _preferred(prepared, plan, a, b)
        said = _preferred_said(prepared, plan, a, b, ground.fit, preferred)
    return Why(a, b, ground.fit, masks, preferred, paired, said)


def _paired_said(pair: Pair) -> Sentence:
    said = sentence(
        "{a} and {b} are introduced in round {round}, with a fit of {fit}.",
        a=pair.a,
        b=pair.b,
        round=pair.round,
        fit=rounded_text(pair.fit),
    )
    held = [sentence("This pair was kept by hand.")] if pair.kept else []
    return together([said, *held, pair.reason])


def _kept_apart(prepared: Prepared, plan: Plan, a: str, b: str, fit: int) -> Sentence | None:
    """What other than preference keeps apart two whose boundaries allow them to meet."""
    if (a, b) in plan.asked.met:
        return sentence("{a} and {b} have met before.", a=a, b=b)
    none = [ref for ref in (a, b) if prepared.people[prepared.number_of(ref)].capacity == 0]
    if none:
        closed = [sentence("{ref} has no room for anyone (capacity 0).", ref=ref) for ref in none]
        fits = sentence("{a} and {b} fit at {fit}.", a=a, b=b, fit=rounded_text(fit))
        return together([*closed, fits])
    if fit < plan.asked.floor:
        return sentence(
            "What {a} and {b} share reaches {fit}, and the floor is {floor}.",
            a=a,
            b=b,
            fit=rounded_text(fit),
            floor=plan.asked.floor_said,
        )
    return None


def _preferred(prepared: Prepared, plan: Plan, a: str, b: str) -> tuple[Preferred, ...]:
    """In each round, whose every place was taken by the time these two would have had their turn."""
    found: list[Preferred] = []
    for number in range(1, plan.asked.rounds + 1):
        for ref, other in ((a, b), (b, a)):
            places = [pair for pair in plan.pairs if pair.round == number and ref in (pair.a, pair.b)]
            if len(places) < prepared.people[prepared.number_of(ref)].capacity:
                continue
            found.extend(
                Preferred(number, ref, pair.b if pair.a == ref else pair.a, pair.fit, pair.kept)
                for pair in places
                if other not in (pair.a, pair.b)
            )
    return tuple(found)


def _preferred_said(
    prepared: Prepared, plan: Plan, a: str, b: str, fit: int, preferred: tuple[Preferred, ...]
) -> Sentence:
    said = [
        sentence(
            "{a} and {b} may meet and fit at {fit}, but others were taken first.",
            a=a,
            b=b,
            fit=rounded_text(fit),
        )
    ]
    for number in range(1, plan.asked.rounds + 1):
        for ref in (a, b):
            here = [one for one in preferred if one.round == number and one.ref == ref]
            said.append(_places_said(plan, number, ref, here))
    if _drawn(preferred, fit):
        said.append(sentence("Of equal fits the one who has waited longest comes first, then a drawn lot."))
    return together(said)


def _drawn(preferred: tuple[Preferred, ...], fit: int) -> bool:
    """Whether in some round nobody was strictly closer and only the order of equal fits decided."""
    places: dict[tuple[int, str], list[Preferred]] = {}
    for one in preferred:
        places.setdefault((one.round, one.ref), []).append(one)
    decided = {here[0].round for here in places.values() if all(one.kept or one.fit > fit for one in here)}
    return bool({one.round for one in preferred} - decided)


def _places_said(plan: Plan, number: int, ref: str, places: list[Preferred]) -> Sentence:
    if not places and plan.asked.rounds == 1:
        return sentence("{ref} still has room.", ref=ref)
    if not places:
        return sentence("In round {round} {ref} still has room.", round=number, ref=ref)
    partners = [
        sentence("{partner} (kept by hand)", partner=one.partner)
        if one.kept
        else sentence("{partner} ({fit})", partner=one.partner, fit=rounded_text(one.fit))
        for one in places
    ]
    if plan.asked.rounds == 1:
        return sentence("{ref} is with {partners}.", ref=ref, partners=partners)
    return sentence("In round {round} {ref} is with {partners}.", round=number, ref=ref, partners=partners)
