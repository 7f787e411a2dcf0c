"""What is offered beside the box, and never pushed."""

from beenthere.people.models import Person

from ..access import Room
from ..models import Membership


def offers_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the templates."""
    return {}
