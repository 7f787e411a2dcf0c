"""Signs: here, typing, read. Only for the others, only where both want them, and never more than a few."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from websockets.sync.client import connect

from beenthere.foundation import wire
from beenthere.live.batches import close_all
from beenthere.live.hub import Hub, Limits
from beenthere.web.asgi import Site
from tests.cli.served import environment_for
from tests.live.other_place import BOTH, TALK
from tests.live.talk import Talk, hear, tell
from tests.services.place import ServedPlace, served_in_thread

ON, OFF = ({"sign": "here", "in": TALK, "by": "member-ben", "on": on} for on in (True, False))
ANA_ON = {**ON, "by": "member-ana"}
TYPING = {"sign": "typing", "in": TALK, "by": "member-ana"}
OPEN = {"open": TALK, "now": 0}
CHANGED = {"changed": TALK}


def talk_of(**wants: set[str]) -> Talk:
    return Talk({TALK: set(wants)}, wants=wants)


@contextmanager
def served(talk: Talk, count: int = 1, **limits) -> Iterator[list[ServedPlace]]:
    """So many hubs of one conversation, joined by the bus as processes are."""
    door = talk.door()
    hubs = [Hub(door, Limits(**{"sweep": 0.05, **limits})) for _ in range(count)]
    places = [served_in_thread(Site(None, uploads=False, hub=hub), hub) for hub in hubs]
    opened = [place.__enter__() for place in places]
    try:
        yield opened
    finally:
        for place in places:
            place.__exit__(None, None, None)
        close_all()


def seated(place: ServedPlace, name: str):
    socket = place.open_socket(f"token-{name}")
    tell(socket, open=TALK, after=0)
    return socket


def until(socket, wanted: dict) -> list[dict]:
    """What is heard before `wanted`."""
    before = []
    while (frame := hear(socket)) != wanted:
        before.append(frame)
    return before


def is_settled(*sockets) -> list[list[dict]]:
    """What each hears until a bad frame of its own is answered: all that was put before."""
    heard = []
    for socket in sockets:
        socket.send("{}")
        heard.append(until(socket, {"refused": "", "why": "malformed"}))
    return heard


def test_each_sees_the_other_come_type_read_and_go():
    with served(talk_of(ana=BOTH, ben=BOTH)) as [place], seated(place, "ana") as ana:
        assert hear(ana) == OPEN
        with seated(place, "ben") as ben:
            assert hear(ana) == ON
            assert sorted((hear(ben), hear(ben)), key=str) == sorted((ANA_ON, OPEN), key=str)
            tell(ana, sign=TALK, what="typing")
            assert hear(ben) == TYPING
            tell(ana, say=TALK, mark="m1", words="I was there too.")
            assert hear(ben)["number"] == 1
            tell(ben, sign=TALK, what="read", number=2)  # nobody said that yet
            tell(ben, sign=TALK, what="read", number=1)
            heard = [hear(ana) for _ in range(3)]
            assert heard[2] == {"sign": "read", "in": TALK, "by": "member-ben", "number": 1}
            assert {tuple(frame)[0] for frame in heard[:2]} == {"kept", "said"}
        assert hear(ana) == OFF
        assert is_settled(ana) == [[]]


def test_ones_own_windows_hear_nothing_of_oneself():
    with served(talk_of(ana=BOTH, ben=BOTH)) as [place], seated(place, "ben") as ben:
        assert hear(ben) == OPEN
        with seated(place, "ana.1") as one, seated(place, "ana.2") as two:
            assert hear(ben) == ANA_ON
            for socket in (one, two):
                assert sorted((hear(socket), hear(socket)), key=str) == sorted((ON, OPEN), key=str)
            tell(one, sign=TALK, what="typing")
            assert hear(ben) == TYPING
            two.close()
            assert is_settled(one, ben) == [[], []]  # the first one of Ana's is still here
        assert hear(ben) == {**ANA_ON, "on": False}


@pytest.mark.parametrize("wants", [set(), {"here"}, {"typing"}, {"read"}, {"here", "read"}])
def test_what_one_of_two_does_not_want_neither_is_told(wants):
    with (
        served(talk_of(ana=BOTH, ben=wants)) as [place],
        seated(place, "ana") as ana,
        seated(place, "ben") as ben,
    ):
        tell(ana, say=TALK, mark="m1", words="Hello.")
        heard = {one: [hear(one)] for one in (ana, ben)}
        for one in (ana, ben):
            while not any("said" in frame for frame in heard[one]):
                heard[one].append(hear(one))
        until_answered(place)
        for one in (ana, ben):
            tell(one, sign=TALK, what="typing")
            tell(one, sign=TALK, what="read", number=1)
        for _ in range(2):  # what one sent before the other was settled is there after the second time
            for one, frames in zip((ana, ben), is_settled(ana, ben), strict=True):
                heard[one] += frames
        for one in (ana, ben):
            assert {frame["sign"] for frame in heard[one] if "sign" in frame} == wants


def test_a_stranger_and_who_has_not_opened_it_hear_and_cause_nothing():
    talk = talk_of(ana=BOTH, ben=BOTH)
    with (
        served(talk) as [place],
        seated(place, "ana") as ana,
        seated(place, "cleo") as cleo,
        place.open_socket("token-ben") as ben,
    ):
        assert (hear(ana), hear(cleo)) == (OPEN, {"closed": TALK})
        for socket in (cleo, ben):
            tell(socket, sign=TALK, what="typing")
        tell(ana, sign=TALK, what="typing")
        assert is_settled(cleo, ben, ana) == [[], [], []]


def test_many_signs_at_once_are_dropped_and_messages_still_go():
    with (
        served(talk_of(ana=BOTH, ben=BOTH), signs=5, seconds=10_000) as [place],
        seated(place, "ana") as ana,
        seated(place, "ben") as ben,
    ):
        until(ana, ON)
        until(ben, ANA_ON)
        for _ in range(500):
            tell(ana, sign=TALK, what="typing")
        tell(ana, say=TALK, mark="m1", words="Hello.")
        frames = []
        while not any("said" in frame for frame in frames):
            frames.append(hear(ben))
        assert [frame for frame in frames if "sign" in frame] == [TYPING] * 5


def test_a_change_is_told_once_and_what_is_wanted_is_asked_again():
    talk = talk_of(ana=BOTH, ben=BOTH)
    with served(talk) as [place], seated(place, "ana") as ana, seated(place, "ben") as ben:
        until(ana, ON)
        until(ben, ANA_ON)
        with talk.lock:  # nobody is answered what is wanted until Ben has changed his mind
            talk.wants["ben"] = {"read"}
            place.hub._loop.call_soon_threadsafe(lambda: [place.hub._changed(TALK) for _ in range(50)])
            assert hear(ana) == hear(ben) == CHANGED
            tell(ana, sign=TALK, what="typing")
            assert is_settled(ana, ben) == [[], []]
        until_answered(place)
        tell(ana, sign=TALK, what="typing")
        tell(ana, sign=TALK, what="read", number=0)
        assert hear(ben) == {"sign": "read", "in": TALK, "by": "member-ana", "number": 0}
        talk.wants["ben"] = BOTH
        assert is_settled(ana) == [[]]  # whoever wants no *here* any more is not even told that it ended
        wire.publish("talk.changed", TALK)
        assert [hear(ana), hear(ana)] == [CHANGED, ON]
        wire.publish("talk.changed", "other001")
        assert is_settled(ana) == [[]]


def until_answered(place: ServedPlace) -> None:
    end = time.monotonic() + 30
    while place.hub.rooms[TALK].lamps._asking:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_signs_pass_between_two_hubs_and_heal():
    talk = talk_of(ana=BOTH, ben=BOTH)
    with served(talk, 2, repeat=0.2, forget=1.0) as [here, there]:
        with seated(here, "ana") as ana:
            assert hear(ana) == OPEN
            ben = seated(there, "ben")
            assert hear(ana) == ON
            until(ben, ANA_ON)
            tell(ana, sign=TALK, what="typing")
            assert hear(ben) == TYPING
            with seated(here, "ana.2") as again, seated(there, "ana.3"):
                until(again, ON)
            there.hub._tell_signs = lambda told: None  # the bus loses what this one tells
            for room in there.hub.rooms.values():
                room.lamps._tell = there.hub._tell_signs
            assert hear(ana) == OFF
        assert hear(ben) == {**ANA_ON, "on": False}
        ben.close()


@contextmanager
def two_processes(tmp_path, **settings: str) -> Iterator[list[tuple[int, subprocess.Popen]]]:
    """Two processes of one place, the conversation in each."""
    environment = environment_for(tmp_path, **{"BEENTHERE_LOG_LEVEL": "ERROR", **settings})
    (tmp_path / "keys").mkdir()
    processes: list[subprocess.Popen] = []
    begun: list[tuple[int, subprocess.Popen]] = []
    try:
        for which in ("first", "other"):
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.live.other_place", which],
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            processes.append(process)
            begun.append((int(process.stdout.readline()), process))
        yield begun
    finally:
        for process in processes:
            process.stdin.close()
            process.stdout.close()
            process.wait(30)


def socket_at(port: int, name: str):
    socket = connect(
        f"ws://localhost:{port}/live/",
        origin=f"http://localhost:{port}",
        additional_headers={"Cookie": f"beenthere_sign_in_8000=token-{name}"},
        compression=None,
        proxy=None,
    ).__enter__()
    tell(socket, open=TALK, after=0)
    return socket


@pytest.mark.parametrize("bus", ["unix", "postgresql", "redis"])
def test_two_processes_and_one_that_dies(bus, tmp_path, request):
    more = {"BEENTHERE_BUS": bus}
    if bus == "postgresql":
        more["BEENTHERE_DATABASE"] = request.getfixturevalue("postgres_url")
    elif bus == "redis":
        more["BEENTHERE_BUS"] = request.getfixturevalue("redis_url")
    with two_processes(tmp_path, **more) as [(here, _), (there, other)]:
        ana, ben = socket_at(here, "ana"), socket_at(there, "ben")
        until(ana, ON)
        until(ben, ANA_ON)
        tell(ana, sign=TALK, what="typing")
        assert until(ben, TYPING) == []
        os.kill(other.pid, 9)  # says nothing any more
        assert until(ana, OFF) == []
        ana.close()
