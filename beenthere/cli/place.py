"""Opening the place: its folder, its settings, its databases. What every command that needs Django
does first, with one clear sentence for whatever may be in the way."""

import os
import threading
import time
from pathlib import Path

from beenthere.cli.saying import Stop, say, stopped
from beenthere.foundation.sentences import sentence

SHOW_AFTER = 1.5


def choose(**settings: object) -> None:
    """Puts options of the command where the settings are read from; None leaves one as it is."""
    for name, value in settings.items():
        if value is not None:
            os.environ[f"BEENTHERE_{name.upper()}"] = str(value)


def open_place() -> None:
    """Afterwards Django is ready and both folders are there, for their owner alone. Raises Stop."""
    os.umask(0o077)
    settings = _settings()
    try:
        for folder in (settings.DATA, settings.PLACE.key_folder, settings.STATIC_ROOT):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            probe = folder / f".probe-{os.getpid()}"
            probe.touch()
            probe.unlink()
    except OSError as failure:
        raise _unwritable(failure, settings.DATA) from failure
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def open_place_or_end(**settings: object) -> None:
    """`choose`, then `open_place`; where it does not open, a command says why and ends. Raises typer.Exit."""
    choose(**settings)
    try:
        open_place()
    except Stop as stop:
        raise stopped(stop) from stop


def prepare_databases() -> None:
    """Both databases are up to date and safe to write to; shows how far it is. Raises Stop."""
    from django.db import DatabaseError, connections

    from beenthere.foundation.pragmas import UnsafeDatabase

    try:
        for alias in ("keys", "default"):
            connections[alias].ensure_connection()
            if pending_migrations(alias):
                _migrate(alias, len(_plan(alias)))
    except UnsafeDatabase as failure:
        raise Stop(
            sentence(
                "The database is not safe to write to. {why} Move the folder to a disk of this machine.",
                why=failure,
            )
        ) from failure
    except DatabaseError as failure:
        raise Stop(
            sentence(
                "The database does not open: {why}. Check BEENTHERE_DATABASE, or the folder of the data.",
                why=str(failure).strip().splitlines()[0],
            )
        ) from failure


def pending_migrations(alias: str) -> int:
    """How many migrations `alias` ("default", "keys") still waits for."""
    from django.db import router

    return len([step for step, _ in _plan(alias) if router.allow_migrate(alias, step.app_label)])


def _plan(alias: str) -> list:
    """All steps that Django takes there, those included that change nothing in this database."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections[alias])
    return executor.migration_plan(executor.loader.graph.leaf_nodes())


def _migrate(alias: str, count: int) -> None:
    from django.core.management import call_command

    steps = _Steps(count)
    call_command("migrate", database=alias, verbosity=1, stdout=steps, skip_checks=True)


class _Steps:
    """Takes what Django prints while it migrates, and says now and then how far it is."""

    def __init__(self, count: int) -> None:
        self.count, self.done = count, 0
        self.said_at = time.monotonic()

    def write(self, text: str) -> None:
        self.done += text.count(" OK")
        if time.monotonic() - self.said_at > SHOW_AFTER:
            self.said_at = time.monotonic()
            say(
                sentence("Preparing the database: {done} of {count} steps", done=self.done, count=self.count),
                error=True,
            )

    def flush(self) -> None:
        pass


def _settings():
    try:
        from beenthere import settings
    except OSError as failure:
        raise _unwritable(failure, Path(failure.filename or ".")) from failure
    except ValueError as failure:
        raise Stop(
            sentence(
                "A setting cannot be used: {what}. docs/running.md lists them all.", what=_wrong(failure)
            )
        ) from failure
    return settings


def _wrong(failure: ValueError) -> str:
    """Which settings, and why, of pydantic's report."""
    errors = getattr(failure, "errors", None)
    if errors is None:
        return str(failure)
    told = [f"BEENTHERE_{'_'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in errors()]
    return "; ".join(told)


def _unwritable(failure: OSError, folder: Path) -> Stop:
    return Stop(
        sentence(
            "The folder {folder} cannot be written ({why}). Choose another with --data FOLDER.",
            folder=folder,
            why=failure.strerror or type(failure).__name__,
        )
    )


def in_background(work, name: str) -> threading.Thread:
    """`work()` in a thread that ends with the process."""
    thread = threading.Thread(target=work, name=name, daemon=True)
    thread.start()
    return thread
