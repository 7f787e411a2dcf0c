"""What tests ask for: `postgres_url`, `redis_url`, `chromium_path`, `browser`, `new_profile`, `page`,
`served_place`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.services import chromium, postgres, redis_server
from tests.services.found import remembered
from tests.services.place import ServedPlace, served_in_thread
from tests.services.watching import Watch


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server of this run; its database `postgres` is empty at the start."""
    with postgres.running(remembered("postgres")) as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis or Valkey server of this run, empty at the start."""
    with redis_server.running(remembered("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    return remembered("chromium")


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """A headless Chromium for the tests of one file.

    Not for the whole session: Playwright keeps an event loop running in this thread, under which
    Django refuses the database (hence the variable) and no other test could run a loop of its own.
    """
    with pytest.MonkeyPatch.context() as patch, chromium.opened(chromium_path, remembered("node")) as opened:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield opened


@pytest.fixture
def served_place(transactional_db) -> Iterator[ServedPlace]:
    """The whole place on a port of its own, over the test's database. For tests whose mark says
    `transaction=True` and both databases."""
    from beenthere.web.asgi import site

    place = site()
    with served_in_thread(place, place.hub) as served:
        yield served


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Fails the test for any request to another host and any error in a page's console.

    A test that provokes an error says so before: `watch.expects("part of what the console says")`.
    """
    watch = Watch()
    yield watch
    watch.judge()


@pytest.fixture
def new_profile(browser: Browser, watch: Watch) -> Iterator[Callable[..., BrowserContext]]:
    """Opens one watched browser profile per call: two people are two profiles.

    Takes Playwright's options for a new context, such as `base_url` or `color_scheme`.
    """
    profiles = []

    def open_profile(**options) -> BrowserContext:
        profile = browser.new_context(**{"locale": "en-GB", "timezone_id": "UTC", **options})
        watch.follow(profile)
        profiles.append(profile)
        return profile

    yield open_profile
    for profile in profiles:
        profile.close()


@pytest.fixture
def page(new_profile: Callable[..., BrowserContext]) -> Page:
    """One page of a fresh, watched profile."""
    return new_profile().new_page()


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads its groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The browser tests of one file stay on one worker, so that they share one browser."""
    for item in items if config.pluginmanager.hasplugin("xdist") else ():
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
