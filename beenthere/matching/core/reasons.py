"""Why two people fit, in words: what each of them said, so that it is true of these two alone."""

from collections.abc import Iterator

from beenthere.foundation.sentences import Sentence, sentence
from beenthere.matching.core.between import Ground, ground_between, held_by_both
from beenthere.matching.core.held import Held, in_a_sentence
from beenthere.matching.core.prepare import Prepared
from beenthere.matching.core.quotes import quote_around, where_said
from beenthere.matching.core.said import HOPE_SAID, STAND_SAID
from beenthere.matching.core.words import Stem

_MOST_NAMED = 3  # experiences or words that one sentence names


def reason_for(prepared: Prepared, ground: Ground) -> Sentence:
    """Names both, what they share and what each said of it; then what makes meeting easier."""
    return together([*_ground_said(prepared, ground), *_ease_said(ground)])


def reason_between(prepared: Prepared, a: int, b: int) -> Sentence:
    return reason_for(prepared, ground_between(prepared, a, b))


def shared_names(prepared: Prepared, ground: Ground) -> tuple[Sentence | str, ...]:
    """What both share: names of experiences (sentences, since each language has its own), then, where words
    say more, words that both wrote, quoted."""
    direct: list[Sentence | str] = [_title(prepared, mine) for mine, _ in held_by_both(prepared, ground)]
    near = None if direct else nearest_thing(prepared, ground)
    if near is not None:
        direct = [_title_of_near(prepared, near)]
    return (*direct, *(f"“{word}”" for word in words_of_both(prepared, ground)))


def words_of_both(prepared: Prepared, ground: Ground) -> list[str]:
    """The weightiest words that both wrote, if words say more about these two than experiences do."""
    if not ground.stems or ground.words_part < ground.experience_part:
        return []
    telling = [stem for stem in ground.stems if not stem.everyday] or list(ground.stems)
    return [_both_forms(prepared, ground, stem) for stem in telling[:_MOST_NAMED]]


def together(parts: list[Sentence]) -> Sentence:
    """Several sentences as one."""
    whole = parts[0]
    for part in parts[1:]:
        whole = sentence("{so_far} {then}", so_far=whole, then=part)
    return whole


def _ground_said(prepared: Prepared, ground: Ground) -> Iterator[Sentence]:
    both, words = held_by_both(prepared, ground), words_of_both(prepared, ground)
    refs = {"a": prepared.people[ground.a].ref, "b": prepared.people[ground.b].ref}
    if both:
        yield sentence(
            "{a} and {b} have both lived through {experiences}.",
            experiences=[mine.name for mine, _ in both[:_MOST_NAMED]],
            **refs,
        )
        told = [two for two in both[:_MOST_NAMED] if two[0].stand and two[1].stand]
        if told:
            yield from _stands_said(*told[0], len(both) == 1, refs)
        yield from _held_said(prepared, ground, *both[0])
    near = None if both else nearest_thing(prepared, ground)
    if near:
        yield from _near_said(prepared, ground, near, refs)
    if words:
        yield sentence("{a} and {b} both wrote {words}.", words=[f"“{word}”" for word in words], **refs)
        if not both and not (near and (near[0].spans or near[1].spans)):  # quoted once is enough
            yield from _words_said(prepared, ground)
    elif not both and not ground.things:
        yield sentence("{a} and {b} may meet, but have not yet said anything that both share.", **refs)


def _stands_said(mine: Held, theirs: Held, alone: bool, refs: dict) -> Iterator[Sentence]:
    """How it is now for both; where they share more than this (`alone` is false), of what it is said."""
    facts = {
        "experience": mine.name,
        "of_a": STAND_SAID[mine.stand],
        "of_b": STAND_SAID[theirs.stand],
        **refs,
    }
    if mine.stand == theirs.stand and alone:
        yield sentence("Both say of it: {stand}.", stand=STAND_SAID[mine.stand])
    elif mine.stand == theirs.stand:
        yield sentence("Both say of {experience}: {stand}.", stand=STAND_SAID[mine.stand], **facts)
    elif alone:
        yield sentence("{a} says of it: {of_a}. {b} says of it: {of_b}.", **facts)
    else:
        yield sentence("{a} says of {experience}: {of_a}. {b} says of it: {of_b}.", **facts)


