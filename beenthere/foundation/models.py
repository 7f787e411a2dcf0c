"""The tables of the foundation: ledger, schedules, heartbeats, reactions that failed, counts."""

from django.db import models

from beenthere.foundation import clock
from beenthere.foundation.digests import LENGTH
from beenthere.foundation.refs import RefField
from beenthere.foundation.registry import BY_AGE, NOBODYS, REFS_ONLY, declare, table

declare(
    "contenttypes.ContentType",
    owner="",
    export="",
    retention="as long as the model it names",
    erasure=NOBODYS,
)
declare(
    "django_tasks_database.DBTaskResult",
    owner="",
    export="",
    retention="a week after it ended",
    erasure=BY_AGE,
)


@table(
    owner="ref", export="what was done to me, and when", retention="as long as the place", erasure=REFS_ONLY
)
class LedgerRow(models.Model):
    """One change of somebody's standing; see `beenthere.foundation.ledger`."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=16)
    act = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    ref = models.CharField(max_length=16, blank=True)
    before = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)


@table(owner="", export="", retention="as long as the place", erasure=NOBODYS)
class LedgerSeal(models.Model):
    """That the worker found the rows `first` to `last` of the ledger whole and sealed them: `hash` is over
    them, `seal` is keyed by what is in no database, over this and the seal before."""

    number = models.BigIntegerField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    at = models.DateTimeField()


@table(owner="", export="", retention="one row a job", erasure=NOBODYS)
class Schedule(models.Model):
    """A recurring job and its lease: who holds it runs it, until the lease runs out."""

    name = models.CharField(max_length=60, unique=True)
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=16, blank=True)
    ran_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=100, blank=True)


@table(owner="", export="", retention="a day after the last beat", erasure=BY_AGE)
class Heartbeat(models.Model):
    """That a program of this place is alive: `web` or `worker`."""

    ref = RefField()
    kind = models.CharField(max_length=10)
    host = models.CharField(max_length=120)
    pid = models.IntegerField()
    bus = models.CharField(max_length=20, blank=True)
    began_at = models.DateTimeField(default=clock.now)
    beat_at = models.DateTimeField(default=clock.now, db_index=True)


@table(
    owner="", export="", retention="until it succeeds or a steward of the machine ends it", erasure=REFS_ONLY
)
class FailedReaction(models.Model):
    """A reaction to an event that failed, to be tried again. `facts` are refs."""

    event = models.CharField(max_length=120)
    facts = models.JSONField()
    reaction = models.CharField(max_length=120)
    error = models.CharField(max_length=100)
    tries = models.PositiveIntegerField(default=1)
    failed_at = models.DateTimeField(default=clock.now)
    next_at = models.DateTimeField(default=clock.now)


@table(owner="", export="", retention="as long as the place", erasure=NOBODYS)
class PlaceFacts(models.Model):
    """What the place is; one row. See `beenthere.foundation.place`."""

    name = models.CharField(max_length=80)
    rules = models.TextField(blank=True)
    joining = models.CharField(max_length=10)
    languages = models.JSONField(default=list)
    hours = models.CharField(max_length=200, blank=True)
    opened_at = models.DateTimeField()


@table(owner="", export="", retention="two windows, two days at most", erasure=BY_AGE)
class Count(models.Model):
    """How often something was done in one window of time; see `beenthere.foundation.limits`. `key` is a keyed
    digest of what and of whom."""

    key = models.CharField(max_length=LENGTH)
    window = models.BigIntegerField()
    number = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="one_count_a_window")]
