"""What each of a few people may meet of the others, said once more in the plainest way: who is in which talk,
who wrote what when, and who is blocked since when. People are numbers, time is a number. Nothing of the
software is used here, so that no fault of it can be repeated.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

ME, INTRODUCED, MEMBERS, ANYONE = "me", "introduced", "members", "anyone"


@dataclass
class Written:
    """A piece. `listed` counts for what is open to anyone."""

    by: int
    words: str
    audience: str
    at: int
    ref: str
    listed: bool = True


@dataclass
class Said:
    by: int
    words: str
    number: int
    piece: Written | None = None

    def all_words(self) -> set[str]:
        return {self.words} | ({self.piece.words} if self.piece else set())


@dataclass
class Talk:
    """A talk of two. `called`: the name of each in it. `lets`: who lets their words be taken along."""

    called: dict[int, str]
    ref: str
    ended: bool = False
    said: list[Said] = field(default_factory=list)
    lets: set[int] = field(default_factory=set)

    @property
    def two(self) -> tuple[int, ...]:
        return tuple(self.called)

    def other(self, who: int) -> int:
        return sum(self.called) - who


@dataclass
class Model:
    people: range
    now: int = 0
    talks: list[Talk] = field(default_factory=list)
    pieces: list[Written] = field(default_factory=list)
    blocks: dict[tuple[int, int], int] = field(default_factory=dict)
    muted_talks: set[tuple[int, int]] = field(default_factory=set)  # who muted whom in a talk
    muted_pieces: dict[tuple[int, str], int] = field(default_factory=dict)  # who muted from which, since when

    # What happens
    def block(self, by: int, other: int, *, heard: bool = True) -> None:
        """A block ends what there is between the two, for good; one whose news got lost (`heard` is false)
        keeps them apart as long as it stands. A second one of the same changes nothing."""
        if (by, other) in self.blocks:
            return
        self.blocks[by, other] = self.now
        for talk in self.talks:
            if heard and set(talk.two) == {by, other}:
                talk.ended = True

    # What may be met
    def apart(self, a: int, b: int) -> bool:
        return (a, b) in self.blocks or (b, a) in self.blocks

    def all_apart(self, who: int) -> set[int]:
        return {other for other in self.people if self.apart(who, other)}

    def hears(self, who: int, talk: Talk) -> bool:
        return who in talk.called and not talk.ended and not self.apart(*talk.two)

    def reads(self, who: int, piece: Written) -> bool:
        if who == piece.by or piece.audience == ANYONE:
            return True
        if piece.audience == INTRODUCED:
            return any(piece.by in talk.called and self.hears(who, talk) for talk in self.talks)
        if piece.audience == MEMBERS:
            two = ((who, piece.by), (piece.by, who))
            return all(pair not in self.blocks or self.blocks[pair] > piece.at for pair in two)
        return False

    def lists(self, who: int, piece: Written) -> bool:
        """Whether it stands in a list of theirs."""
        if who == piece.by:
            return True
        if not self.reads(who, piece) or (piece.audience == ANYONE and not piece.listed):
            return False
        if (who, piece.ref) in self.muted_pieces:
            return False
        if piece.audience == INTRODUCED and (who, piece.by) in self.muted_talks:
            return False
        return piece.audience == ANYONE or not any(at <= piece.at for at in self._mutes(who, piece.by))

    def _mutes(self, who: int, author: int) -> Iterator[int]:
        by_ref = {piece.ref: piece.by for piece in self.pieces}
        return (at for (by, ref), at in self.muted_pieces.items() if by == who and by_ref[ref] == author)

    # Words, as sets
    def in_list(self, who: int) -> set[str]:
        return {piece.words for piece in self.pieces if self.lists(who, piece)}

    def in_talk(self, who: int, talk: Talk) -> set[str]:
        """What stands on the page of a talk."""
        whole = self.hears(who, talk)
        return {one for said in talk.said if whole or said.by == who for one in said.all_words()}

    def taken_along(self, who: int, talk: Talk) -> set[str]:
        """Both sides where the other lets them, while it lasts."""
        whole = self.hears(who, talk) and talk.other(who) in talk.lets
        mine = {one for said in talk.said if said.by == who for one in said.all_words()}
        return self.in_talk(who, talk) if whole else mine

    def opened_to(self, reader: int, talk: Talk) -> set[str]:
        """What the other opened to them there: what is for those they met, and what was carried there."""
        other = talk.other(reader)
        carried = {said.piece.words for said in talk.said if said.piece and said.by == other}
        met = [one for one in self.pieces if one.by == other and one.audience == INTRODUCED]
        return carried | {piece.words for piece in met if self.reads(reader, piece)}

    def names(self, who: int) -> set[str]:
        """What the others are called whom they talk with."""
        return {talk.called[talk.other(who)] for talk in self.talks if self.hears(who, talk)}

    def own_words(self, who: int) -> set[str]:
        """All that is theirs: it can stand anywhere they look."""
        found = {piece.words for piece in self.pieces if piece.by == who}
        for talk in self.talks:
            found |= {talk.called[who]} if who in talk.called else set()
            found |= {one for said in talk.said if said.by == who for one in said.all_words()}
        return found
