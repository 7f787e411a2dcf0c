"""Who may see which person."""

from django.http import Http404

from .models import Person


def get_person_for(viewer: Person, ref: str) -> Person:
    """The person `ref` as `viewer` may see them: for now, oneself. The same 404 for "not there" and
    "not yours"."""
    person = Person.objects.filter(ref=ref).first()
    if person is None or person.ref != viewer.ref:
        raise Http404
    return person
