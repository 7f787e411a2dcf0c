"""One contract for the four kinds of bus, on real servers."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
import pytest
import redis

from beenthere.foundation.wire import GAP, Bus
from beenthere.live.bus.postgresql import PostgresqlBus
from beenthere.live.bus.subscriptions import MOST, MemoryBus
from beenthere.live.bus.unix import UnixBus, UnixListener, socket_path
from beenthere.live.bus.valkey import ValkeyBus

KINDS = ["memory", "unix", "postgresql", "redis"]
PATIENCE = 20


class Ear:
    """Collects what is heard, and waits for it."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.changed = threading.Condition()

    def __call__(self, ref: str) -> None:
        with self.changed:
            self.heard.append(ref)
            self.changed.notify_all()

    def wait_for(self, count: int) -> list[str]:
        with self.changed:
            self.changed.wait_for(lambda: len(self.heard) >= count, PATIENCE)
            return list(self.heard)


@pytest.fixture(params=KINDS)
def kind(request) -> str:
    return request.param


@pytest.fixture
def buses(kind, request, tmp_path) -> Iterator[Callable[[], Bus]]:
    """Makes the next bus of one place: one process each, as far as the bus knows."""
    made: list[Bus] = []

    def another() -> Bus:
        if kind == "memory":
            bus = made[0] if made else MemoryBus()
        elif kind == "unix":
            path = socket_path(tmp_path)
            bus = UnixBus(path) if made else UnixListener(path)
        elif kind == "postgresql":
            bus = PostgresqlBus(request.getfixturevalue("postgres_url"))
        else:
            bus = ValkeyBus(request.getfixturevalue("redis_url"), channel="beenthere:test")
        made.append(bus)
        return bus

    yield another
    for bus in made[:1] if kind == "memory" else reversed(made):
        bus.close()


def meet(*all_buses: Bus) -> None:
    """Waits until each hears each other one."""
    for number, speaking in enumerate(all_buses):
        ears = []
        for bus in all_buses:
            ears.append(Ear())
            bus.subscribe(f"meet{number}", ears[-1])
        until = time.monotonic() + PATIENCE
        while not all(ear.heard for ear in ears):
            assert time.monotonic() < until, "they never met"
            speaking.publish(f"meet{number}")
            time.sleep(0.02)


def test_everyone_hears_each_message_once_and_in_order(buses):
    first, second, third = buses(), buses(), buses()
    meet(first, second, third)
    ears = [Ear() for _ in range(3)]
    if first is second:
        first.subscribe("topic", ears[0])
        third = second = first
        ears = ears[:1]
    else:
        for bus, ear in zip((first, second, third), ears, strict=True):
            bus.subscribe("topic", ear)
    said = [f"first{number}" for number in range(50)]
    for ref in said:
        first.publish("topic", ref)
    for ear in ears:
        assert ear.wait_for(50) == said
    second.publish("topic", "second")
    for ear in ears:
        assert ear.wait_for(51)[50:] == ["second"]
    time.sleep(0.2)
    assert [len(ear.heard) for ear in ears] == [51] * len(ears)


def test_one_hears_only_what_one_wants(buses):
    first, second = buses(), buses()
    meet(first, second)
    wanted, unwanted = Ear(), Ear()
    second.subscribe("wanted", wanted)
    end = second.subscribe("unwanted", unwanted)
    end()
    first.publish("unwanted", "a")
    first.publish("wanted", "b")
    assert (wanted.wait_for(1), unwanted.heard) == (["b"], [])


def test_one_that_fails_does_not_keep_others_from_hearing(buses):
    first, second = buses(), buses()
    meet(first, second)
    ear = Ear()

    def fail(ref: str) -> None:
        raise ValueError("Ana said something")

    second.subscribe("topic", fail)
    second.subscribe("topic", ear)
    first.publish("topic", "a")
    first.publish("topic", "b")
    assert ear.wait_for(2) == ["a", "b"]


def test_words_are_too_long_and_any_text_is_carried(buses):
    first, second = buses(), buses()
    meet(first, second)
    ear = Ear()
    second.subscribe("topic", ear)
    with pytest.raises(ValueError, match="send refs"):
        first.publish("topic", "x" * MOST)
    odd = 'ñ "quoted"\nline\x00 東'
    first.publish("topic", odd)
    assert ear.wait_for(1) == [odd]


def test_many_threads_may_publish(buses):
    first, second = buses(), buses()
    meet(first, second)
    ear = Ear()
    second.subscribe("topic", ear)

    def say(name: int) -> None:
        for number in range(25):
            first.publish("topic", f"{name}-{number}")

    threads = [threading.Thread(target=say, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    heard = ear.wait_for(100)
    for name in range(4):
        own = [ref for ref in heard if ref.startswith(f"{name}-")]
        assert own == [f"{name}-{number}" for number in range(25)]


@contextmanager
def cut_off(kind: str, bus, request) -> Iterator[None]:
    """Breaks the connections of `bus` from the other side."""
    if kind == "postgresql":
        with psycopg.connect(request.getfixturevalue("postgres_url"), autocommit=True) as server:
            server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            )
    elif kind == "redis":
        with redis.Redis.from_url(request.getfixturevalue("redis_url")) as server:
            server.client_kill_filter(_type="pubsub")
    yield


def test_who_was_cut_off_is_joined_again_and_told_of_the_gap(kind, buses, request, tmp_path):
    first, second = buses(), buses()
    if kind == "memory":
        return  # one process: nothing to cut
    meet(first, second)
    gap, ear = Ear(), Ear()
    second.subscribe(GAP, gap)
    second.subscribe("topic", ear)
    if kind == "unix":
        first.close()  # as when the serving process begins again
        first = UnixListener(socket_path(tmp_path))
        request.addfinalizer(first.close)
    with cut_off(kind, second, request):
        assert gap.wait_for(1) == [""]
        meet(first, second)
        first.publish("topic", "after")
        assert ear.wait_for(1) == ["after"]
