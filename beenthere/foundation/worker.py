"""The worker: runs ready tasks and due jobs, woken by the bus."""

import threading
import traceback
from datetime import timedelta

import structlog
from django.db import close_old_connections
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.models import DBTaskResult

from beenthere.foundation import clock, wire
from beenthere.foundation.heartbeats import Beating, is_gone
from beenthere.foundation.jobs import place_of, prepare_schedules, run_due, seconds_until_due
from beenthere.foundation.models import Heartbeat
from beenthere.foundation.writing import writing

# Without news we look ourselves this often: a message of the bus may be lost.
LONGEST_SLEEP = 5.0
MOST_STARTS = 3
LOOK_EVERY = timedelta(seconds=15)
log = structlog.get_logger(__name__)


class Worker:
    """One worker. `stop` may be called from a signal or another thread."""

    def __init__(self) -> None:
        autodiscover_modules("tasks")
        self._wake = threading.Event()
        self._stopping = False
        wire.subscribe(wire.WORK, lambda ref: self._wake.set())
        wire.subscribe(wire.GAP, lambda ref: self._wake.set())
        wire.PLUG.plugged()

    def stop(self) -> None:
        """Ends the loop once the current task is done."""
        self._stopping = True
        self._wake.set()

    def run(self) -> None:
        """Works until stopped."""
        heart = Beating("worker")
        log.info("The worker began", worker=heart.ref)
        try:
            prepare_schedules()
            look_again = clock.now()
            while not self._stopping:
                self._wake.clear()
                if clock.now() >= look_again:
                    take_up_abandoned(heart.ref)
                    look_again = clock.now() + LOOK_EVERY
                run_due(heart.ref, until=lambda: self._stopping)
                if not self._stopping and not run_next_task(heart.ref):
                    self._wake.wait(min(LONGEST_SLEEP, seconds_until_due()))
                close_old_connections()
        finally:
            heart.stop()
            log.info("The worker ended", worker=heart.ref)


def run_next_task(worker: str) -> bool:
    """Runs the most urgent ready task as `worker`; returns whether there was one."""
    with writing():
        row = DBTaskResult.objects.ready().select_for_update(skip_locked=True).first()
        if row is None:
            return False
        row.claim(worker)
    try:
        value = row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        _ended(row, status="SUCCESSFUL", return_value=value)
    except Exception as fault:  # also of a value that cannot be stored
        _failed(row, fault)
    return True


def take_up_abandoned(worker: str) -> int:
    """Tasks whose worker died are ready again, or failed when they killed three; returns how many."""
    count = 0
    for row in DBTaskResult.objects.filter(status="RUNNING"):
        last = row.worker_ids[-1] if row.worker_ids else ""
        heart = Heartbeat.objects.filter(ref=last).first()
        if last == worker or (heart is not None and not is_gone(heart)):
            continue
        with writing():
            same = DBTaskResult.objects.filter(pk=row.pk, status="RUNNING", started_at=row.started_at)
            if len(row.worker_ids) >= MOST_STARTS:
                same.update(status="FAILED", finished_at=clock.now(), exception_class_path="WorkerDied")
            else:
                same.update(status="READY")
        log.warning("A task was taken up again", task=row.task_path, starts=len(row.worker_ids))
        count += 1
    return count


def prune_tasks(*, keep: timedelta) -> None:
    """Deletes tasks that ended longer ago than `keep`, in chunks."""
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=clock.now() - keep)
    while True:
        with writing():
            some = list(ended.values_list("pk", flat=True)[:200])
            DBTaskResult.objects.filter(pk__in=some).delete()
        if not some:
            return


def _failed(row: DBTaskResult, fault: Exception) -> None:
    """Marks it failed with the kind of the fault and where it was. The message stays out: it may hold
    words, and this table is sealed by nobody's key."""
    log.error("A task failed", task=row.task_path, why=type(fault).__name__, where=place_of(fault))
    _ended(
        row,
        status="FAILED",
        exception_class_path=f"{type(fault).__module__}.{type(fault).__qualname__}",
        traceback="".join(traceback.format_tb(fault.__traceback__)),
    )


def _ended(row: DBTaskResult, **facts) -> None:
    with writing():
        DBTaskResult.objects.filter(pk=row.pk).update(finished_at=clock.now(), **facts)
