"""A small community for tests of introductions, and a pool that is only arithmetic."""

import hashlib
from collections.abc import Collection, Iterable
from types import SimpleNamespace

from beenthere.people.models import Person
from beenthere.people.queries import is_blocked_between
from beenthere.stories.actions import write_piece
from beenthere.stories.models import Piece
from beenthere.stories.queries import quotable_pieces_of
from tests.cast import person


def member(name: str) -> tuple[Person, Piece]:
    """Somebody with one piece that may be quoted."""
    one = person(name)
    about = {"experiences": [], "language": "en"}
    words = f"I have been there, says {name}. It was long ago."
    return one, write_piece(words=words, about=about, audience="members", quotable=True, by=one)


class ArithmeticPool:
    """Stands in for the pool: who fits whom is drawn from the names given, and never changes."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.names = {one.ref: one.name for one in people}
        self.people = sorted(self.names)
        self.asked: list[tuple[str, int]] = []

    def add(self, one: Person) -> None:
        self.names[one.ref] = one.name
        self.people = sorted(self.names)

    def fit(self, a: str, b: str) -> int:
        both = " ".join(sorted((self.names[a], self.names[b])))
        return int.from_bytes(hashlib.sha256(both.encode()).digest()[:2])

    def turn(self) -> "ArithmeticPool":
        return self

    def are_as_read(self, refs: Collection[str]) -> bool:
        return True

    def best_for(self, ref: str, *, without: Collection[str], most: int) -> list[tuple[str, int]]:
        self.asked.append((ref, most))
        others = [one for one in self.people if one != ref and one not in without]
        open_to = [one for one in others if not is_blocked_between(ref, one)]
        best = sorted(open_to, key=lambda one: (-self.fit(ref, one), one))[:most]
        return [(one, self.fit(ref, one)) for one in best]

    def candidate(self, ref: str, other: str) -> SimpleNamespace:
        pieces = quotable_pieces_of([ref, other])
        return SimpleNamespace(
            why={"mine": {"shared": "mine"}, "theirs": {"shared": "theirs"}},
            excerpts=[
                (author, piece.ref, piece.words.split(". ")[0])
                for author in sorted(pieces)
                for piece in pieces[author]
            ],
        )
