"""Whether the place is well: each check says one sentence, and what to do where it is not.

A check looks and changes nothing. `wrong` needs somebody now; `beware` is a risk taken knowingly.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connections

from beenthere.foundation import clock
from beenthere.foundation.heartbeats import living_hearts
from beenthere.foundation.keys.copies import copy_name
from beenthere.foundation.keys.models import Key, StoreMark
from beenthere.foundation.keys.opening import unwrapped
from beenthere.foundation.keys.sweeping import owners_without_key
from beenthere.foundation.keys.wrapping import WrappingKeyMissing
from beenthere.foundation.ledger import first_broken_row
from beenthere.foundation.models import FailedReaction, Heartbeat, LedgerRow, Schedule
from beenthere.foundation.pragmas import WANTED, wrong_pragmas
from beenthere.foundation.sentences import Sentence, sentence

WELL, BEWARE, WRONG = "well", "beware", "wrong"
MEGA = 1024 * 1024
LITTLE, TOO_LITTLE = 1024 * MEGA, 200 * MEGA


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found; `todo` where it is not well."""

    check: str
    state: str
    said: Sentence
    todo: Sentence | None = None


def safe_writes() -> Iterator[Found]:
    for alias in ("default", "keys"):
        wrong = wrong_pragmas(connections[alias])
        if wrong:
            yield _wrong(
                sentence("SQLite does not keep to its settings: {what}.", what=", ".join(wrong)),
                sentence("Move the folder of the data to a disk of this machine."),
            )
    if connections["default"].vendor == "sqlite":
        yield _well(sentence("Both databases write safely ({what}).", what=", ".join(WANTED)))
    else:
        with connections["default"].cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            (commit,) = cursor.fetchone()
            cursor.execute("SHOW fsync")
            (fsync,) = cursor.fetchone()
        if commit == "off" or fsync == "off":
            yield _wrong(
                sentence("PostgreSQL may lose acknowledged words when the power goes."),
                sentence("Set fsync and synchronous_commit to on."),
            )
        else:
            yield _well(sentence("PostgreSQL writes safely."))


def keys_apart() -> Iterator[Found]:
    if connections["keys"].vendor == "postgresql":
        yield _beware(
            sentence("The keys are on the same server as the words."),
            sentence("Leave the schema {schema} out of every backup.", schema=settings.KEY_SCHEMA),
        )
        own = settings.PLACE.wrapping_key_path.parent
    else:
        own = settings.PLACE.key_folder
        if _share_a_disk(own, settings.DATA):
            yield _beware(
                sentence("The keys and the words are on one disk: who takes it has both."),
                sentence("Set BEENTHERE_KEYS to a folder on another disk."),
            )
        else:
            yield _well(sentence("The keys and the words are on different disks."))
    for folder in settings.PLACE.key_copy_folders:
        if _share_a_disk(folder, own):
            yield _beware(
                sentence("A copy of the keys is on the same disk as the keys: both go together."),
                sentence("Set BEENTHERE_KEY_COPIES to two folders on other disks."),
            )


def secrets_private() -> Iterator[Found]:
    for path in (settings.DATA / "secret" / "pages.key", settings.PLACE.wrapping_key_path):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield _wrong(
                sentence("Others can read {path}.", path=path), sentence("Type: chmod 600 {path}", path=path)
            )
    for folder in (settings.DATA, settings.PLACE.key_folder):
        if folder.exists() and stat.S_IMODE(folder.stat().st_mode) & 0o077:
            yield _wrong(
                sentence("Others can look into {path}.", path=folder),
                sentence("Type: chmod 700 {path}", path=folder),
            )
    yield _well(sentence("Secrets were looked at."))


def keys_open() -> Iterator[Found]:
    try:
        for wrapped_by in Key.objects.order_by().values_list("wrapped_by", flat=True).distinct():
            unwrapped(Key.objects.filter(wrapped_by=wrapped_by).first())
    except WrappingKeyMissing as missing:
        yield _wrong(
            sentence("The key store does not open: {why}", why=str(missing)),
            sentence("Put the wrapping key back at {path}.", path=settings.PLACE.wrapping_key_path),
        )
    else:
        yield _well(sentence("The wrapping key opens the key store."))
    lost = owners_without_key()
    if lost:
        yield _wrong(
            sentence("The words of {count} people have no key in this store.", count=lost),
            sentence("Put the right key store back, from one of its copies. Delete nothing."),
        )


