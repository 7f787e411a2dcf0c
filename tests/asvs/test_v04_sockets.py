"""V1 and V4 over real sockets: what is closed is let go."""

import time

import pytest
from websockets.exceptions import InvalidStatus

from beenthere.live.batches import close_all
from beenthere.live.hub import Hub, Limits
from beenthere.web.asgi import Site
from tests.live.talk import Talk, hear, tell
from tests.services.place import served_in_thread

TALK = "talk0001"
PATIENCE = 30


def until(found) -> None:
    """Waits for what another thread does; fails when it never comes."""
    end = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


@pytest.fixture
def place():
    hub = Hub(Talk({TALK: {"ana", "ben"}}).door(), Limits(sweep=0.05, sockets=2))
    with served_in_thread(Site(None, uploads=False, hub=hub), hub) as served:
        yield served
    close_all()


def test_what_a_socket_held_is_let_go_with_it(place):
    """1.4.3: sockets, rooms, and the room for the next one."""
    for _ in range(3):
        open_ones = [place.open_socket(f"token-ana.{number}") for number in (1, 2)]
        for one in open_ones:
            tell(one, open=TALK, after=0)
            assert hear(one) == {"open": TALK, "now": 0}
        assert (len(place.hub.sockets), set(place.hub.rooms)) == (2, {TALK})
        with pytest.raises(InvalidStatus):
            place.open_socket("token-ana.3")
        for one in open_ones:
            one.close()
        until(lambda: (len(place.hub.sockets), len(place.hub.rooms)) == (0, 0))
