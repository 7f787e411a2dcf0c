"""Sockets over a real server: who comes in, what reaches whom, and within which bounds."""

import random
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from beenthere.foundation import wire
from beenthere.live.batches import close_all
from beenthere.live.hub import Hub, Limits
from beenthere.web.asgi import Site
from tests.live.talk import Talk, hear, tell
from tests.services.place import ServedPlace, served_in_thread

TALK = "talk0001"


@contextmanager
def served(talk: Talk, **limits) -> Iterator[ServedPlace]:
    hub = Hub(talk.door(), Limits(**{"sweep": 0.05, **limits}))
    with served_in_thread(Site(None, uploads=False, hub=hub), hub) as place:
        yield place
    close_all()


@pytest.fixture(params=[False, True], ids=["read back", "shown at once"])
def talk(request) -> Talk:
    return Talk({TALK: {"ana", "ben"}}, shows=request.param)


@pytest.fixture
def place(talk) -> Iterator[ServedPlace]:
    with served(talk) as place:
        yield place


def seated(place: ServedPlace, name: str, after: int = 0):
    """A socket that has the conversation open and heard everything so far."""
    socket = place.open_socket(f"token-{name}")
    tell(socket, open=TALK, after=after)
    return socket


def closed_with(socket) -> int:
    """The code with which the socket ends, after whatever still comes."""
    with pytest.raises(ConnectionClosed) as ended:
        while True:
            socket.recv(timeout=30)
    return ended.value.rcvd.code if ended.value.rcvd else 1006


def said(number: int, by: str, words: str) -> dict:
    facts = {"number": number, "by": f"member-{by}", "words": words}
    return {"said": TALK, **facts, "at": "2026-11-22T12:00:00+00:00", "withdrawn": False}


def test_two_talk_and_a_stranger_hears_nothing(talk, place):
    with seated(place, "ana") as ana, seated(place, "ben") as ben, seated(place, "cleo") as cleo:
        assert hear(ana) == hear(ben) == {"open": TALK, "now": 0}
        assert hear(cleo) == {"closed": TALK}  # the same as for a conversation that is not there
        tell(ana, say=TALK, mark="m1", words="I was there too.")
        assert hear(ben) == said(1, "ana", "I was there too.")
        mine = [hear(ana), hear(ana)]
        assert sorted(mine, key=str) == [
            {"kept": "m1", "conversation": TALK, "number": 1},
            said(1, "ana", "I was there too."),
        ]
        tell(ben, say=TALK, mark="m1", words="¿Y ahora? 東")
        assert hear(ana) == said(2, "ben", "¿Y ahora? 東")
        tell(cleo, say=TALK, mark="c1", words="Let me in.")
        assert hear(cleo) == {"refused": "c1", "why": "not_here"}
        tell(cleo, open="nothing0", after=0)
        assert hear(cleo) == {"closed": "nothing0"}
    assert [frame["words"] for frame in talk.said[TALK]] == ["I was there too.", "¿Y ahora? 東"]


def test_a_message_sent_twice_is_said_once(talk, place):
    with seated(place, "ana") as ana, seated(place, "ben") as ben:
        assert (hear(ana), hear(ben)) == ({"open": TALK, "now": 0},) * 2
        for words in ("once", "once", "done"):
            tell(ana, say=TALK, mark=words, words=words)
        assert [hear(ben)["words"], hear(ben)["words"]] == ["once", "done"]
        kept = [frame for frame in (hear(ana) for _ in range(5)) if "kept" in frame]
        assert [(frame["kept"], frame["number"]) for frame in kept] == [("once", 1), ("once", 1), ("done", 2)]


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://localhost.evil.example",
        "http://evil.example/http://localhost:{port}",
        "http://localhost:{port}.evil.example",
        "http://localhost:{port}/",
        "http://localhost:{other}",
        "http://localhost",
        "https://localhost:{port}",
        "http://127.0.0.1:{port}",
        "http://LOCALHOST:{port}",
    ],
)
def test_only_this_very_site_opens_a_socket(origin):
    with served(Talk({})) as place:
        given = origin and origin.format(port=place.port, other=place.port + 1)
        with pytest.raises(InvalidStatus) as refused:
            place.open_socket("token-ana", origin=given)
        assert refused.value.response.status_code == 403
        place.open_socket("token-ana").close()


