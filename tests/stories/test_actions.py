"""Writing, changing and withdrawing; what is refused; what is announced."""

import pytest

from beenthere.foundation import events as foundation_events
from beenthere.foundation.refs import new_ref
from beenthere.stories.actions import Gone, Refused, change_piece, withdraw_piece, write_piece
from beenthere.stories.events import PieceChanged, PieceWithdrawn, PieceWritten
from beenthere.stories.models import ANYONE, INTRODUCED, ME, MEMBERS, Piece
from beenthere.stories.queries import pieces_for, pieces_of, quotable_pieces_of, still_quotable
from tests.cast import person
from tests.foundation.test_canary import everything_stored

from .conftest import LOSS, OWN, a_piece

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
ABOUT = {"experiences": [LOSS, OWN], "language": "en"}


@pytest.fixture
def news(monkeypatch):
    heard = []
    for event in (PieceWritten, PieceChanged, PieceWithdrawn):
        monkeypatch.setitem(foundation_events._reactions, event, [heard.append])
    return heard


def test_a_piece_is_kept_as_told(ana, news):
    piece = write_piece(
        words="  Two cups.\n\nStill. ", about=ABOUT, audience=ANYONE, listed=True, quotable=True, by=ana
    )
    kept = Piece.objects.get()
    facts = (kept.ref, kept.author, kept.words, kept.about, kept.audience, kept.listed, kept.quotable)
    assert facts == (piece.ref, ana, "Two cups.\n\nStill.", ABOUT, ANYONE, True, True)
    assert news == [PieceWritten(piece.ref, ana.ref)]


@pytest.mark.parametrize(
    "words",
    ["", "  \n ", "x" * 4001, "a\0b", "half a pair \ud83d", None, 4],
    ids=["empty", "blank", "long", "NUL", "surrogate", "nothing", "number"],
)
def test_words_that_cannot_be_kept(ana, news, words):
    with pytest.raises(Refused) as refused:
        write_piece(words=words, about=ABOUT, audience=ME, by=ana)
    assert str(refused.value.why).endswith((".", "yet."))
    assert (Piece.objects.count(), news) == (0, [])


@pytest.mark.parametrize("words", ["x", "x" * 4000, "👩‍👩‍👧 ", "كلمات", "a\nb"])
def test_words_at_the_edge_are_kept(ana, words):
    piece = write_piece(words=words, about=ABOUT, audience=ME, by=ana)
    assert Piece.objects.get(pk=piece.pk).words == words.strip()


def about(*experiences, **more) -> dict:
    return {"experiences": list(experiences), "language": "en", **more}


@pytest.mark.parametrize(
    "wrong",
    [
        about(*({**OWN, "experience": f"thing {number}"} for number in range(9))),
        about(LOSS, LOSS),
        about({**LOSS, "experience": "no-such-id"}),
        about({**LOSS, "stand": "cured"}),
        about({**LOSS, "stand": []}),
        about({**LOSS, "known": "yes"}),
        about({**LOSS, "score": 3}),
        about({**OWN, "experience": ""}),
        about({**OWN, "experience": "x" * 81}),
        about({**OWN, "experience": "a\0b"}),
        about("loss-of-a-parent"),
        about(language="x" * 13),
        about(language=None),
        about(mood="low"),
        {"experiences": "loss-of-a-parent"},
        [],
        None,
    ],
)
def test_what_a_piece_cannot_be_about(ana, news, wrong):
    with pytest.raises(Refused):
        write_piece(words="Words.", about=wrong, audience=ME, by=ana)
    assert (Piece.objects.count(), news) == (0, [])


def test_an_unknown_audience_is_refused(ana):
    with pytest.raises(ValueError, match="everybody"):
        write_piece(words="Words.", about=ABOUT, audience="everybody", by=ana)


@pytest.mark.parametrize(
    ("audience", "asked", "kept"),
    [
        (ME, (True, True), (False, False)),
        (INTRODUCED, (True, True), (False, True)),
        (MEMBERS, (True, False), (False, False)),
        (ANYONE, (True, True), (True, True)),
        (ANYONE, (False, False), (False, False)),
    ],
)
def test_consents_hold_only_where_they_mean_something(ana, audience, asked, kept):
    piece = a_piece(ana, audience=audience, listed=asked[0], quotable=asked[1])
    row = Piece.objects.get(pk=piece.pk)
    assert (row.listed, row.quotable) == kept
    assert still_quotable([piece.ref]) == ({piece.ref} if kept[1] else set())


