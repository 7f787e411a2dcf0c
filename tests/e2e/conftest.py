"""A place that is open and served as it is, sockets and all, and the people who walk through it."""

from collections.abc import Callable

import pytest
from django.conf import settings

from beenthere.conversations.actions import open_conversation
from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE
from beenthere.people.actions import sign_in
from beenthere.people.models import Person
from tests import cast

from .walking import ANA, BEN, LOCALES, WORDS, Walker


@pytest.fixture
def open_place(served_place):
    forget_place()
    tell_place(name="The Lamp", languages=("en", "es"), by=SITE)
    yield served_place
    forget_place()


@pytest.fixture
def open_for_all(live_server):
    """The place of `live_server` is open."""
    forget_place()
    tell_place(name="The Lamp", languages=("en", "es"), by=SITE)
    yield
    forget_place()


@pytest.fixture
def two(open_place, new_profile) -> Callable[..., tuple[Walker, Walker]]:
    """`two("es")`: Ana and Ben, each at a profile of their own, who have seen nothing of the place yet."""

    def coming(language: str, **options) -> tuple[Walker, Walker]:
        options = {"base_url": open_place.address, "locale": LOCALES[language], **options}
        return tuple(
            Walker(new_profile(**options), name, words)
            for name, words in zip((ANA, BEN), WORDS[language], strict=True)
        )

    return coming


@pytest.fixture
def walks_in(open_place, new_profile) -> Callable[..., Walker]:
    """`walks_in(person)`: somebody at a profile of their own, signed in."""

    def coming(one: Person, **options) -> Walker:
        profile = new_profile(**{"base_url": open_place.address, **options})
        _, token = sign_in(person=one, device="A browser", by=one)
        profile.add_cookies([{"name": settings.SIGN_IN_COOKIE, "value": token, "url": open_place.address}])
        return Walker(profile, one.name, "")

    return coming


@pytest.fixture
def pair(walks_in) -> Callable[..., tuple[Walker, Walker]]:
    """`pair("es")`: Ana and Ben, both looking at the one conversation that they have."""

    def meeting(language: str = "en", **options) -> tuple[Walker, Walker]:
        people = [cast.person(name, language=language) for name in (ANA, BEN)]
        talk = open_conversation(people=[(one, one.name) for one in people], by=SITE)
        walkers = [walks_in(one, locale=LOCALES[language], **options) for one in people]
        for one in walkers:
            one.go(f"/talk/{talk.ref}/")
            if options.get("java_script_enabled", True):
                one.is_live()
        return tuple(walkers)

    return meeting
