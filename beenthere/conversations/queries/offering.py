"""What is offered beside the box, and never pushed."""

from datetime import timedelta

from django.utils.translation import get_language

from beenthere.foundation import clock
from beenthere.people.models import Person

from ..access import Room
from ..core.prompts import MOMENTS
from ..models import Membership, Message
from .clearing import line_waits
from .feeling import asks_if_heard
from .prompts import ENGLISH, some_prompts

ARRIVING, OPENING = MOMENTS[:2]
AGAIN = timedelta(hours=6)  # after so long one arrives anew
MOST_PAGE = 1000


def offers_for(person: Person, room: Room, mine: Membership) -> dict:
    """Values for the templates. Two queries at most."""
    return {
        "line_waits": line_waits(room, mine),
        "ask_felt": asks_if_heard(person, room, mine),
        "asking": asking_in(room),
    }


def asking_in(room: Room, *, moment: str = "", page: int = 0, is_open: bool = False) -> dict:
    """The questions one is offered there: three of `moment` (else of the one that fits), and the way to
    others. No query."""
    last_at = room.row.last_at
    if moment not in MOMENTS:
        moment = ARRIVING if last_at is None or clock.now() - last_at > AGAIN else OPENING
    page = min(max(page, 0), MOST_PAGE)
    return {
        "moment": moment,
        "moments": MOMENTS,
        "prompts": some_prompts(moment, page, get_language() or ENGLISH),
        "next": page + 1 if page < MOST_PAGE else 0,
        "open": is_open,
    }


def pieces_taken_back(room: Room) -> list[int]:
    """The numbers of messages there whose piece is gone: for pages that are open. One query."""
    found = Message.objects.filter(conversation=room.row, piece=None, withdrawn_at=None)
    return list(found.exclude(piece_proven="").order_by("number").values_list("number", flat=True))
