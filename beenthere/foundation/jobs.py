"""Work that is done later: tasks, handed in with the change they belong to, and recurring jobs.

Tasks are rows of django-tasks, enqueued in the transaction of the change. They run at least once: a
worker that is killed leaves its task to the next, so a task must bear being run twice.

A recurring job has a row with the time it is next due and a lease. Whoever takes the lease runs the
job; a lease that ran out (its worker died) can be taken by another.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import Min, Q

from beenthere.foundation import clock, wire
from beenthere.foundation.models import Schedule
from beenthere.foundation.writing import writing

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` every `seconds`; if it takes longer than `lease` seconds it may run twice at once."""

    name: str
    seconds: float
    lease: float
    run: Callable[[], object]


JOBS: dict[str, Job] = {}


def every(seconds: float, *, name: str, lease: float = 600) -> Callable:
    """Decorates a function without arguments, in a module `tasks`, as a recurring job."""

    def scheduled(run: Callable[[], object]) -> Callable[[], object]:
        JOBS[name] = Job(name, seconds, lease, run)
        return run

    return scheduled


def enqueue(task, *given, **named) -> None:
    """Hands in a task: it runs if the transaction around this commits, and soon after."""
    task.enqueue(*given, **named)
    transaction.on_commit(lambda: wire.publish(wire.WORK))


def prepare_schedules() -> None:
    """Afterwards each job has its row; a new job is due at once. Rows of jobs that are no more go."""
    with writing():
        there = set(Schedule.objects.values_list("name", flat=True))
        missing = [Schedule(name=name, next_at=clock.now()) for name in JOBS if name not in there]
        Schedule.objects.bulk_create(missing, ignore_conflicts=True)
        Schedule.objects.exclude(name__in=JOBS).delete()


def run_due(worker: str, *, until: Callable[[], bool] = lambda: False) -> list[str]:
    """Runs what is due and can be leased, as `worker` (a ref); returns the names. Looks at `until`
    before each, to end early."""
    due = Schedule.objects.filter(_free(clock.now()), name__in=JOBS).order_by("next_at", "name")
    ran = []
    for name in list(due.values_list("name", flat=True)):
        if until():
            break
        if take_lease(JOBS[name], worker):
            _run(JOBS[name], worker)
            ran.append(name)
    return ran


def take_lease(job: Job, worker: str) -> bool:
    """Whether `worker` now holds the job. One statement, so two that race cannot both."""
    now = clock.now()
    with writing():
        return bool(
            Schedule.objects.filter(_free(now), name=job.name).update(
                leased_until=now + timedelta(seconds=job.lease), leased_by=worker
            )
        )


def seconds_until_due() -> float:
    """Until the next job, 0 when one is due; a minute if there is none."""
    next_at = Schedule.objects.filter(name__in=JOBS).aggregate(next_at=Min("next_at"))["next_at"]
    return 60.0 if next_at is None else max(0.0, (next_at - clock.now()).total_seconds())


def _free(now: datetime) -> Q:
    return Q(next_at__lte=now) & (Q(leased_until=None) | Q(leased_until__lte=now))


def _run(job: Job, worker: str) -> None:
    failure = ""
    try:
        job.run()
    except Exception as fault:  # the next run may succeed; doctor shows it until then
        failure = type(fault).__name__
        log.error("A job failed", job=job.name, why=failure, where=place_of(fault))
    now = clock.now()
    with writing():
        # Only the holder: a lease that ran out meanwhile belongs to somebody else.
        Schedule.objects.filter(name=job.name, leased_by=worker).update(
            next_at=now + timedelta(seconds=job.seconds),
            leased_until=None,
            leased_by="",
            ran_at=now,
            failure=failure,
        )


def place_of(fault: BaseException) -> str:
    """File and line where it was raised. Never its message, which may hold words."""
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
