"""The databases of the tests: real files (or PostgreSQL, with BEENTHERE_DATABASE), never memory.

SQLite in memory has no log, no sync and other locks than a file: what holds there may not hold here.
"""

import os

import pytest

KEYS_TOO = ["default", "keys"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """Names the two test databases, before Django makes and migrates them."""
    from django.conf import settings
    from django.db import connections

    for alias in KEYS_TOO:
        if connections[alias].vendor == "sqlite":
            name = str(settings.DATA / f"test-{alias}.sqlite3")
        else:
            name = f"test_{alias}_{os.getpid()}"
        connections[alias].settings_dict["TEST"]["NAME"] = name
