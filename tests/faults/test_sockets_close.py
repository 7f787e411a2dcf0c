"""What ends must be seen to end: a socket is closed two seconds after its sign-in or conversation, a reader
that does not read is given up, and none of it depends on the bus."""

import socket
import time

import pytest
from websockets.exceptions import ConnectionClosed

from beenthere.conversations.actions import end_conversation, open_conversation
from beenthere.live.batches import close_all
from beenthere.live.hub import Hub, Limits
from beenthere.people.actions import sign_in, sign_out
from beenthere.people.models import SignIn
from beenthere.web.asgi import Site
from tests.cast import person
from tests.live.talk import Talk, hear, tell
from tests.services.place import served_in_thread

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
DEADLINE = 2.0


def code_at_the_end(one) -> int:
    """Reads to the end; fails when it does not come in time."""
    until = time.monotonic() + DEADLINE
    with pytest.raises(ConnectionClosed) as ended:
        while True:
            one.recv(timeout=max(0, until - time.monotonic()))
    return ended.value.rcvd.code


def test_a_sign_out_closes_its_socket_and_no_other(served_place):
    ana, ben = person("Ana"), person("Ben")
    row, token = sign_in(person=ana, device="A browser", by=ana)
    kept = served_place.socket_of(ana)
    with served_place.open_socket(token) as gone, kept, served_place.socket_of(ben) as other:
        sign_out(sign_in=row, by=ana)
        assert code_at_the_end(gone) == 4401
        for one in (kept, other):
            tell(one, open="nothing0", after=0)
            assert hear(one) == {"closed": "nothing0"}


def test_a_sign_out_that_the_bus_lost_closes_it_too(served_place):
    ana = person("Ana")
    with served_place.socket_of(ana) as one:
        tell(one, open="nothing0", after=0)
        hear(one)
        SignIn.objects.all().delete()
        assert code_at_the_end(one) == 4401


def test_an_ended_conversation_is_lost_at_once(served_place):
    ana, ben = person("Ana"), person("Ben")
    talk = open_conversation(people=[(ana, "Ana"), (ben, "Ben")], by=ana)
    with served_place.socket_of(ana) as one, served_place.socket_of(ben) as two:
        for each in (one, two):
            tell(each, open=talk.ref, after=0)
            assert hear(each) == {"open": talk.ref, "now": 0}
        end_conversation(conversation=talk, by=ana)
        for each in (one, two):
            assert hear(each, timeout=DEADLINE) == {"closed": talk.ref}
        tell(two, say=talk.ref, mark="m1", words="Are you there?")
        assert hear(two) == {"refused": "m1", "why": "not_here"}
        tell(two, open=talk.ref, after=0)
        assert hear(two) == {"closed": talk.ref}


@pytest.mark.parametrize("ends", ["reads at last", "never reads"])
def test_who_does_not_read_costs_little_and_is_given_up(ends):
    """A reader stops reading; what waits for it stays within bounds, others hear all, and it reads on from
    where it was or is closed."""
    talk = Talk({"talk0001": {"ana", "ben"}})
    bounds = {"frames_waiting": 50, "bytes_waiting": 200_000}
    hub = Hub(talk.door(), Limits(sweep=0.1, patience=1.0 if ends == "never reads" else 60.0, **bounds))
    with served_in_thread(Site(None, uploads=False, hub=hub), hub) as place:
        line = socket.create_connection(("localhost", place.port))
        with line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
            slow = place.open_socket("token-ana", sock=line, max_queue=1, ping_interval=None)
            tell(slow, open="talk0001", after=0)
            with place.open_socket("token-ben") as ben:
                tell(ben, open="talk0001", after=0)
                assert hear(ben)["now"] == hear(slow)["now"] == 0
                for number in range(1, 301):
                    talk.say_elsewhere("talk0001", "ben", "x" * 30_000)
                    if number % 20 == 0:
                        assert [hear(ben)["number"] for _ in range(20)] == list(
                            range(number - 19, number + 1)
                        )
                    for one in list(hub.sockets):
                        assert one._bytes < 200_000 + 21 * 31_000
            if ends == "never reads":
                until = time.monotonic() + 10
                while hub.sockets and time.monotonic() < until:
                    time.sleep(0.05)
                assert hub.sockets == set()
            else:
                assert [hear(slow)["number"] for _ in range(300)] == list(range(1, 301))
            slow.close_timeout = 1
            slow.close()
    close_all()
