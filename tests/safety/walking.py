"""A walk through a small place: five people talk, write pieces, block, take blocks back, mute and leave, as
chance (a seed) says; and after each step somebody looks at one surface. What they see is held against a model
that is plain enough to be right: it knows who is in which open talk, who wrote what when, and who is blocked
since when. It shares no line with the rows.

A leak is a word of another that a surface shows and the model does not, or a word that the model shows and
the surface that should does not.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.http import Http404

from beenthere.conversations import sockets
from beenthere.conversations.access import get_message_for, get_room_for
from beenthere.conversations.actions import (
    Draft,
    block_peer,
    end_conversation,
    open_conversation,
    send_messages,
)
from beenthere.conversations.queries import conversations_of, first_conversations_of, page_of
from beenthere.conversations.queries.exporting import export_for
from beenthere.conversations.queries.picture import picture_of
from beenthere.foundation import clock
from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.actions import begin_company, block, unblock
from beenthere.people.actions.muting import mute
from beenthere.people.queries.muting import muted_by
from beenthere.safety.actions import block_author
from beenthere.stories.access import get_piece_for
from beenthere.stories.actions import write_piece
from beenthere.stories.models import ANYONE, INTRODUCED, ME, MEMBERS, Piece
from beenthere.stories.queries import pieces_for
from tests.cast import person

PEOPLE = 5
MOST = 40  # pieces and messages that are looked at


@dataclass
class Talk:
    """As the model knows it."""

    two: tuple[int, int]
    row: object
    ended: bool = False
    said: list[tuple[int, str, int]] = field(default_factory=list)  # by, words, number


@dataclass
class Written:
    by: int
    words: str
    audience: str
    at: datetime
    row: Piece


class Walk:
    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)  # noqa: S311 -- a walk, no secret
        self.people = [person(f"P{number}") for number in range(PEOPLE)]
        self.talks: list[Talk] = []
        self.pieces: list[Written] = []
        self.blocks: dict[tuple[int, int], datetime] = {}
        self.words = 0
        self.looks = 0
        self.at = clock.now()
        self.leaks: list[str] = []

    def step(self) -> None:
        """One thing is done, a second later than the last; then one surface is looked at."""
        self.at += timedelta(seconds=1)
        with clock.stopped_at(self.at):
            doing = self.chance.choices(self.DOES, weights=self.OFTEN)[0]
            doing(self)
            for _ in range(3):
                who = self.chance.randrange(PEOPLE)
                surface = self.chance.choice(self.SURFACES)
                self.looks += 1
                surface(self, who)

    # What is done
    def _write(self) -> None:
        by, audience = self.chance.randrange(PEOPLE), self.chance.choice((ME, INTRODUCED, MEMBERS, ANYONE))
        words, about = self._new_word(), {"experiences": [], "language": "en"}
        row = write_piece(words=words, about=about, audience=audience, listed=True, by=self.people[by])
        self.pieces.append(Written(by, words, audience, self.at, row))
        del self.pieces[:-MOST]

    def _open(self) -> None:
        a, b = self.chance.sample(range(PEOPLE), 2)
        if self._apart(a, b) or any(set(one.two) == {a, b} and not one.ended for one in self.talks):
            return
        two = [self.people[a], self.people[b]]
        row = open_conversation(
            people=[(two[0], f"name-{a}-{len(self.talks)}"), (two[1], f"name-{b}")], by=SITE
        )
        begin_company(people=two, kind="pair", subject=row.ref, by=SITE)
        self.talks.append(Talk((a, b), row))

    def _say(self) -> None:
        talk = self._some_talk()
        if talk is None:
            return
        by, words = self.chance.choice(talk.two), self._new_word()
        (outcome,) = send_messages([Draft(self.people[by].ref, talk.row.ref, new_ref(), words)])
        if (outcome.number is None) != (talk.ended or self._apart(*talk.two)):
            self.leaks.append("words went where they should not, or did not go where they should")
        if outcome.number is not None:
            talk.said.append((by, words, outcome.number))

    def _end(self) -> None:
        talk = self._some_talk()
        if talk is not None:
            end_conversation(conversation=talk.row, by=self.people[talk.two[0]])
            talk.ended = True

    def _block_in_talk(self) -> None:
        talk = self._some_talk()
        if talk is not None:
            by = self.chance.choice(talk.two)
            block_peer(conversation=talk.row, by=self.people[by])
            self._blocked(by, sum(talk.two) - by)

    def _block_from_piece(self) -> None:
        if self.pieces:
            piece, by = self.chance.choice(self.pieces), self.chance.randrange(PEOPLE)
            if by != piece.by:
                block_author(piece=piece.row, by=self.people[by])
                self._blocked(by, piece.by)

    def _block_at_once(self) -> None:
        by, other = self.chance.sample(range(PEOPLE), 2)
        block(other=self.people[other], by=self.people[by])
        self._blocked(by, other)

    def _unblock(self) -> None:
        if self.blocks:
            by, other = self.chance.choice(sorted(self.blocks))
            unblock(other=self.people[other], by=self.people[by])
            del self.blocks[by, other]

    def _mute(self) -> None:
        talk = self._some_talk()
        if talk is not None:
            by = self.chance.choice(talk.two)
            other = self.people[sum(talk.two) - by]
            mute(other=other, subject=talk.row.ref, by=self.people[by])
            assert other.pk in muted_by(self.people[by])

    DOES = (_write, _open, _say, _end, _block_in_talk, _block_from_piece, _block_at_once, _unblock, _mute)
    OFTEN = (20, 22, 30, 3, 3, 2, 2, 12, 3)

    # The model
    def _blocked(self, by: int, other: int) -> None:
        self.blocks.setdefault((by, other), self.at)
        for talk in self.talks:
            if set(talk.two) == {by, other}:
                talk.ended = True

    def _apart(self, a: int, b: int) -> bool:
        return (a, b) in self.blocks or (b, a) in self.blocks

    def _may_hear(self, who: int, talk: Talk) -> bool:
        return who in talk.two and not talk.ended and not self._apart(*talk.two)

    def _may_read(self, who: int, piece: Written) -> bool:
        if piece.by == who or piece.audience == ANYONE:
            return True
        if piece.audience == MEMBERS:
            since = [self.blocks[two] for two in ((who, piece.by), (piece.by, who)) if two in self.blocks]
            return not any(at <= piece.at for at in since)
        met = any({who, piece.by} == set(one.two) and self._may_hear(who, one) for one in self.talks)
        return piece.audience == INTRODUCED and met

    # What is looked at
    def _list(self, who: int) -> None:
        """Muting takes from a list what may be read: the model then asks for no more than what is there."""
        seen = {one.words for one in pieces_for(self.people[who], most=10_000)}
        for piece in self.pieces:
            self._hold(
                "the list of pieces", who, piece.words in seen, self._may_read(who, piece), least=False
            )

    def _page(self, who: int) -> None:
        for piece in self.chance.sample(self.pieces, min(4, len(self.pieces))):
            found = self._there(lambda ref=piece.row.ref: get_piece_for(self.people[who], ref))
            self._hold("the page of a piece", who, found, self._may_read(who, piece))

    def _names(self, who: int) -> None:
        lines = {line.ref: line.name for line in conversations_of(self.people[who])}
        first, _more = first_conversations_of(self.people[who], most=50)
        for talk in self.talks:
            open_ = self._may_hear(who, talk)
            self._hold("the list of talks", who, lines.get(talk.row.ref) is not None, open_)
            self._hold("Today", who, talk.row.ref in {line.ref for line in first}, open_)

    def _talk_page(self, who: int) -> None:
        talk = self._some_talk()
        if talk is None:
            return
        ref, me = talk.row.ref, self.people[who]
        inside, hears = who in talk.two, self._may_hear(who, talk)
        self._hold("a talk", who, self._there(lambda: get_room_for(me, ref)), inside)
        frames, _ = sockets.read(me.ref, ref, 0)
        live = {frame["words"] for frame in frames}
        shown = {one.words for one in page_of(get_room_for(me, ref), me, most=500)[0]} if inside else set()
        took = {one.words for one in export_for(me, get_room_for(me, ref)).said} if inside else set()
        for by, words, number in talk.said[-MOST:]:
            mine = inside and by == who
            self._hold("the page of a talk", who, words in shown, mine or hears)
            self._hold("the live line", who, words in live, hears)
            self._hold("what one takes along", who, words in took, mine, least=False)
            found = self._there(lambda number=number: get_message_for(me, ref, number))
            self._hold("a message", who, found, mine or hears)

    def _picture(self, who: int) -> None:
        talk = self._some_talk()
        if talk is None or not self._may_hear(who, talk):
            return
        picture = picture_of(self.people[who], get_room_for(self.people[who], talk.row.ref), "en")
        seen, other = {one.words for one in picture.theirs}, sum(talk.two) - who
        for piece in self.pieces:
            may = piece.by == other and piece.audience == INTRODUCED and self._may_read(who, piece)
            self._hold("our picture", who, piece.words in seen, may, least=False)

    SURFACES = (_list, _page, _names, _talk_page, _picture)

    def _hold(self, surface: str, who: int, shown: bool, may: bool, *, least: bool = True) -> None:
        """`least`: what may be seen there is also shown."""
        if shown and not may or (least and may and not shown):
            self.leaks.append(f"{surface}: P{who} {'sees' if shown else 'misses'} something at {self.at}")

    def _some_talk(self) -> Talk | None:
        return self.chance.choice(self.talks[-12:]) if self.talks else None

    def _new_word(self) -> str:
        self.words += 1
        return f"word-{self.seed}-{self.words}-is-mine"  # no other walk in this place says it

    @staticmethod
    def _there(get) -> bool:
        try:
            get()
        except Http404:
            return False
        return True