def test_a_name_that_somebody_pointed_here_is_no_origin():
    with served(Talk({})) as place, pytest.raises(InvalidStatus) as refused:
        connect(
            f"ws://evil.example:{place.port}/live/",
            sock=socket.create_connection(("127.0.0.1", place.port)),
            origin=f"http://evil.example:{place.port}",
            additional_headers={"Cookie": "beenthere_sign_in_8000=token-ana"},
            proxy=None,
        )
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize("token", [None, "", "ana", "token-gone"])
def test_without_a_sign_in_that_holds_there_is_no_socket(token):
    talk = Talk({}, signed_out={"sign-in-gone"})
    with served(talk) as place, pytest.raises(InvalidStatus) as refused:
        place.open_socket(token)
    assert refused.value.response.status_code == 403


def test_a_person_has_some_sockets_and_not_more():
    with served(Talk({}), sockets=2) as place:
        open_ones = [place.open_socket("token-ana.1"), place.open_socket("token-ana.2")]
        with pytest.raises(InvalidStatus) as refused:
            place.open_socket("token-ana.3")
        assert refused.value.response.status_code == 429
        place.open_socket("token-ben").close()
        open_ones[0].close()
        with suppress(InvalidStatus):  # the server may hear of the end a moment later
            place.open_socket("token-ana.3").close()
        open_ones[1].close()


MALFORMED = [
    "",
    "no json",
    "[]",
    "{}",
    '{"say": "talk0001"}',
    '{"say": "talk0001", "mark": "m", "words": "w", "by": "ben"}',
    '{"say": "talk0001", "mark": "m", "words": 7}',
    '{"say": "talk0001", "mark": "", "words": "w"}',
    '{"say": "talk0001", "mark": "%s", "words": "w"}' % ("m" * 37),
    '{"say": "talk 0001", "mark": "m", "words": "w"}',
    '{"say": "talk0001", "mark": "m", "words": "\\ud800"}',
    '{"open": "talk0001", "after": -1}',
    '{"open": "talk0001", "after": true}',
    '{"open": "talk0001", "after": 1%s}' % ("0" * 5000),
    '{"open": ["talk0001"], "after": 0}',
    "[" * 60_000,
    '{"sign": "talk0001", "what": "here"}',
    '{"sign": "talk0001", "what": "typing", "number": 1}',
    '{"sign": "talk0001", "what": "read"}',
    '{"sign": "talk0001", "what": ["typing"]}',
    '{"sign": "talk 0001", "what": "typing"}',
    '{"sign": "talk0001", "what": "read", "number": -1}',
    b"bytes",
]


