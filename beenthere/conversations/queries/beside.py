"""What two people settled, want and show beside their words."""

from beenthere.people.models import Person

from ..access import Room
from ..models import Membership


def beside_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the templates."""
    return {}
