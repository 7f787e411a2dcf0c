"""Leaving this place for good."""

from beenthere.people.actions import delete_person
from beenthere.people.models import Person


def delete_me(*, by: Person) -> None:
    """Afterwards `by` is signed in nowhere, and nothing of theirs is here or can be read in any backup, but
    what the page says before. StillHere when that could not be done: then nothing was deleted."""
    delete_person(person=by, by=by)