@pytest.mark.parametrize("frame", MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_frame_is_refused_and_five_end_the_socket(frame):
    with served(Talk({TALK: {"ana"}})) as place, seated(place, "ana") as ana:
        assert hear(ana) == {"open": TALK, "now": 0}
        for _ in range(4):
            ana.send(frame)
            assert hear(ana) == {"refused": "", "why": "malformed"}
        tell(ana, say=TALK, mark="m", words="still here")
        assert {tuple(hear(ana))[0], tuple(hear(ana))[0]} == {"kept", "said"}
        ana.send(frame)
        assert closed_with(ana) == 4400


def test_a_frame_that_is_too_large_ends_the_socket():
    with served(Talk({TALK: {"ana"}})) as place, seated(place, "ana") as ana:
        tell(ana, say=TALK, mark="m", words="x" * 65_536)
        assert closed_with(ana) == 1009


def test_who_says_too_much_at_once_is_told_to_wait():
    talk = Talk({TALK: {"ana"}})
    with served(talk, says=3, seconds=10_000) as place:
        with place.open_socket("token-ana.1") as one, place.open_socket("token-ana.2") as two:
            for mark in ("a", "b", "c"):
                tell(one, say=TALK, mark=mark, words=mark)
                assert hear(one)["kept"] == mark
            tell(two, say=TALK, mark="d", words="d")
            assert hear(two) == {"refused": "d", "why": "slow"}
        with place.open_socket("token-ana.3") as again:  # a new socket brings no new measure
            tell(again, say=TALK, mark="e", words="e")
            assert hear(again) == {"refused": "e", "why": "slow"}
    assert [frame["words"] for frame in talk.said[TALK]] == ["a", "b", "c"]


def test_what_could_not_be_kept_is_told_and_the_next_is_kept(talk, place):
    with seated(place, "ana") as ana:
        hear(ana)
        talk.failing = True
        tell(ana, say=TALK, mark="m1", words="lost")
        assert hear(ana) == {"refused": "m1", "why": "failed"}
        talk.failing = False
        tell(ana, say=TALK, mark="m1", words="kept")
        assert {tuple(hear(ana))[0], tuple(hear(ana))[0]} == {"kept", "said"}
    assert [frame["words"] for frame in talk.said[TALK]] == ["kept"]


def test_a_place_that_ends_says_that_it_goes_away(talk):
    with served(talk) as place:
        ana = seated(place, "ana")
        hear(ana)
    assert closed_with(ana) == 1001


def test_what_another_process_keeps_is_heard(talk, place):
    with seated(place, "ana") as ana:
        hear(ana)
        for number in range(1, 60):
            talk.say_elsewhere(TALK, "ben", f"word {number}")
        assert [hear(ana)["number"] for _ in range(59)] == list(range(1, 60))


def test_after_a_gap_of_the_bus_everything_is_looked_at_again(talk, place):
    with seated(place, "ana") as ana, seated(place, "ben") as ben:
        assert (hear(ana), hear(ben)) == ({"open": TALK, "now": 0},) * 2
        talk.say_elsewhere("other001", "ben", "not here")
        with talk.lock:  # kept, but the bus lost it; and Ben's end too
            talk._kept(type("Draft", (), {"by": "ana", "conversation": TALK, "mark": "x", "words": "w"})())
            talk.members[TALK] = {"ana"}
        wire.PLUG.bus.deliver(wire.GAP, "") if wire.PLUG.bus else wire.publish(wire.GAP)
        assert [hear(ana), hear(ana)] == [{"changed": TALK}, said(1, "ana", "w")]
        assert hear(ben) == {"closed": TALK}


def test_two_hundred_cuts_lose_nothing_and_repeat_nothing(talk, place):
    """Somebody talks all the time, here and elsewhere; a reader is cut off again and again, and reads on
    from the last number it saw."""
    chance = random.Random(7)
    done = threading.Event()

    def talk_on() -> None:
        with place.open_socket("token-ben") as ben:
            number = 0
            while not done.is_set():
                number += 1
                if chance.random() < 0.3:
                    talk.say_elsewhere(TALK, "ben", "elsewhere")
                else:
                    tell(ben, say=TALK, mark=f"m{number}", words="here")
                    hear(ben)
                done.wait(0.002)

    place.hub.limits = Limits(says=10**6, opens=10**6, sweep=0.05)
    place.hub.people.clear()
    talker = threading.Thread(target=talk_on)
    talker.start()
    heard: list[int] = []
    try:
        for _ in range(200):
            ana = seated(place, "ana", after=heard[-1] if heard else 0)
            for _ in range(chance.randrange(12)):
                frame = hear(ana)
                if "said" in frame:
                    heard.append(frame["number"])
            if chance.random() < 0.5:
                ana.socket.shutdown(socket.SHUT_RDWR)  # without a word
            ana.close()
    finally:
        done.set()
        talker.join()
    with seated(place, "ana", after=heard[-1]) as ana:
        while len(heard) < len(talk.said[TALK]):
            frame = hear(ana)
            if "said" in frame:
                heard.append(frame["number"])
    assert heard == list(range(1, len(talk.said[TALK]) + 1))
    assert len(heard) > 200
