"""The worker: runs what is ready, wakes when told, ends within its task, loses nothing."""

import os
import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django_tasks_db.models import DBTaskResult

from beenthere.foundation import clock, heartbeats, jobs, wire
from beenthere.foundation.heartbeats import Beating, living_hearts, this_host
from beenthere.foundation.models import Heartbeat
from beenthere.foundation.worker import Worker, prune_tasks, run_next_task, take_up_abandoned

from . import errands

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)
NO_SUCH_PROCESS = 2**22 + 1


@pytest.fixture(autouse=True)
def nothing_ran():
    errands.RAN.clear()


def states() -> list[str]:
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


def test_tasks_run_in_order_once():
    for ref in ("one", "two"):
        jobs.enqueue(errands.remember, ref)
    assert [run_next_task("worker") for _ in range(3)] == [True, True, False]
    assert (errands.RAN, states()) == (["one", "two"], ["SUCCESSFUL"] * 2)


def test_a_task_of_a_change_undone_never_runs():
    class Undone(Exception):
        pass

    with pytest.raises(Undone), transaction.atomic():
        jobs.enqueue(errands.remember, "one")
        raise Undone
    assert run_next_task("worker") is False


def test_a_failed_task_keeps_its_kind_and_no_words():
    jobs.enqueue(errands.fail_with_words)
    run_next_task("worker")
    row = DBTaskResult.objects.get()
    assert (row.status, row.exception_class_path) == ("FAILED", "builtins.ValueError")
    assert "errands.py" in row.traceback
    assert "Plantada" not in str(vars(row))


def test_a_value_that_cannot_be_stored_fails_its_task_alone():
    jobs.enqueue(errands.return_what_cannot_be_stored)
    jobs.enqueue(errands.remember, "after")
    assert [run_next_task("worker"), run_next_task("worker")] == [True, True]
    assert (states(), errands.RAN) == (["FAILED", "SUCCESSFUL"], ["after"])


def claimed_by(heart: Heartbeat) -> None:
    jobs.enqueue(errands.remember, "one")
    DBTaskResult.objects.get().claim(heart.ref)


def test_the_task_of_a_dead_worker_is_taken_up():
    claimed_by(Heartbeat.objects.create(kind="worker", host=this_host(), pid=NO_SUCH_PROCESS))
    assert (take_up_abandoned("next"), run_next_task("next")) == (1, True)
    assert errands.RAN == ["one"]


def test_the_task_of_a_living_worker_is_not():
    claimed_by(Heartbeat.objects.create(kind="worker", host=this_host(), pid=os.getpid()))
    assert take_up_abandoned("next") == 0


def test_a_worker_on_another_host_is_dead_after_a_silent_minute():
    heart = Heartbeat.objects.create(kind="worker", host="elsewhere", pid=1)
    claimed_by(heart)
    counts = []
    with clock.stopped_at(heart.beat_at) as hands:
        for seconds in (59, 2):
            hands.move(seconds)
            counts.append(take_up_abandoned("next"))
    assert counts == [0, 1]


def test_a_task_that_killed_three_workers_is_tried_no_more():
    jobs.enqueue(errands.remember, "one")
    counts = []
    for number in range(3):
        heart = Heartbeat.objects.create(kind="worker", host=this_host(), pid=NO_SUCH_PROCESS)
        DBTaskResult.objects.get().claim(heart.ref)
        counts.append(take_up_abandoned(f"next{number}"))
    row = DBTaskResult.objects.get()
    assert (counts, row.status, row.exception_class_path) == ([1, 1, 1], "FAILED", "WorkerDied")


def test_ended_tasks_go_after_a_week():
    for ref in ("old", "new"):
        jobs.enqueue(errands.remember, ref)
        run_next_task("worker")
    old = DBTaskResult.objects.order_by("enqueued_at").first()
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=clock.now() - timedelta(days=8))
    jobs.enqueue(errands.remember, "waiting")
    prune_tasks(keep=timedelta(days=7))
    assert states() == ["SUCCESSFUL", "READY"]


def test_a_heart_is_there_while_it_beats():
    heart = Beating("worker")
    assert [one.ref for one in living_hearts("worker")] == [heart.ref]
    heart.stop()
    assert living_hearts("worker") == []


def test_hearts_that_stopped_are_forgotten_after_a_day():
    Heartbeat.objects.create(kind="web", host="x", pid=1, beat_at=clock.now() - timedelta(hours=25))
    kept = Heartbeat.objects.create(kind="web", host="x", pid=1)
    heartbeats.prune_hearts()
    assert list(Heartbeat.objects.all()) == [kept]


def test_the_worker_wakes_when_told_and_ends_within_its_task(monkeypatch):
    monkeypatch.setattr("beenthere.foundation.worker.LONGEST_SLEEP", 3600.0)
    asleep = threading.Event()

    def an_hour() -> float:
        asleep.set()  # it has looked for tasks, found none, and sleeps next
        return 3600.0

    monkeypatch.setattr("beenthere.foundation.worker.seconds_until_due", an_hour)
    worker = Worker()
    ran = threading.Event()

    def work() -> None:
        worker.run()
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        wire.subscribe("test.ran", lambda ref: ran.set())
        assert asleep.wait(20)
        jobs.enqueue(errands.tell_that_it_ran)
        assert ran.wait(20), "without the bus it would have slept for an hour"
    finally:
        worker.stop()
        thread.join(20)
    assert (thread.is_alive(), states(), living_hearts("worker")) == (False, ["SUCCESSFUL"], [])
