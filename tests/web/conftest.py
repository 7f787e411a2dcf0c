"""What tests of the pages may ask for."""

import pytest

from beenthere.foundation.place import forget_place, tell_place
from beenthere.foundation.refs import SITE


@pytest.fixture
def open_place(request):
    """A place that was told and is open: `open_place(hours="...")` tells it anew."""
    request.getfixturevalue("transactional_db" if "live_server" in request.fixturenames else "db")

    def tell(**facts) -> None:
        tell_place(**{"name": "The Lamp", "languages": ("en", "es"), "by": SITE, **facts})

    tell()
    yield tell
    forget_place()


@pytest.fixture(autouse=True)
def _place_read_afresh():
    forget_place()
    yield
    forget_place()
