"""The recurring jobs of the ground floor."""

from datetime import timedelta

from beenthere.foundation import events
from beenthere.foundation.heartbeats import prune_hearts
from beenthere.foundation.jobs import every
from beenthere.foundation.keys.copies import copy_store
from beenthere.foundation.keys.sweeping import sweep_orphans
from beenthere.foundation.ledger import seal_ledger
from beenthere.foundation.limits import prune_counts
from beenthere.foundation.refs import SITE
from beenthere.foundation.worker import prune_tasks

KEEP_TASKS = timedelta(days=7)


# Promised within a minute of every key made or destroyed.
@every(20, name="copy the key store")
def copy_keys() -> None:
    copy_store()


@every(600, name="sweep orphaned keys")
def sweep() -> None:
    sweep_orphans(by=SITE)


@every(60, name="seal the ledger")
def seal() -> None:
    seal_ledger(by=SITE)


@every(30, name="try failed reactions again")
def try_reactions_again() -> None:
    events.try_again(by=SITE)


@every(3600, name="prune what ended")
def prune() -> None:
    prune_tasks(keep=KEEP_TASKS)
    prune_hearts()
    prune_counts()
