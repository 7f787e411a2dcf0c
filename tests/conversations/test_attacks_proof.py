"""Whether what was sent can be denied afterwards."""

import pytest

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import end_conversation, withdraw_message
from beenthere.conversations.actions.carrying import say_been_there
from beenthere.conversations.models import Message
from beenthere.conversations.queries.holding import sent_in
from beenthere.people.actions import delete_person
from beenthere.stories.actions import change_piece, withdraw_piece
from beenthere.stories.models import Piece

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
ABOUT = {"experiences": [], "language": "en"}


@pytest.fixture
def carried(ben, talk) -> Piece:
    say_been_there(conversation=talk, words="Me too.", mark="m1", written="PLANTED, to hurt.", by=ben)
    return Piece.objects.select_related("author").get()


def rewrite(piece: Piece, words: str, by) -> None:
    change_piece(piece=Piece.objects.get(pk=piece.pk), words=words, about=ABOUT, audience="me", by=by)


def reported(who, talk) -> str:
    (one,), _ = sent_in(who, get_room_for(who, talk.ref), {1})
    return one.piece


def test_a_piece_that_was_made_harmless_is_reported_as_it_was_sent(ana, ben, talk, carried):
    """The page shows the piece as it stands now; a report brings all that was there to be read."""
    rewrite(carried, "A quiet year.", ben)
    rewrite(carried, "A quieter year.", ben)
    assert reported(ana, talk) == "PLANTED, to hurt.\n\nA quiet year.\n\nA quieter year."


@pytest.mark.parametrize("how", ["take_back", "piece", "leave", "delete"])
def test_nor_does_it_help_to_go_then(how, ana, ben, talk, carried):
    rewrite(carried, "A quiet year.", ben)
    if how == "take_back":
        message = Message.objects.select_related("conversation", "author", "piece__author").get()
        withdraw_message(message=message, by=ben)
    elif how == "piece":
        withdraw_piece(piece=Piece.objects.select_related("author").get(), by=ben)
    elif how == "leave":
        end_conversation(conversation=talk, by=ben)
    else:
        delete_person(person=ben, by=ben)
    assert reported(ana, talk) == "PLANTED, to hurt.\n\nA quiet year."


def test_a_piece_that_was_not_changed_is_held_by_nothing(ana, ben, talk, carried):
    rewrite(carried, "PLANTED, to hurt.", ben)
    assert reported(ana, talk) == "PLANTED, to hurt."
