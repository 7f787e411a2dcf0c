"""A walk through a small place: five people talk, write pieces, carry them, block, take blocks back, mute and
are introduced, as chance (a seed) says; after each step somebody looks at one surface, and at times at a page
or asks the API. What they meet is held against `walking_model`, which knows nothing of the rows.

Every word that is planted looks like no other (`WORD`) and stands in one place alone, so what an answer shows
is read off its text, whatever it is made of. A leak is a word that a surface shows and the model does not, or
a word that the model shows and the surface does not.

Some blocks come without their news (nobody tidies up after them), some talks begin although a block stands,
and some introductions were chosen before a block came: so each gate is asked alone.
"""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random

from django.http import Http404
from django.test import Client

from beenthere.conversations import sockets
from beenthere.conversations.access import get_message_for, get_room_for
from beenthere.conversations.actions import Draft, block_peer, end_conversation, open_conversation
from beenthere.conversations.actions.finding import mark_words_of
from beenthere.conversations.actions.sending import send_messages
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.core import BEEN_THERE, WORDS
from beenthere.conversations.models.between import EXPORT
from beenthere.conversations.queries import (
    conversations_of,
    first_conversations_of,
    messages_for,
    page_of,
)
from beenthere.conversations.queries.exporting import export_for
from beenthere.conversations.queries.finding import found_for
from beenthere.conversations.queries.picture import picture_of
from beenthere.foundation import clock
from beenthere.foundation.models import FailedReaction
from beenthere.foundation.refs import SITE, new_ref
from beenthere.foundation.writing import undone
from beenthere.matching.actions import answer_card
from beenthere.matching.actions.proposing import _introduce, _Two
from beenthere.matching.models import Card, Introduction
from beenthere.matching.queries.pool import the_pool
from beenthere.people.actions import begin_company, block, make_access_token, unblock
from beenthere.people.actions.muting import mute
from beenthere.people.models import Block
from beenthere.safety.actions import block_author
from beenthere.stories.access import get_piece_for
from beenthere.stories.actions import write_piece
from beenthere.stories.models import Piece
from beenthere.stories.queries import others_for, pieces_for
from tests.cast import signed_in
from tests.matching.place_of import lived, member

from .walking_model import ANYONE, INTRODUCED, ME, MEMBERS, Model, Said, Talk, Written

WORD = re.compile(r"zq[a-p]{8}qz")
PEOPLE = 5
CHAPTER = 120  # steps; then everything is as it was in the beginning, and the walk goes on
PAGES = 50  # at every so manieth step a page or the API is asked too
A_SECOND = timedelta(seconds=1)


