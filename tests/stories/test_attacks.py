"""What somebody who means harm could read from lists of pieces: no block, and no author."""

import pytest
from django.test import Client
from re2 import sub

from beenthere.conversations.actions import block_peer, end_conversation, open_conversation
from beenthere.foundation.refs import SITE
from beenthere.matching.actions import answer_card, propose, show_cards
from beenthere.people.actions import block
from beenthere.stories.models import ANYONE, INTRODUCED, MEMBERS
from tests.cast import person, signed_in
from tests.matching.place_of import lived, member

from .conftest import a_piece

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TOKEN = r'name="csrfmiddlewaretoken" value="[^"]*"|"X-CSRFToken": "[^"]*"'


def seen_by(who, pieces) -> list[str]:
    """The list of pieces, and each by its address."""
    client = signed_in(Client(), who)
    addresses = ["/stories/", *(f"/stories/{piece.ref}/" for piece in pieces)]
    return [sub(TOKEN, "", client.get(address).content.decode()) for address in addresses]


def shelf_of(author) -> list:
    shelf = [a_piece(author, f"PLANTED for {one}.", audience=one) for one in (MEMBERS, ANYONE)]
    return [*shelf, a_piece(author, "PLANTED and listed.", audience=ANYONE, listed=True)]


def test_a_never_takes_no_piece_out_of_the_others_list():
    """Else who is looking at a card would learn the other's answer from what vanished."""
    ana, ben = (member(name, experiences=lived("loss-of-a-parent")) for name in ("Ana", "Ben"))
    shelf = shelf_of(ben)
    assert propose() == 1
    before = seen_by(ana, shelf)
    assert before[0].count("PLANTED") == 2
    show_cards(by=ana)
    (card,) = show_cards(by=ben)
    answer_card(card=card, answer="never", by=ben)
    assert seen_by(ana, shelf) == before


def test_a_block_does_not_show_whose_the_pieces_are():
    """Neither to who blocks nor to who is blocked: pieces that vanish together have one author."""
    ana, ben = person("Ana"), person("Ben")
    shelf = shelf_of(ben)
    before = seen_by(ana, shelf), seen_by(person("Cleo"), shelf)
    block(other=ben, by=ana)
    assert seen_by(ana, shelf) == before[0]
    block(other=ana, by=ben)
    assert seen_by(ana, shelf) == before[0]


@pytest.mark.parametrize("ends", [end_conversation, block_peer])
def test_after_a_pair_a_block_and_a_leaving_hide_the_same(ends):
    ana, ben = person("Ana"), person("Ben")
    shelf = [*shelf_of(ben), a_piece(ben, "PLANTED for who met.", audience=INTRODUCED)]
    strangers = seen_by(ana, shelf)
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Robin")], by=SITE)
    assert seen_by(ana, shelf) != strangers
    ends(conversation=talk, by=ben)
    assert seen_by(ana, shelf) == strangers
