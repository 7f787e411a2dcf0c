"""Lists of pieces."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from beenthere.foundation.keys.fields import open_together
from beenthere.people.models import Person

from .access import listed_for, opens, quotable
from .models import Piece

PAGE = 20


@dataclass(frozen=True)
class Shelf:
    """`pieces` of a list, newest first; `more`: whether older ones follow."""

    pieces: list[Piece]
    more: bool = False


def pieces_for(viewer: Person | None, *, most: int = PAGE, skip: int = 0) -> list[Piece]:
    """What `viewer` (None: a visitor) finds in a list, one's own included, newest first. Authors are
    loaded; words are open."""
    return _opened(_newest(listed_for(viewer))[skip : skip + most])


def first_pieces(*, most: int) -> list[Piece]:
    """What a visitor meets without having looked for it: as `pieces_for`, and nothing behind a cover."""
    return _opened(_newest(listed_for(None) & Q(covered=""))[:most])


def others_for(viewer: Person | None, *, most: int = PAGE, skip: int = 0) -> Shelf:
    """The same without one's own, and whether older ones follow."""
    found = _newest(listed_for(viewer))
    if viewer is not None:
        found = found.exclude(author=viewer)
    rows = list(found[skip : skip + most + 1])
    return Shelf(_opened(rows[:most]), len(rows) > most)


def pieces_of(person: Person, *, most: int = 200) -> list[Piece]:
    """One's own, newest first."""
    return _opened(Piece.objects.select_related("author").filter(author=person).order_by("-pk")[:most])


def quotable_pieces_of(person_refs: Collection[str]) -> dict[str, list[Piece]]:
    """By author's ref (those without any are left out): the pieces whose words may stand in an
    introduction, oldest first. One query; authors are loaded; words are open."""
    rows = Piece.objects.select_related("author").filter(quotable(), author__ref__in=person_refs)
    found: dict[str, list[Piece]] = {}
    for piece in _opened(rows.order_by("pk")):
        found.setdefault(piece.author.ref, []).append(piece)
    return found


def still_quotable(refs: Collection[str]) -> set[str]:
    """Those of the pieces `refs` that may still be quoted."""
    return set(Piece.objects.filter(quotable(), ref__in=refs).values_list("ref", flat=True))


def _newest(which) -> QuerySet[Piece]:
    return Piece.objects.select_related("author").filter(which).order_by("-pk")


def _opened(rows) -> list[Piece]:
    """Without those whose author's key is gone: their words went with it."""
    rows = list(rows)
    open_together(*rows)
    return [piece for piece in rows if opens(piece)]