class Walk:
    """`leaks` says what was found; `looks` how many answers were held against the model."""

    def __init__(self, seed: int = 0, *, pages: int = PAGES) -> None:
        self.chance = Random(seed)  # noqa: S311 -- a walk, no secret
        self.pages = pages
        lived_it = {"experiences": lived("loss-of-a-parent"), "hopes": ["to talk"]}
        self.people = [member(f"P{number}", **lived_it) for number in range(PEOPLE)]
        self.number_of = {one.ref: number for number, one in enumerate(self.people)}
        self.steps = self.looks = self.words = 0
        self.at = clock.now()
        self.leaks: list[str] = []
        self.did: list[str] = []
        self._begin()
        with clock.stopped_at(self.at):
            self.fits = {one: self._best_for(one) for one in range(PEOPLE)}
        assert all(len(fits) == PEOPLE - 1 for fits in self.fits.values()), "all five fit each other"

    def _begin(self) -> None:
        self.model = Model(range(PEOPLE))
        self.introduced: list[frozenset[int]] = []
        self.clients: dict[int, Client] = {}
        self.tokens: dict[int, str] = {}
        self.did = []

    def go(self, steps: int, until: Callable[[], bool] = lambda: False) -> None:
        """That many steps, chapter after chapter; fewer when `until` says so. In place of a transaction."""
        last = self.steps + steps
        while self.steps < last and not until():
            self._begin()
            with undone():
                for _ in range(min(CHAPTER, last - self.steps)):
                    self.step()
                    if until():
                        break
                if FailedReaction.objects.exists():
                    self._leak("a reaction failed")

    def step(self) -> None:
        """One thing is done, a second later than the last; then one surface is looked at."""
        self.at += A_SECOND
        self.steps += 1
        self.model.now = self.steps
        with clock.stopped_at(self.at):
            doing = self.chance.choices(self.DOES, weights=self.OFTEN)[0]
            self.did.append(doing.__name__)
            doing(self)
            self.chance.choice(self.SURFACES)(self, self._anybody())
            if self.steps % self.pages == 0:
                self._a_page(self._anybody())

    # What is done
    def _write(self) -> None:
        by, audience = self._anybody(), self.chance.choice((ME, INTRODUCED, INTRODUCED, MEMBERS, ANYONE))
        words, listed = self._new_word(), self.chance.random() < 0.7
        about = {"experiences": [], "language": "en"}
        row = write_piece(words=words, about=about, audience=audience, listed=listed, by=self.people[by])
        self.model.pieces.append(Written(by, words, audience, self.steps, row.ref, listed))

    def _open(self) -> None:
        """Whether or not a block stands: the gate that asks for it is not here."""
        two = self.chance.sample(range(PEOPLE), 2)
        if any(set(talk.two) == set(two) and not talk.ended for talk in self.model.talks):
            return
        called = {one: self._new_word() for one in two}
        row = open_conversation(people=[(self.people[one], called[one]) for one in two], by=SITE)
        begin_company(people=[self.people[one] for one in two], kind="pair", subject=row.ref, by=SITE)
        self.model.talks.append(Talk(called, row.ref))

    def _say(self) -> None:
        """Mostly one of the two, now and then somebody else; at times with a piece of theirs."""
        talk = self._some_talk()
        if talk is None:
            return
        by = self._anybody() if self.chance.random() < 0.1 else self.chance.choice(talk.two)
        mine = [one for one in self.model.pieces if one.by == by]
        piece = self.chance.choice(mine) if mine and self.chance.random() < 0.2 else None
        kind, ref, words = (BEEN_THERE if piece else WORDS), piece.ref if piece else "", self._new_word()
        drafts = [Draft(self.people[by].ref, talk.ref, new_ref(), words, kind=kind, piece=ref)]
        (outcome,) = send_messages(drafts)
        arrives = self.model.hears(by, talk)
        self._hold(
            "saying something", by, {"went"} if outcome.number else set(), {"went"} if arrives else set()
        )
        if outcome.number:
            talk.said.append(Said(by, words, outcome.number, piece))

    def _let_take(self) -> None:
        talk = self._some_talk()
        if talk is not None:
            by = self.chance.choice(talk.two)
            went = self._there(lambda: want(conversation=self._row(talk), what=EXPORT, by=self.people[by]))
            self._hold("wanting something", by, went, self.model.hears(by, talk))
            if went:
                talk.lets.add(by)

    def _end(self) -> None:
        talk = self._some_talk()
        if talk is not None:
            end_conversation(conversation=self._row(talk), by=self.people[talk.two[0]])
            talk.ended = True

    def _block_in_talk(self) -> None:
        talk = self._some_talk()
        if talk is not None:
            by = self.chance.choice(talk.two)
            block_peer(conversation=self._row(talk), by=self.people[by])
            self.model.block(by, talk.other(by))
            talk.ended = True

    def _block_from_piece(self) -> None:
        by = self._anybody()
        others = [one for one in self.model.pieces if one.by != by]
        if others:
            piece = self.chance.choice(others)
            row = Piece.objects.select_related("author").get(ref=piece.ref)
            block_author(piece=row, by=self.people[by])
            self.model.muted_pieces.setdefault((by, piece.ref), self.steps)
            self.model.block(by, piece.by)

    def _block_at_once(self) -> None:
        by, other = self.chance.sample(range(PEOPLE), 2)
        block(other=self.people[other], by=self.people[by])
        self.model.block(by, other)

    def _block_unheard(self) -> None:
        by, other = self.chance.sample(range(PEOPLE), 2)
        Block.objects.get_or_create(by_person=self.people[by], other=self.people[other])
        self.model.block(by, other, heard=False)

    def _unblock(self) -> None:
        if self.model.blocks:
            by, other = self.chance.choice(sorted(self.model.blocks))
            unblock(other=self.people[other], by=self.people[by])
            del self.model.blocks[by, other]

    def _mute(self) -> None:
        talk = self._some_talk()
        if talk is not None:
            by = self.chance.choice(talk.two)
            mute(other=self.people[talk.other(by)], subject=talk.ref, by=self.people[by])
            self.model.muted_talks.add((by, talk.other(by)))

    def _introduce(self) -> None:
        """Two who were chosen a moment ago, before whatever came since."""
        two = frozenset(self.chance.sample(range(PEOPLE), 2))
        a, b = sorted(self.people[one].ref for one in two)
        if two in self.introduced or not _introduce(_Two(a, b, 1), the_pool(), SITE):
            return
        self.introduced.append(two)
        self._hold("an introduction", min(two), {"made"}, set() if self.model.apart(*two) else {"made"})

    def _answer_yes(self) -> None:
        if not self.introduced:
            return
        two = sorted(self.chance.choice(self.introduced))
        refs = sorted(self.people[one].ref for one in two)
        called = {one: self._new_word() for one in two}
        for one in two:
            card = Card.objects.select_related("introduction").filter(
                introduction__a=refs[0], introduction__b=refs[1], person=self.people[one]
            )
            answer_card(card=card.get(), answer="yes", called=called[one], by=self.people[one])
        pair = Introduction.objects.get(a=refs[0], b=refs[1]).pair
        self.introduced.remove(frozenset(two))
        if pair:
            self._hold("a pair", two[0], {"began"}, set() if self.model.apart(*two) else {"began"})
            self.model.talks.append(Talk(called, pair))

    DOES = (
        *(_write, _open, _say, _let_take, _end, _block_in_talk, _block_from_piece, _block_at_once),
        *(_block_unheard, _unblock, _mute, _introduce, _answer_yes),
    )
    OFTEN = (22, 16, 30, 4, 2, 3, 2, 2, 4, 12, 2, 1, 1)

    # What is looked at
    def _list(self, who: int) -> None:
        seen = _of(pieces_for(self.people[who], most=1000))
        self._hold("the list of pieces", who, seen, self.model.in_list(who))

    def _list_of_others(self, who: int) -> None:
        own = {one.words for one in self.model.pieces if one.by == who}
        seen = _of(others_for(self.people[who], most=1000).pieces)
        self._hold("the list of others", who, seen, self.model.in_list(who) - own)

    def _piece(self, who: int) -> None:
        others = [one for one in self.model.pieces if one.by != who]
        if others:
            piece = self.chance.choice(others)
            found = self._there(lambda: get_piece_for(self.people[who], piece.ref))
            self._hold(f"a piece for {piece.audience}", who, found, self.model.reads(who, piece))

    def _names(self, who: int) -> None:
        seen = {one.name for one in conversations_of(self.people[who]) if one.name}
        self._hold("the names of talks", who, seen, self.model.names(who))

    def _names_first(self, who: int) -> None:
        first, _more = first_conversations_of(self.people[who], most=50)
        self._hold("the names on Today", who, {one.name for one in first}, self.model.names(who))

    def _live(self, who: int) -> None:
        talk = self._some_talk()
        if talk is not None:
            hears, me = self.model.hears(who, talk), self.people[who].ref
            frames, _now = sockets.read(me, talk.ref, 0)
            may = self.model.in_talk(who, talk) if hears else set()
            self._hold("the live line", who, words_in(repr(frames)), may)
            self._hold("following a talk", who, sockets.may_read(me, talk.ref), hears)
            self._hold("signs of each other", who, bool(sockets.signs(me, talk.ref).membership), hears)

    def _message(self, who: int) -> None:
        talk = self._some_talk()
        if talk is not None and talk.said:
            said = self.chance.choice(talk.said)
            found = self._there(lambda: get_message_for(self.people[who], talk.ref, said.number))
            self._hold("a message", who, found, self.model.hears(who, talk) or said.by == who)

    def _talk(self, who: int) -> None:
        talk = self._some_talk()
        if talk is None:
            return
        if who not in talk.two:
            found = self._there(lambda: get_room_for(self.people[who], talk.ref))
            self._hold("a talk of others", who, found, False)
            who = self.chance.choice(talk.two)
        me, may = self.people[who], self.model.in_talk(who, talk)
        room, which = get_room_for(me, talk.ref), self.chance.randrange(3)
        if which == 0:
            self._hold("the page of a talk", who, _of_said(page_of(room, me, most=500)[0]), may)
        elif which == 1:
            self._hold("the messages of a talk", who, _of_said(messages_for(me, room.row)), may)
        else:
            took = _of_said(export_for(me, room).said)
            self._hold("what one takes along", who, took, self.model.taken_along(who, talk))

    def _picture(self, who: int) -> None:
        open_ones = [talk for talk in self.model.talks if self.model.hears(who, talk)]
        if open_ones:
            talk = self.chance.choice(open_ones)
            picture = picture_of(self.people[who], get_room_for(self.people[who], talk.ref), "en")
            self._hold("our picture", who, _of(picture.theirs), self.model.opened_to(who, talk))

    def _search(self, who: int) -> None:
        said = [(talk, one) for talk in self.model.talks for one in talk.said]
        if said:
            talk, one = self.chance.choice(said)
            mark_words_of(by=self.people[who])
            mark_words_of(by=self.people[one.by])
            found = {one.words} & _of(hit.said for hit in found_for(self.people[who], one.words).hits)
            self._hold("finding words again", who, found, {one.words} & self.model.in_talk(who, talk))

    def _matching(self, who: int) -> None:
        self._hold("who could be met", who, self._best_for(who), self.fits[who] - self.model.all_apart(who))

    SURFACES = (
        *(_list, _list_of_others, _piece, _piece, _names, _names_first, _live, _message, _talk, _talk),
        *(_picture, _search, _matching),
    )

    # Pages, and the API
    def _a_page(self, who: int) -> None:
        talk, pieces = self._some_talk(), self.model.pieces
        asked: list[tuple[str, bool, set[str] | None]] = [
            ("/stories/", True, None),
            ("/talk/", True, self.model.names(who)),
            ("/today/", True, None),
            ("/api/v1/pieces/?most=100", True, self.model.in_list(who)),
            ("/api/v1/conversations/", True, self.model.names(who)),
        ]
        if pieces:
            piece = self.chance.choice(pieces)
            reads = self.model.reads(who, piece)
            shown = {piece.words} if reads else set()
            asked += [(f"/stories/{piece.ref}/", reads, shown), (f"/api/v1/pieces/{piece.ref}", reads, shown)]
            asked += [(f"/safety/report/piece/{piece.ref}/", reads and piece.by != who, None)]
        if talk is not None:
            inside, hears = who in talk.two, self.model.hears(who, talk)
            said, took = self.model.in_talk(who, talk), self.model.taken_along(who, talk)
            page, api = f"/talk/{talk.ref}/", f"/api/v1/conversations/{talk.ref}/"
            asked += [(page, inside, said if inside else None), (f"{page}picture/", hears, None)]
            asked += [(f"{page}export/?as=json", inside, took), (f"{page}beside/", hears, None)]
            asked += [(f"{api}messages", inside, said), (f"{api}newest", inside, said)]
            asked += [(f"{api}export", inside, took), (f"{api}picture", hears, None)]
        address, opens, must = self.chance.choice(asked)
        self._ask(who, address, opens=opens, must=must)

    def _ask(self, who: int, address: str, *, opens: bool, must: set[str] | None) -> None:
        """`must`: what has to stand there; None: nothing beyond what they may meet anywhere at all."""
        api = address.startswith("/api/")
        if who not in self.clients:
            self.clients[who] = signed_in(Client(), self.people[who])
            self.tokens[who] = make_access_token(label="", by=self.people[who])[1]
        head = {"Authorization": f"Bearer {self.tokens[who]}"} if api else {}
        answer = (Client() if api else self.clients[who]).get(address, headers=head)
        surface = re.sub(r"[a-z0-9]{16}", "REF", address)
        self._hold(surface, who, answer.status_code == 200, opens)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        shown = words_in(content.decode())
        may = (
            self._anywhere(who) if must is None else must | self.model.own_words(who) | self.model.names(who)
        )
        self._hold(surface, who, shown, may, must or set())

    def _anywhere(self, who: int) -> set[str]:
        found = self.model.own_words(who) | self.model.names(who)
        found |= {one.words for one in self.model.pieces if self.model.reads(who, one)}
        for talk in self.model.talks:
            found |= self.model.in_talk(who, talk)
        return found

    # Small things
    def _hold(self, surface: str, who: int, shown, may, must=None) -> None:
        """Sets of words, or yes and no: all of what is shown may be, and what must be is shown."""
        if isinstance(shown, bool):
            shown, may = ({"it"} if shown else set()), ({"it"} if may else set())
        self.looks += 1
        for word in sorted(shown - may):
            self._leak(f"{surface}: P{who} sees {word}")
        for word in sorted((may if must is None else must) - shown):
            self._leak(f"{surface}: P{who} misses {word}")

    def _leak(self, what: str) -> None:
        self.leaks.append(f"step {self.steps}: {what} after {', '.join(self.did[-4:])}")

    def _best_for(self, who: int) -> set[int]:
        found = the_pool().turn().best_for(self.people[who].ref, without=(), most=PEOPLE)
        return {self.number_of[ref] for ref, _fit in found}

    def _anybody(self) -> int:
        return self.chance.randrange(PEOPLE)

    def _some_talk(self) -> Talk | None:
        return self.chance.choice(self.model.talks) if self.model.talks else None

    def _row(self, talk: Talk):
        return get_room_for(self.people[talk.two[0]], talk.ref).row

    def _new_word(self) -> str:
        self.words += 1
        digits = f"{self.words % 16**8:08x}"
        return "zq" + "".join("abcdefghijklmnop"[int(digit, 16)] for digit in digits) + "qz"

    @staticmethod
    def _there(get) -> bool:
        try:
            get()
        except Http404:
            return False
        return True


def words_in(text: str) -> set[str]:
    return set(WORD.findall(text))


def _of(rows: Iterable) -> set[str]:
    return words_in(" ".join(row.words or "" for row in rows))


def _of_said(rows: Iterable) -> set[str]:
    return words_in(" ".join(f"{row.words or ''} {row.piece or ''}" for row in rows))
