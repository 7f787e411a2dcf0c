"""Proposing that two people meet, to everybody who has a place free."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from beenthere.foundation import clock
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.keys.opening import KeyGone
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing
from beenthere.people.actions import begin_company, note_waiting
from beenthere.people.models import Person
from beenthere.people.queries import is_blocked_between
from beenthere.people.queries.never import digests_of, is_never_between
from beenthere.signposts.core.outside import heard
from beenthere.stories.queries import still_quotable

from ..core.meeting import UNSHOWN_FOR
from ..models import Card, Excerpt, Introduction
from ..queries.newcomers import Newcomers, newcomers_now
from ..queries.places import Room, apart_from, rooms
from .introductions import INTRODUCTION, settle

MOST_TURNS = 4  # of asking again those whose best was taken


@dataclass(frozen=True)
class _Two:
    """Two who would fit each other by so much, as the pool told it."""

    a: str
    b: str
    fit: int

    @property
    def pair(self) -> tuple[str, str]:
        return self.a, self.b


def propose(*, person_refs: Collection[str] | None = None, pool=None, by=SITE) -> int:
    """Fills the free places of `person_refs` (None: of everybody); how many introductions were made. First
    those who are new or have room now, then by fit. The same place at the same time gives the same."""
    settle(by=by)
    here = rooms()
    asked = sorted(here if person_refs is None else set(person_refs) & set(here))
    if not asked:
        return 0
    if pool is None:
        from ..queries.pool import the_pool

        pool = the_pool()
    everybody = set(pool.people)
    asked = [ref for ref in asked if ref in everybody]
    apart = apart_from(None if person_refs is None else asked)
    free = {ref: room.free for ref, room in here.items() if ref in everybody}
    new = newcomers_now()
    made = 0
    for _ in range(MOST_TURNS):
        chosen = list(_chosen(_twos(pool, asked, everybody, free, apart, new), here, free, apart, new))
        made += sum(_introduce(two, pool, by) for two in chosen)
        if not chosen:
            break
    return made


def _twos(pool, asked, everybody: set[str], free: dict[str, int], apart, new: Newcomers) -> list[_Two]:
    """For everybody asked who has a place, their best among those who have one too."""
    full = {ref for ref in everybody if not free.get(ref)}
    found: dict[tuple[str, str], _Two] = {}
    turn = pool.turn()
    for ref in asked:
        if free[ref]:
            without = full | apart.get(ref, set()) | new.closed_to(ref)
            for other, fit in turn.best_for(ref, without=without, most=free[ref]):
                two = _Two(*sorted((ref, other)), fit)
                found.setdefault(two.pair, two)
    return list(found.values())


def _chosen(
    twos: list[_Two], here: dict[str, Room], free: dict[str, int], apart, new: Newcomers
) -> Iterable[_Two]:
    """Of those, as many as there are places, the first and the fittest first. Takes their places."""

    def order(two: _Two) -> tuple:
        is_first = any(here[ref].first for ref in two.pair)
        return (not is_first, -two.fit, two.pair)

    for two in sorted(twos, key=order):
        a, b = two.pair
        if free.get(a) and free.get(b) and new.allow(a, b):
            free[a] -= 1
            free[b] -= 1
            apart.setdefault(a, set()).add(b)
            apart.setdefault(b, set()).add(a)
            new.take(a, b)
            yield two


def _introduce(two: _Two, pool, by) -> bool:
    """Whether the two have been introduced. Sealed first; then looked at again, under their locks."""
    people = {person.ref: person for person in Person.objects.filter(ref__in=two.pair)}
    if len(people) < 2:
        return False
    row, candidate = Introduction(a=two.a, b=two.b), pool.candidate(two.a, two.b)
    excerpts = [
        Excerpt(introduction=row, author=people[author], piece=piece, words=words)
        for author, piece, words in candidate.excerpts
        if not heard(words)  # no door is open before two have met
    ]
    cards = [
        _card(row, people[ref], candidate.why[side], excerpts)
        for ref, side in ((two.a, "mine"), (two.b, "theirs"))
    ]
    try:
        seal(*cards, *excerpts)
    except KeyGone:
        return False
    called = {ref: digests_of(person.name) for ref, person in people.items()}
    with writing():
        if is_never_between(two.a, two.b, called):
            return False
        return _write(row, cards, excerpts, pool, by)


def _card(row: Introduction, person: Person, why: dict, excerpts: list[Excerpt]) -> Card:
    now = clock.now()
    quoted = sum(excerpt.author.ref != person.ref for excerpt in excerpts)
    return Card(
        introduction=row, person=person, why=why, quoted=quoted, made_at=now, ends_at=now + UNSHOWN_FOR
    )


def _write(row: Introduction, cards: list[Card], excerpts: list[Excerpt], pool, by) -> bool:

    locked = Person.objects.select_for_update(no_key=True).filter(ref__in=(row.a, row.b)).order_by("ref")
    people = list(locked)
    if len(people) < 2 or len(rooms((row.a, row.b))) < 2 or is_blocked_between(row.a, row.b):
        return False
    if Introduction.objects.filter(a=row.a, b=row.b).exists() or not pool.are_as_read((row.a, row.b)):
        return False
    new = newcomers_now((row.a, row.b))
    if not new.allow(row.a, row.b):
        return False
    for card, other in zip(cards, reversed(cards), strict=True):
        card.of_newcomer = other.person.ref in new.new
    row.save(force_insert=True)
    for one in (*cards, *excerpts):
        one.introduction = row  # it has its number only now
    Card.objects.bulk_create(cards)
    standing = still_quotable({excerpt.piece for excerpt in excerpts})
    Excerpt.objects.bulk_create([excerpt for excerpt in excerpts if excerpt.piece in standing])
    begin_company(people=people, kind=INTRODUCTION, subject=row.ref, by=by)
    for person in people:
        note_waiting(person_ref=person.ref, by=by)
    return True