def _held_said(prepared: Prepared, ground: Ground, mine: Held, theirs: Held) -> Iterator[Sentence]:
    """What each said of what they hold: in their own words, or that they named it."""
    for number, held in ((ground.a, mine), (ground.b, theirs)):
        person = prepared.people[number]
        if held.spans:
            yield _quoted(person.ref, quote_around(person.words, *held.spans[0]))
        else:
            yield sentence("{ref} named it.", ref=person.ref)


def nearest_thing(prepared: Prepared, ground: Ground) -> tuple[Held, Held, str | None] | None:
    """What of `a` and what of `b` is closest without being the same, and what is broader than both (None
    when they only touch each other)."""
    mine, theirs = prepared.held[ground.a], prepared.held[ground.b]
    for thing in ground.things:
        if thing[0] == "experience":
            one, other = (_beneath(prepared, held, thing[1]) for held in (mine, theirs))
            if one and other:
                return one, other, thing[1]
        elif thing[0] == "touching":
            for here, there in (thing[1:], thing[:0:-1]):
                if here in mine and there in theirs:
                    return mine[here], theirs[there], None
    return None


def _beneath(prepared: Prepared, held: dict[str, Held], broader: str) -> Held | None:
    if broader in held:
        return held[broader]
    broader_of = prepared.vocabulary.broader_of
    near = (one for key, one in held.items() if not key.startswith("written:") and broader in broader_of(key))
    return next(near, None)


def _near_said(prepared: Prepared, ground: Ground, near: tuple, refs: dict) -> Iterator[Sentence]:
    mine, theirs, broader = near
    facts = {"of_a": mine.name, "of_b": theirs.name, **refs}
    if broader is None:
        yield sentence(
            "{a} has lived through {of_a}, and {b} through {of_b}: these often touch each other.", **facts
        )
    elif broader in (mine.key, theirs.key):
        yield sentence("{a} has lived through {of_a}, and {b} through {of_b}.", **facts)
    else:
        name = Sentence(in_a_sentence(prepared.vocabulary.name(broader)))
        yield sentence(
            "{a} has lived through {of_a}, and {b} through {of_b}: both belong to {broader}.",
            broader=name,
            **facts,
        )
    for number, held in ((ground.a, mine), (ground.b, theirs)):
        if held.spans:
            person = prepared.people[number]
            yield _quoted(person.ref, quote_around(person.words, *held.spans[0]))


def _words_said(prepared: Prepared, ground: Ground) -> Iterator[Sentence]:
    telling = next((stem for stem in ground.stems if not stem.everyday), ground.stems[0])
    for number in (ground.a, ground.b):
        person = prepared.people[number]
        place = where_said(person.words, prepared.stems[number][telling][1])
        yield _quoted(person.ref, quote_around(person.words, *place))


def _quoted(ref: str, quote: str) -> Sentence:
    return sentence("{ref} wrote: “{quote}”", ref=ref, quote=quote)


def _both_forms(prepared: Prepared, ground: Ground, stem: Stem) -> str:
    forms = [prepared.stems[number][stem][1] for number in (ground.a, ground.b)]
    return forms[0] if forms[0] == forms[1] else " / ".join(forms)


def _ease_said(ground: Ground) -> Iterator[Sentence]:
    if not ground.things and not ground.stems:
        return
    if ground.hopes:
        yield sentence("Both hope {hopes}.", hopes=[HOPE_SAID[hope] for hope in ground.hopes])
    if ground.minutes:
        hours, minutes = divmod(ground.minutes, 60)
        yield sentence(
            "In the week both are free at the same time for {hours} h {minutes} min.",
            hours=hours,
            minutes=minutes,
        )
    if ground.place:
        yield sentence("Both said {place}.", place=ground.place)


def _title(prepared: Prepared, held: Held) -> Sentence | str:
    known = not held.key.startswith("written:")
    return Sentence(prepared.vocabulary.name(held.key)) if known else str(held.name)


def _title_of_near(prepared: Prepared, near: tuple[Held, Held, str | None]) -> Sentence:
    mine, theirs, broader = near
    if broader is not None:
        return Sentence(prepared.vocabulary.name(broader))
    return Sentence("{one} / {other}", {"one": _title(prepared, mine), "other": _title(prepared, theirs)})
