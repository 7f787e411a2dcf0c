"""Reading on many cores says what reading on one says, and stops when it is told to."""

import pytest

from beenthere.matching.core.people import Person
from beenthere.matching.queries import reading

PEOPLE = tuple(
    Person(ref=f"p{number}", words=words)
    for number, words in enumerate(
        ["My mum died.", "", "I lost my job.", "I hear voices.", "Nothing much."] * 3
    )
)


def quiet(done, total, doing):
    pass


@pytest.mark.parametrize("way", ["fork", "spawn"])
def test_many_cores_say_what_one_says(way, monkeypatch):
    alone = reading.understood_of(PEOPLE, progress=quiet)
    assert sorted(alone) == sorted(one.ref for one in PEOPLE if one.words)
    assert [one.experience for one in alone["p0"]] == ["loss-of-a-parent"]
    monkeypatch.setattr(reading, "MANY", 1)
    monkeypatch.setattr(reading, "AT_ONCE", 2)
    monkeypatch.setattr(reading, "_cores", lambda: 2)
    monkeypatch.setattr(reading, "_way_to_start", lambda: way)
    assert reading.understood_of(PEOPLE, progress=quiet) == alone


def test_progress_moves_to_the_end_and_may_stop_it(monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 5)
    seen = []
    reading.understood_of(PEOPLE, progress=lambda done, total, doing: seen.append((done, total)))
    assert seen == [(0, 12), (5, 12), (10, 12), (12, 12)]

    class Stopped(Exception):
        pass

    def stop(done, total, doing):
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        reading.understood_of(PEOPLE, progress=stop)


def test_a_fork_is_made_only_by_a_process_of_one_thread(monkeypatch):
    monkeypatch.setattr(reading.threading, "active_count", lambda: 2)
    assert reading._way_to_start() == "spawn"