def test_a_change_is_everywhere_at_once(ana, ben, news):
    piece = a_piece(ana, quotable=True)
    changed = {"words": "One cup now.", "about": {"experiences": [], "language": "es"}}
    change_piece(piece=piece, **changed, audience=ME, quotable=True, by=ana)
    row = Piece.objects.get()
    assert (row.words, row.about, row.audience, row.quotable) == (*changed.values(), ME, False)
    assert row.changed_at > row.made_at
    assert (pieces_for(ben), quotable_pieces_of([ana.ref])) == ([], {})
    assert news == [PieceWritten(piece.ref, ana.ref), PieceChanged(piece.ref, ana.ref)]


def test_a_withdrawn_piece_is_gone(ana, ben, news):
    piece = a_piece(ana, quotable=True)
    withdraw_piece(piece=piece, by=ana)
    withdraw_piece(piece=piece, by=ana)
    assert (Piece.objects.count(), pieces_for(ben), quotable_pieces_of([ana.ref])) == (0, [], {})
    assert news[1:] == [PieceWithdrawn(piece.ref, ana.ref)]


def test_nothing_is_changed_after_it_was_withdrawn(ana, news):
    piece = a_piece(ana)
    Piece.objects.filter(pk=piece.pk).delete()
    with pytest.raises(Gone):
        change_piece(piece=piece, words="Back.", about=ABOUT, audience=ANYONE, by=ana)
    assert (Piece.objects.count(), news[1:]) == (0, [])


def test_nobody_else_changes_or_withdraws(ana, ben, news):
    piece = a_piece(ana)
    with pytest.raises(PermissionError):
        change_piece(piece=piece, words="Not hers.", about=ABOUT, audience=ANYONE, by=ben)
    with pytest.raises(PermissionError):
        withdraw_piece(piece=piece, by=ben)
    assert (Piece.objects.get().words, news[1:]) == ("I still set two cups out.", [])


def test_quotable_pieces_of_many_in_one_query(ana, ben, django_assert_num_queries):
    first, second = a_piece(ana, "One.", quotable=True), a_piece(ana, "Two.", quotable=True)
    a_piece(ana, "Not to be quoted.")
    theirs = a_piece(ben, "Three.", quotable=True)
    cleo = person("Cleo")
    with django_assert_num_queries(1):
        found = quotable_pieces_of([ana.ref, ben.ref, cleo.ref, new_ref()])
        said = {
            author: [(one.ref, one.words, one.author.ref) for one in rows] for author, rows in found.items()
        }
    assert said == {
        ana.ref: [(first.ref, "One.", ana.ref), (second.ref, "Two.", ana.ref)],
        ben.ref: [(theirs.ref, "Three.", ben.ref)],
    }


def test_lists_are_newest_first_and_end(ana, ben):
    pieces = [a_piece(ana, f"Piece {number}.") for number in range(5)]
    own = a_piece(ben, "Own.", audience=ME)
    newest = [own.ref, *(piece.ref for piece in reversed(pieces))]
    assert [one.ref for one in pieces_for(ben)] == newest
    assert [one.ref for one in pieces_for(ben, most=2, skip=1)] == newest[1:3]
    assert [one.ref for one in pieces_of(ana)] == newest[1:]


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_no_word_of_a_piece_is_stored_in_plain(caplog):
    caplog.set_level("DEBUG")
    ana = person("Ana")
    own = {"experience": "canarylived", "known": False, "stand": "living with it"}
    piece = a_piece(ana, "canarywritten", about={"experiences": [own, LOSS], "language": "en"})
    change_piece(piece=piece, words="canarychanged", about=ABOUT, audience=ANYONE, by=ana)
    stored = everything_stored()
    assert piece.ref.encode() in stored, "the search reads what is stored"
    canaries = ["canarywritten", "canarychanged", "canarylived", "the silence after"]
    assert [one for one in canaries if one.encode() in stored or one.encode().hex().encode() in stored] == []
    assert [one for one in canaries if one in caplog.text] == []
