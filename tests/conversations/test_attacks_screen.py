"""What leads outside in disguise of something else: a name, an experience in own words, quoted words."""

import pytest
from django.test import Client

from beenthere.conversations.access import get_room_for
from beenthere.conversations.actions import Draft, choose_name, send_messages
from beenthere.conversations.actions.agreeing import AgreementRefused, propose_agreement
from beenthere.conversations.actions.boundaries import NameRefused
from beenthere.conversations.actions.wanting import want
from beenthere.conversations.models import Membership
from beenthere.conversations.models.between import DOOR
from beenthere.conversations.queries.picture import picture_of
from beenthere.people.core.names import name_fault
from beenthere.stories.actions import write_piece
from tests.cast import signed_in

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
OUTSIDE = [
    "Ana 07700 900123",
    "ana at gmail dot com",
    "insta ana_k99",
    "t.me/ana",
    "Ana five five five one two one two",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_name_leads_outside(name, ana, talk):
    """A name is read by the other with every message: it is no way around the door."""
    with pytest.raises(NameRefused):
        choose_name(conversation=talk, name=name, by=ana)
    answer = signed_in(Client(), ana).post(f"/talk/{talk.ref}/name/", {"name": name})
    assert answer.status_code == 422
    assert Membership.objects.get(conversation=talk, person=ana).name == "Ana"


@pytest.mark.parametrize("name", OUTSIDE)
def test_no_name_of_somebody_leads_outside(name):
    """Whoever meets somebody is called so with them, if they choose nothing else."""
    assert name_fault(name) is not None


@pytest.mark.parametrize(
    "name", ["Ana", "J.R.", "Jean-Luc", "O'Neil", "Robin 1985", "St. John", "Mary Jane 3"]
)
def test_names_as_people_have_them_stay(name):
    assert name_fault(name) is None


def test_the_picture_shows_no_experience_that_leads_outside(ana, ben, talk):
    """An experience may be said in one's own words; these pass the door like all others."""
    own = {"experience": "Write to ana at gmail dot com", "known": False, "stand": None}
    about = {"experiences": [own], "language": "en"}
    write_piece(words="A quiet year.", about=about, audience="introduced", by=ana)
    shown = picture_of(ben, get_room_for(ben, talk.ref), "en")
    assert (shown.theirs, shown.only_theirs, shown.held) == ([], [], 1)
    assert b"gmail" not in signed_in(Client(), ben).get(f"/talk/{talk.ref}/picture/").content.lower()
    for who in (ana, ben):
        want(conversation=talk, what=DOOR, by=who)
    assert len(picture_of(ben, get_room_for(ben, talk.ref), "en").only_theirs) == 1


@pytest.mark.parametrize(("first", "second"), [("07700", "900123"), ("five five five", "one two three four")])
def test_nothing_leads_outside_in_two_halves(first, second, ana, talk):
    """A note stands right above the words, and the parts of an agreement below each other."""
    drafts = [Draft(ana.ref, talk.ref, "m1", second, note=first), Draft(ana.ref, talk.ref, "m2", second)]
    assert [one.refused for one in send_messages(drafts)] == ["outside", None]
    with pytest.raises(AgreementRefused) as refused:
        propose_agreement(conversation=talk, told={"pace": first, "ending": second}, by=ana)
    assert (refused.value.why, refused.value.part) == ("outside", "ending")
    page = signed_in(Client(), ana).post(f"/talk/{talk.ref}/", {"words": second, "note": first, "mark": "m3"})
    assert (page.status_code, page.context["heard"]) == (422, {"phone"})


def test_a_time_and_a_place_in_two_parts_are_an_agreement(ana, talk):
    told = {"pace": "Saturday at 6 pm", "crisis": "I would go to the hospital in High Street"}
    propose_agreement(conversation=talk, told=told, by=ana)