def keys_copied() -> Iterator[Found]:
    mark = StoreMark.objects.filter(pk=StoreMark.ONLY).first()
    if mark is None:
        yield _well(sentence("There is no key yet, so nothing to copy."))
        return
    for folder in settings.PLACE.key_copy_folders:
        if mark.copied_at and not (folder / copy_name()).exists():
            yield _wrong(
                sentence("The copy of the keys in {folder} is missing.", folder=folder),
                sentence("See that the folder can be written; the worker copies again by itself."),
            )
    if mark.changes != mark.copied:
        yield _beware(
            sentence("The keys changed since they were last copied."),
            sentence("The worker copies them within a minute. See that it runs."),
        )
    else:
        yield _well(
            sentence("The keys were last copied at {at}.", at=mark.copied_at.isoformat(" ", "seconds"))
        )


def worker_alive() -> Iterator[Found]:
    if living_hearts("worker"):
        yield _well(sentence("A worker is alive."))
    elif living_hearts("web"):
        yield _wrong(
            sentence("The place is served, and no worker is alive."),
            sentence("Stop `beenthere serve` and start it again; it starts a worker."),
        )
    else:
        yield _beware(
            sentence("Nothing is served and no worker is alive."), sentence("Start `beenthere serve`.")
        )


def nothing_failed() -> Iterator[Found]:
    from django_tasks_db.models import DBTaskResult

    failed = DBTaskResult.objects.failed().count()
    waiting = FailedReaction.objects.count()
    jobs = list(Schedule.objects.exclude(failure="").order_by("name").values_list("name", flat=True))
    look = sentence("Look for `failed` in what the worker printed.")
    if failed:
        yield _wrong(sentence("{count} tasks failed in the last week.", count=failed), look)
    if waiting:
        yield _wrong(sentence("{count} reactions to events failed and are tried again.", count=waiting), look)
    if jobs:
        yield _wrong(sentence("The last run of these jobs failed: {names}.", names=jobs), look)
    if not (failed or waiting or jobs):
        yield _well(sentence("No task, reaction or job failed."))


def clock_right() -> Iterator[Found]:
    latest = [row.at for row in LedgerRow.objects.order_by("number").reverse()[:1]] + [
        row.beat_at for row in Heartbeat.objects.order_by("beat_at").reverse()[:1]
    ]
    if any(at > clock.now() for at in latest) or clock.now().year < 2025:
        yield _wrong(
            sentence("The clock of this machine is behind what was written here."),
            sentence("Set the clock right, best by NTP."),
        )
    else:
        yield _well(sentence("The clock agrees with what was written here."))


def room_left() -> Iterator[Found]:
    free = shutil.disk_usage(settings.DATA).free
    said = sentence("{mega} MB are free on the disk of the data.", mega=free // MEGA)
    if free < LITTLE:
        state = WRONG if free < TOO_LITTLE else BEWARE
        yield Found("", state, said, sentence("Make room, or move the folder of the data."))
    else:
        yield _well(said)


def ledger_whole() -> Iterator[Found]:
    broken = first_broken_row()
    if broken is None:
        yield _well(sentence("The ledger is whole."))
    else:
        yield _wrong(
            sentence("The ledger was changed at row {number}.", number=broken),
            sentence("Keep this database as it is, and find out who could write to it."),
        )


CHECKS: tuple[Callable[[], Iterator[Found]], ...] = (
    safe_writes,
    keys_apart,
    secrets_private,
    keys_open,
    keys_copied,
    worker_alive,
    nothing_failed,
    clock_right,
    room_left,
    ledger_whole,
)


def examine() -> Iterator[Found]:
    """Everything found, check by check. One that fails itself is wrong, and keeps none from running."""
    for check in CHECKS:
        try:
            for found in check():
                yield Found(check.__name__, found.state, found.said, found.todo)
        except Exception as failure:  # a broken place is what this is for
            yield Found(
                check.__name__,
                WRONG,
                sentence("This could not be checked: {why}.", why=type(failure).__name__),
                sentence("See that the database opens."),
            )


def _share_a_disk(one: Path, other: Path) -> bool:
    return _device_of(one) == _device_of(other)


def _device_of(path: Path) -> int:
    while not path.exists():
        path = path.parent
    return os.stat(path).st_dev


def _well(said: Sentence) -> Found:
    return Found("", WELL, said)


def _beware(said: Sentence, todo: Sentence) -> Found:
    return Found("", BEWARE, said, todo)


def _wrong(said: Sentence, todo: Sentence) -> Found:
    return Found("", WRONG, said, todo)
