"""Who is asking: the token in `Authorization: Bearer ...`."""

from django.http import HttpRequest
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer

from beenthere.foundation.pace import Pace
from beenthere.people.access import person_of_access_token
from beenthere.people.models import MEMBER, Person
from beenthere.people.views.entering import wait_said

ASKING = Pace(most=300, each_second=5)  # all programs of one person together


class OwnToken(HttpBearer):
    """A member's own token. Afterwards `request.person` is that member, whoever the browser belongs to."""

    openapi_name = "own token"

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        person = person_of_access_token(token)
        if person is None or person.standing != MEMBER:
            raise AuthenticationError(401, "This token opens nothing here.")
        if not ASKING.takes(person.ref):
            raise HttpError(429, wait_said(60))
        request.person = person
        return person


def asking(request: HttpRequest) -> Person:
    """The member whose token came with the request."""
    return request.auth
