"""`beenthere doctor`: one sentence a check, what to do, and an exit code that a machine can read."""

import json
import os
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django_tasks_db.models import DBTaskResult

from beenthere.foundation import clock, health
from beenthere.foundation.health import BEWARE, WELL, WRONG, examine
from beenthere.foundation.heartbeats import Beating
from beenthere.foundation.jobs import enqueue
from beenthere.foundation.keys import opening
from beenthere.foundation.keys.copies import copy_store
from beenthere.foundation.keys.models import Key
from beenthere.foundation.models import FailedReaction, LedgerRow, Schedule
from beenthere.foundation.refs import SITE
from beenthere.foundation.worker import run_next_task
from beenthere.people.actions import welcome_person
from tests.foundation import errands

from .served import beenthere

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.fixture
def place():
    """A place that is well: a person, copied keys, a worker."""
    welcome_person(name="Ana", by=SITE)
    copy_store()
    worker = Beating("worker")
    settings.DATA.chmod(0o700)
    settings.PLACE.key_folder.mkdir(mode=0o700, exist_ok=True)
    yield
    worker.stop()
    opening.drop_opened()


def states() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in examine():
        assert (one.todo is None) == (one.state == WELL), one
        found.setdefault(one.check, set()).add(one.state)
    return found


def wrong() -> list[str]:
    return sorted(check for check, found in states().items() if WRONG in found)


def test_a_place_that_is_well(place):
    found = states()
    assert wrong() == []
    assert set(found) == {check.__name__ for check in health.CHECKS}
    assert BEWARE in found["keys_apart"], "here keys and words share a disk, and it says so"


def test_keys_on_another_disk_are_well(place, monkeypatch):
    devices = iter(range(100))
    monkeypatch.setattr(health, "_device_of", lambda path: next(devices))
    if connection.vendor == "sqlite":
        assert states()["keys_apart"] == {WELL}


def open_to_all() -> None:
    settings.PLACE.wrapping_key_path.chmod(0o644)


def no_key() -> None:
    Key.objects.all().delete()


def other_wrapping_key() -> None:
    Key.objects.update(wrapped_by="another")


def failed_task() -> None:
    enqueue(errands.fail_with_words)
    run_next_task("worker")


def failed_reaction() -> None:
    FailedReaction.objects.create(event="e", facts={}, reaction="r", error="ValueError")


def failed_job() -> None:
    Schedule.objects.create(name="job", next_at=clock.now(), failure="ValueError")


def later() -> None:
    LedgerRow.objects.update(at=clock.now() + timedelta(days=3))


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (open_to_all, ["secrets_private"]),
        (no_key, ["keys_open"]),
        (other_wrapping_key, ["keys_open"]),
        (failed_task, ["nothing_failed"]),
        (failed_reaction, ["nothing_failed"]),
        (failed_job, ["nothing_failed"]),
        (later, ["clock_right", "ledger_whole"]),
    ],
)
def test_what_is_wrong_is_found(place, harm, found):
    try:
        harm()
        assert wrong() == found
    finally:
        settings.PLACE.wrapping_key_path.chmod(0o600)


def test_a_served_place_without_a_worker_is_wrong():
    web = Beating("web")
    assert "worker_alive" in wrong()
    web.stop()
    assert states()["worker_alive"] == {BEWARE}


def test_little_room_is_told(place, monkeypatch):
    free = iter([500 * health.MEGA, 100 * health.MEGA])
    usage = type("Usage", (), {})

    def disk_usage(path):
        found = usage()
        found.free = next(free)
        return found

    monkeypatch.setattr(health.shutil, "disk_usage", disk_usage)
    assert [states()["room_left"], states()["room_left"]] == [{BEWARE}, {WRONG}]


def test_a_missing_copy_is_told(place):
    for folder in settings.PLACE.key_copy_folders:
        for copy in folder.iterdir():
            copy.unlink()
    assert wrong() == ["keys_copied"]


def test_a_check_that_fails_itself_is_wrong_and_hides_no_other(place, monkeypatch):
    def broken():
        raise OSError("Ana said something")

    monkeypatch.setattr(health, "CHECKS", (broken, health.room_left))
    found = list(examine())
    assert [(one.check, one.state) for one in found] == [("broken", WRONG), ("room_left", WELL)]
    assert "Ana" not in str(found[0].said)


def test_nothing_failed_before(place):
    assert DBTaskResult.objects.count() == 0


def test_the_command_tells_of_pending_migrations_and_ends_with_1(tmp_path):
    told = beenthere("doctor", "--json", folder=tmp_path / "place")
    assert told.returncode == 1
    assert [(one["check"], one["state"]) for one in json.loads(told.stdout)["checks"]] == [
        ("migrations", "wrong")
    ]
    assert os.listdir(tmp_path / "place") != []
