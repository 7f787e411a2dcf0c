"""Recurring jobs: run once however many workers race, and again when their worker died."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from beenthere.foundation import clock, jobs
from beenthere.foundation.models import Schedule

pytestmark = pytest.mark.django_db(databases=["default", "keys"], transaction=True)


@pytest.fixture(autouse=True)
def only_these(monkeypatch):
    monkeypatch.setattr(jobs, "JOBS", {})


@pytest.fixture
def hands():
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)) as hands:
        yield hands


def test_a_job_runs_when_it_is_due_and_then_waits(hands):
    ran = []
    jobs.every(60, name="count")(lambda: ran.append(clock.now()))
    jobs.prepare_schedules()
    first = hands.at
    seen = []
    for seconds in (0, 59, 1, 1):
        hands.move(seconds)
        seen.append(jobs.run_due("ana"))
    assert seen == [["count"], [], ["count"], []]
    assert [int((at - first).total_seconds()) for at in ran] == [0, 60]


def test_racing_workers_run_a_due_job_once(hands):
    ran, together = [], threading.Barrier(8)
    jobs.every(60, name="count")(lambda: ran.append(1))
    for _ in range(5):
        jobs.prepare_schedules()
        faults = []

        def race(name: str, faults=faults) -> None:
            try:
                together.wait()
                jobs.run_due(name)
            except Exception as fault:  # raised again below, in the test's own thread
                faults.append(fault)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=race, args=(f"worker{number}",)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert faults == []
        hands.move(61)
    assert len(ran) == 5


def test_a_lease_that_ran_out_can_be_taken(hands):
    job = jobs.Job("count", 60, 100, lambda: None)
    jobs.JOBS["count"] = job
    jobs.prepare_schedules()
    taken = [jobs.take_lease(job, "dead"), jobs.take_lease(job, "next")]
    hands.move(101)
    taken += [jobs.take_lease(job, "next"), jobs.take_lease(job, "dead")]
    assert taken == [True, False, True, False]


def test_who_lost_the_lease_does_not_end_it_for_the_next(hands):
    def slow() -> None:
        hands.move(101)
        assert jobs.take_lease(jobs.JOBS["slow"], "next")

    jobs.every(60, name="slow", lease=100)(slow)
    jobs.prepare_schedules()
    jobs.run_due("first")
    assert Schedule.objects.get().leased_by == "next"


def test_a_job_that_fails_says_so_and_runs_again(hands):
    faults = [ValueError("Ana said something"), None]

    def fail() -> None:
        fault = faults.pop(0)
        if fault:
            raise fault

    jobs.every(60, name="fail")(fail)
    jobs.prepare_schedules()
    said = []
    for _ in range(2):
        jobs.run_due("worker")
        said.append(Schedule.objects.get().failure)
        hands.move(61)
    assert said == ["ValueError", ""]


def test_rows_of_jobs_that_are_no_more_go():
    jobs.every(60, name="old")(lambda: None)
    jobs.prepare_schedules()
    jobs.JOBS.clear()
    jobs.every(60, name="new")(lambda: None)
    jobs.prepare_schedules()
    assert list(Schedule.objects.values_list("name", flat=True)) == ["new"]


def test_how_long_to_sleep(hands):
    assert jobs.seconds_until_due() == 60.0
    jobs.every(20, name="count")(lambda: None)
    jobs.prepare_schedules()
    assert jobs.seconds_until_due() == 0.0
    jobs.run_due("worker")
    assert jobs.seconds_until_due() == 20.0
