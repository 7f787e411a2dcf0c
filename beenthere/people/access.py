"""Who may see which person, and who is asking."""

from django.http import Http404, HttpRequest

from .models import MEMBER, Person


class SignInNeeded(Exception):
    """The page is for members; `web` leads to the sign-in page and back."""


def get_person_for(viewer: Person, ref: str) -> Person:
    """The person `ref` as `viewer` may see them: for now, oneself. The same 404 for "not there" and
    "not yours"."""
    person = Person.objects.filter(ref=ref).first()
    if person is None or person.ref != viewer.ref:
        raise Http404
    return person


def visitor_of(request: HttpRequest) -> Person | None:
    """Who is signed in (set by `web.middleware.who`), None for a visitor."""
    return getattr(request, "person", None)


def member_of(request: HttpRequest) -> Person:
    """The member who is signed in. Raises SignInNeeded."""
    person = visitor_of(request)
    if person is None or person.standing != MEMBER:
        raise SignInNeeded
    return person
