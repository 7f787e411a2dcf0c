"""The cast of every test: Ana and Ben, her match; Cleo, the stranger who must see nothing; Dev, whom Ana
has blocked; Sol and Sam, the stewards. Each call makes somebody new."""

from django.conf import settings
from django.test import Client

from beenthere.foundation.refs import SITE
from beenthere.people.actions import sign_in, welcome_person
from beenthere.people.models import Person


def person(name: str = "Ana", *, language: str = "en", timezone: str = "Europe/London") -> Person:
    """A member called `name` on whom others here count, signed in nowhere, who has said nothing yet."""
    one = newcomer(name, language=language, timezone=timezone)
    one.vouched_at = one.made_at
    Person.objects.filter(pk=one.pk).update(vouched_at=one.made_at)
    return one


def newcomer(name: str = "Ana", *, language: str = "en", timezone: str = "Europe/London") -> Person:
    """The same, but nobody here knows them yet: as who joins by a door that is open to all."""
    return welcome_person(name=name, prefers={"language": language, "timezone": timezone}, by=SITE)


def signed_in(client: Client, person: Person) -> Client:
    """`client`, from now on signed in as `person`."""
    _, token = sign_in(person=person, device="A browser", by=person)
    client.cookies[settings.SIGN_IN_COOKIE] = token
    return client


def needs_sign_in(client, address: str, method: str = "get") -> bool:
    """Whether the page is for members alone, and leads to the door."""
    answer = getattr(client, method)(address)
    return answer.status_code == 302 and answer.url.startswith("/sign-in/")
