"""A silence, and what stays after an ending."""

from beenthere.people.models import Person

from ..access import Room
from ..models import Membership


def parting_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the templates."""
    return {}


def after_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the page of a conversation that ended."""
    return {}
