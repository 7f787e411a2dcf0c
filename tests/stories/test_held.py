"""Pieces that speak of ways of harming oneself, or urge somebody to it: covered for few, held for many. And
no way outside in what many may read."""

import json

import pytest

from beenthere.conversations.actions import open_conversation
from beenthere.foundation import clock
from beenthere.foundation.models import LedgerRow
from beenthere.foundation.refs import SITE
from beenthere.people.actions import make_access_token
from beenthere.stories import actions
from beenthere.stories.actions import Refused, change_piece
from beenthere.stories.actions.holding import let_piece_go
from beenthere.stories.events import PieceHeld
from beenthere.stories.models import ANYONE, INTRODUCED, ME, MEMBERS, Piece
from beenthere.stories.queries import first_pieces, quotable_pieces_of
from tests.cast import person, signed_in

from .conftest import a_piece

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
METHOD = "how long does it take to bleed out"
URGING = "kys loser"
DISCLOSURE = "I want to die and I don't know who else to say it to."
MANY = (MEMBERS, ANYONE)
OWN_WORDS = {"experiences": [{"experience": URGING, "known": False, "stand": None}], "language": "en"}


@pytest.fixture
def held(monkeypatch) -> list[str]:
    """The refs of the pieces that a steward is asked to look at."""
    told, announce = [], actions.announce
    monkeypatch.setattr(
        actions,
        "announce",
        lambda one: (told.append(one.ref) if isinstance(one, PieceHeld) else None, announce(one)),
    )
    return told


def pages(client, ref: str = "") -> dict[str, str]:
    """What a page of the list, of the piece and of the first screen says, by address."""
    return {at: client.get(at).content.decode() for at in ("/stories/", f"/stories/{ref}/")}


def api(client, who, method: str, path: str, told=None):
    _, token = make_access_token(label="A program", by=who)
    more = {} if told is None else {"data": json.dumps(told), "content_type": "application/json"}
    return getattr(client, method)(
        f"/api/v1/pieces/{path}", headers={"authorization": f"Bearer {token}"}, **more
    )


@pytest.mark.parametrize("audience", MANY)
@pytest.mark.parametrize(
    ("words", "about", "lane"), [(METHOD, None, "method"), ("A cup.", OWN_WORDS, "urging")]
)
def test_what_many_may_read_waits_for_a_look(client, ana, ben, held, audience, words, about, lane):
    more = {"about": about} if about else {}
    piece = a_piece(ana, words, audience=audience, listed=True, quotable=True, **more)
    assert (piece.covered, piece.held, held) == (lane, lane, [piece.ref])
    for who in (ben, None):
        at = signed_in(client, who) if who else type(client)()
        assert [words in page for page in pages(at, piece.ref).values()] == [False, False]
        assert at.get(f"/stories/{piece.ref}/").status_code == 404
    assert words not in type(client)().get("/").content.decode()
    assert api(client, ben, "get", piece.ref).status_code == 404
    assert [one["ref"] for one in api(client, ben, "get", "").json()] == []
    assert quotable_pieces_of([ana.ref]) == {}
    mine = pages(signed_in(client, ana), piece.ref)
    assert ["waits for a steward’s look" in page for page in mine.values()] == [True, True]
    told = api(client, ana, "get", piece.ref).json()
    assert (told["held"], told["covered"]) == (True, lane)


def test_a_steward_lets_it_go_and_it_stands_behind_its_cover(client, ana, ben, held):
    sol = person("Sol")
    piece = a_piece(ana, METHOD, audience=ANYONE, listed=True, quotable=True)
    assert let_piece_go(ref=piece.ref, by=sol) is True
    assert let_piece_go(ref=piece.ref, by=sol) is False, "it waits no more"
    assert list(LedgerRow.objects.filter(act="piece let go").values_list("ref", flat=True)) == [piece.ref]
    for page in pages(signed_in(client, ben), piece.ref).values():
        before, inside = page.split('<details class="covered">')
        assert METHOD not in before
        assert METHOD in inside.split("</summary>")[1]
    told = api(client, ben, "get", piece.ref).json()
    assert (told["held"], told["covered"]) == (None, "method")
    assert (first_pieces(most=3), quotable_pieces_of([ana.ref])) == ([], {})
    piece.refresh_from_db()
    change_piece(piece=piece, words=METHOD, about=piece.about, audience=MEMBERS, by=ana)
    assert (piece.held, held) == ("", [piece.ref]), "the same words are not held again"
    change_piece(piece=piece, words=METHOD + "?", about=piece.about, audience=MEMBERS, by=ana)
    assert (piece.held, held) == ("method", [piece.ref, piece.ref])


def test_what_was_changed_after_the_look_is_not_let_go(ana):
    piece, looked = a_piece(ana, METHOD), clock.now()
    change_piece(piece=piece, words=URGING, about=piece.about, audience=MEMBERS, by=ana)
    assert let_piece_go(ref=piece.ref, as_of=looked, by=SITE) is False
    assert Piece.objects.get().held == "urging"


def test_its_author_need_not_wait(ana, held):
    piece = a_piece(ana, METHOD)
    change_piece(piece=piece, words="I set two cups out.", about=piece.about, audience=MEMBERS, by=ana)
    assert (piece.covered, piece.held) == ("", "")
    again = a_piece(ana, METHOD)
    change_piece(piece=again, words=METHOD, about=again.about, audience=INTRODUCED, by=ana)
    assert (again.covered, again.held, held) == ("method", "", [piece.ref, again.ref])


def test_for_those_one_met_it_is_covered_and_for_oneself_nothing_is_written_down(client, ana, ben, held):
    open_conversation(people=[(ana, "Ana"), (ben, "Robin")], by=SITE)
    piece, own = a_piece(ana, METHOD, audience=INTRODUCED), a_piece(ana, METHOD, audience=ME)
    assert (piece.covered, piece.held, own.covered, own.held, held) == ("method", "", "", "", [])
    for page in pages(signed_in(client, ben), piece.ref).values():
        assert METHOD not in page.split('<details class="covered">')[0]
        assert METHOD in page


@pytest.mark.parametrize("audience", [ME, INTRODUCED, MEMBERS, ANYONE])
def test_what_somebody_says_of_themselves_is_neither_held_nor_covered(ana, held, audience):
    piece = a_piece(ana, DISCLOSURE, audience=audience)
    assert (piece.covered, piece.held, held) == ("", "", [])


@pytest.mark.parametrize("audience", MANY)
def test_no_way_outside_stands_in_what_many_may_read(client, ana, audience):
    words = "Write to me at wren@example.org, or call 020 7946 0991."
    with pytest.raises(Refused) as refused:
        a_piece(ana, words, audience=audience)
    said = str(refused.value.why)
    assert [one in said for one in ("an e-mail address", "a phone number", "a link")] == [True, True, False]
    answer = signed_in(client, ana).post(
        "/stories/write/", {"words": words, "audience": audience, "do": "keep"}
    )
    assert (answer.status_code, Piece.objects.count()) == (422, 0)
    assert "There seems to be an e-mail address in it." in answer.content.decode()
    assert words in answer.content.decode()
    told = api(client, ana, "post", "", {"words": words, "audience": audience})
    assert (told.status_code, "e-mail address" in told.json()["detail"]) == (422, True)
    own = a_piece(ana, words, audience=ME)
    with pytest.raises(Refused):
        change_piece(piece=own, words=words, about=own.about, audience=audience, by=ana)
