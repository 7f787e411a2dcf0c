"""A place that is open and served as it is, sockets and all, and the people who walk through it."""

from collections.abc import Callable

import pytest

from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE

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
