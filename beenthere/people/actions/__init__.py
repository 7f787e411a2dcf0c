"""What changes people: their coming and going, their boundaries, whom they are in company with."""

from .boundaries import block, choose_capacity, has_room_now, pause, resume, unblock
from .coming import delete_person, forget_person, welcome_person
from .company import begin_company, end_company
from .signing import note_seen, sign_in, sign_out, sign_out_everywhere

__all__ = [
    "begin_company",
    "block",
    "choose_capacity",
    "delete_person",
    "end_company",
    "forget_person",
    "has_room_now",
    "note_seen",
    "pause",
    "resume",
    "sign_in",
    "sign_out",
    "sign_out_everywhere",
    "unblock",
    "welcome_person",
]
