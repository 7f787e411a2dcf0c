"""Who may see which person, and who is asking."""

from django.http import Http404, HttpRequest

from beenthere.foundation import clock
from beenthere.foundation.digests import digest

from .models import ADDRESS, MEMBER, SUSPENDED, AccessToken, Person, SignIn

TOKEN, ACCESS = "sign-in token", "access token"
LONGEST_TOKEN = 100


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


def sign_in_of_token(token: str) -> SignIn | None:
    """The sign-in whose cookie holds `token`, with its person; None when it ended or never was."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    rows = SignIn.objects.select_related("person").filter(token_digest=digest(TOKEN, token))
    return rows.filter(ends_at__gt=clock.now()).exclude(person__standing=ADDRESS).first()


def person_of_access_token(token: str) -> Person | None:
    """Whose token for the API it is; None when it was taken away or never was."""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    rows = AccessToken.objects.select_related("person").filter(token_digest=digest(ACCESS, token))
    row = rows.exclude(person__standing__in=(ADDRESS, SUSPENDED)).first()
    return row.person if row else None
