"""Who reads which piece: every kind of viewer against every audience, at the gate and in the lists."""

import pytest
from django.http import Http404

from beenthere.foundation.keys.actions import destroy_key
from beenthere.foundation.refs import SITE, new_ref
from beenthere.people.actions import (
    begin_company,
    block,
    delete_person,
    end_company,
    pause,
)
from beenthere.people.models import ADDRESS, ASKING, SUSPENDED, Person
from beenthere.safety.models import Steward
from beenthere.stories import access
from beenthere.stories.access import get_own_piece_for, get_piece_for
from beenthere.stories.models import ANYONE, INTRODUCED, ME, MEMBERS, Piece
from beenthere.stories.queries import pieces_for, quotable_pieces_of
from tests.cast import person

from .conftest import a_piece

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
LISTED = "listed"
KINDS = [ME, INTRODUCED, MEMBERS, ANYONE, LISTED]
#                      by its address                             in a list
TABLE = {
    "author": ([ME, INTRODUCED, MEMBERS, ANYONE, LISTED], [ME, INTRODUCED, MEMBERS, ANYONE, LISTED]),
    "pair": ([INTRODUCED, MEMBERS, ANYONE, LISTED], [INTRODUCED, MEMBERS, LISTED]),
    "pair, paused": ([INTRODUCED, MEMBERS, ANYONE, LISTED], [INTRODUCED, MEMBERS, LISTED]),
    "once a pair": ([MEMBERS, ANYONE, LISTED], [MEMBERS, LISTED]),
    "only proposed": ([MEMBERS, ANYONE, LISTED], [MEMBERS, LISTED]),
    "stranger": ([MEMBERS, ANYONE, LISTED], [MEMBERS, LISTED]),
    "steward": ([MEMBERS, ANYONE, LISTED], [MEMBERS, LISTED]),
    "blocked by her": ([MEMBERS, ANYONE, LISTED], [MEMBERS, LISTED]),
    "blocks her": ([MEMBERS, ANYONE, LISTED], [MEMBERS, LISTED]),
    "pair, blocked": ([MEMBERS, ANYONE, LISTED], [MEMBERS, LISTED]),
    "asking to join": ([ANYONE, LISTED], [LISTED]),
    "only an address": ([ANYONE, LISTED], [LISTED]),
    "suspended": ([ANYONE, LISTED], [LISTED]),
    "visitor": ([ANYONE, LISTED], [LISTED]),
}


def viewer(kind: str, author: Person) -> Person | None:
    if kind in ("author", "visitor"):
        return author if kind == "author" else None
    one = person("Ben")
    subject = new_ref()
    if "pair" in kind:
        begin_company(people=[author, one], kind="pair", subject=subject, by=SITE)
    if kind == "only proposed":
        begin_company(people=[author, one], kind="introduction", subject=subject, by=SITE)
    if kind == "once a pair":
        end_company(kind="pair", subject=subject, by=SITE)
    if kind == "pair, paused":
        pause(by=author)
        pause(by=one)
    if kind in ("blocked by her", "pair, blocked"):
        block(other=one, by=author)
    if kind == "blocks her":
        block(other=author, by=one)
    if kind == "steward":
        Steward.objects.create(person=one)
    standings = {"asking to join": ASKING, "only an address": ADDRESS, "suspended": SUSPENDED}
    if kind in standings:
        one.standing = standings[kind]
        one.save(update_fields=["standing"])
    return one


def shelf_of(author: Person) -> dict[str, Piece]:
    shelf = {kind: a_piece(author, f"Words for {kind}.", audience=kind) for kind in KINDS[:-1]}
    return shelf | {LISTED: a_piece(author, "Words for listed.", audience=ANYONE, listed=True)}


def reads(viewer: Person | None, piece: Piece) -> bool:
    try:
        return get_piece_for(viewer, piece.ref) == piece
    except Http404:
        return False


@pytest.mark.parametrize("kind", TABLE)
def test_who_reads_what(ana, kind):
    shelf = shelf_of(ana)
    one = viewer(kind, ana)
    by_address = [audience for audience in KINDS if reads(one, shelf[audience])]
    listed = [piece.ref for piece in pieces_for(one)]
    in_list = [audience for audience in KINDS if shelf[audience].ref in listed]
    assert (by_address, in_list) == TABLE[kind]


def test_the_table_can_fail(ana, monkeypatch):
    """Without the rule of blocks, one line of the table is red."""
    shelf = shelf_of(ana)
    one = viewer("pair, blocked", ana)
    monkeypatch.setattr(access, "_unblocked", lambda viewer: access.Q())
    assert [audience for audience in KINDS if reads(one, shelf[audience])] != TABLE["pair, blocked"][0]


def test_what_is_refused_looks_the_same(ana, ben):
    hidden = a_piece(ana, audience=ME)
    for ref in (hidden.ref, new_ref(), ""):
        for gate in (get_piece_for, get_own_piece_for):
            with pytest.raises(Http404) as refused:
                gate(ben, ref)
            assert str(refused.value) == ""


def test_who_is_no_member_any_more_is_read_by_nobody_else(ana, ben):
    piece = a_piece(ana, audience=ANYONE, listed=True, quotable=True)
    Person.objects.filter(pk=ana.pk).update(standing=SUSPENDED)
    ana.refresh_from_db()
    assert [reads(one, piece) for one in (None, ben, ana)] == [False, False, True]
    assert (pieces_for(None), pieces_for(ben), quotable_pieces_of([ana.ref])) == ([], [], {})


def test_who_left_took_their_pieces_along(ana, ben):
    piece = a_piece(ana, audience=ANYONE, listed=True)
    delete_person(person=ana, by=ana)
    assert (reads(None, piece), reads(ben, piece), pieces_for(ben)) == (False, False, [])


def test_a_destroyed_key_hides_the_rows_that_still_stand(ana, ben):
    piece = a_piece(ana, audience=ANYONE, listed=True, quotable=True)
    kept = a_piece(ben, "I am still here.", audience=ANYONE, listed=True, quotable=True)
    destroy_key(owner=ana.ref, by=SITE)
    assert (reads(None, piece), [one.ref for one in pieces_for(None)]) == (False, [kept.ref])
    assert list(quotable_pieces_of([ana.ref, ben.ref])) == [ben.ref]
