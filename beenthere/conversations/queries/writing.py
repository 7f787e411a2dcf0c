"""How somebody reads and writes."""

from beenthere.people.models import Person

from ..access import Room
from ..models import Membership


def writing_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the templates."""
    return {}
