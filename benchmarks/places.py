"""An empty place of its own for a benchmark, gone after it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def place(database: str = "") -> Iterator[None]:
    """Django is set up on empty, migrated databases: SQLite files, or PostgreSQL at the URL `database`."""
    with tempfile.TemporaryDirectory(prefix="beenthere-benchmark-") as folder:
        os.environ |= {
            "BEENTHERE_DATA": folder,
            "BEENTHERE_BUS": "memory",
            "DJANGO_SETTINGS_MODULE": "beenthere.settings",
        }
        if database:
            os.environ["BEENTHERE_DATABASE"] = database
        os.makedirs(os.path.join(folder, "keys"), mode=0o700)
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        for alias in ("default", "keys"):
            call_command("migrate", database=alias, verbosity=0)
        try:
            yield
        finally:
            connections.close_all()
