"""What the pages of joining read."""

from beenthere.foundation import clock
from beenthere.foundation.carried import carry
from beenthere.foundation.digests import digest
from beenthere.people.actions.mail import FORGET
from beenthere.people.models import Person

from .models import DONE, Begun


def mark_of(nonce: str, *, kind: str) -> str:
    """By what a form that was sent is known again; the same nonce marks each kind of form apart."""
    return digest("begun", f"{kind} {nonce}")


def begun_of(nonce: str, *, kind: str) -> Begun | None:
    """The form of this kind that was sent with this nonce, with who came of it."""
    return Begun.objects.select_related("person").filter(nonce_digest=mark_of(nonce, kind=kind)).first()


def just_joined(person: Person) -> Begun | None:
    """The row of somebody who joined within a day and has not yet written their sign-in name down."""
    return Begun.objects.filter(person=person).exclude(kind=DONE).order_by("pk").last()


def is_steward(person: Person) -> bool:
    """Whether they look after this place now."""
    steward = getattr(person, "stewardship", None)
    return steward is not None and (steward.until_at is None or steward.until_at > clock.now())


def forgetting(person: Person) -> str:
    """What stands in the link by which who only left an address is deleted in one step."""
    return carry({"person": person.ref}, purpose=FORGET)
