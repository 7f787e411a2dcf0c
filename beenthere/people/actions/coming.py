"""How people come and go."""

from beenthere.foundation import wire
from beenthere.foundation.events import announce
from beenthere.foundation.keys.actions import destroy_key, make_key
from beenthere.foundation.keys.fields import seal
from beenthere.foundation.leaving import erase_rows_of, prepare_leaving
from beenthere.foundation.ledger import record
from beenthere.foundation.refs import SITE
from beenthere.foundation.writing import writing

from ..events import SIGNED_OUT, PersonArrived, PersonLeft
from ..models import MEMBER, Person
from .vouching import forget_who_let_in


def welcome_person(*, name: str, prefers: dict | None = None, standing: str = MEMBER, by) -> Person:
    """Afterwards the person is here, named, and everything of theirs is sealed with their own key."""
    person = Person(name=name, prefers=prefers or {}, standing=standing)
    make_key(owner=person.ref, by=by)  # first the key: a person without one could write nothing
    seal(person)
    with writing():
        person.save(force_insert=True)
        record(act="welcomed", by=by, kind="person", ref=person.ref)
        announce(PersonArrived(person.ref))
    return person


def delete_person(*, person: Person, by) -> None:
    """Afterwards nothing of theirs can be read, here or in any backup, and their rows are gone.

    First what the apps above keep for a while (words that others received, under the key of the day). If
    that fails StillHere is raised: nothing was deleted. Broken off, it is taken up by calling again."""
    prepare_leaving(person.ref, by=by)
    destroy_key(owner=person.ref, by=by)  # then the key: from here on only tidying is left
    forget_person(ref=person.ref, by=by)


def forget_person(*, ref: str, by=SITE) -> None:
    """Deletes the rows of a person whose key is destroyed; nothing where they are gone."""
    with writing():
        person = Person.objects.select_for_update().filter(ref=ref).first()
        if person is None:
            return
        signed_in = list(person.sign_ins.values_list("ref", flat=True))
        record(act="left", by=by, kind="person", ref=ref)
        announce(PersonLeft(ref))
        forget_who_let_in(ref=ref, by=by)
        erase_rows_of(ref)  # also where no foreign key leads to them
        person.delete()
    for sign_in_ref in signed_in:
        wire.publish(SIGNED_OUT, sign_in_ref)
