"""No thread waits for a connection that another holds: there are as many as threads that ask."""

import ast
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from beenthere.live.hub import hub
from beenthere.settings import CONNECTIONS, postgresql
from beenthere.web import asgi

BEGIN = ("Thread", "Threads", "ThreadPoolExecutor", "to_thread", "WSGIMiddleware", "in_background")
# Where threads begin: how many ask the databases in one process that serves.
ASKING = {
    "web/asgi.py:WSGIMiddleware": asgi.THREADS,
    "live/hub/hub.py:Threads": hub.THREADS,
    "live/batches.py:Thread": 1,
    "foundation/heartbeats.py:Thread": 1,
    "cli/serve.py:to_thread": 1,  # greets
    "the main one": 1,
}
# The process of the pages, where they have one of their own.
ASKING_APART = {
    "live/pages/back.py:Thread": asgi.THREADS,
    "live/batches.py:Thread": 1,
    "the main one": 1,
}
SILENT = {
    "live/threads.py:Thread",  # those of the hub
    "live/hub/hub.py:to_thread",
    "web/asgi.py:to_thread",
    "live/bus/subscriptions.py:Thread",  # a connection of its own
    "live/bus/unix.py:Thread",
    "cli/companion.py:Thread",
    "cli/pages.py:Thread",  # waits for the other process to end
    "cli/place.py:Thread",
    "cli/work.py:in_background",  # the worker hears its parent end
    "matching/actions/sheets.py:Thread",
    "matching/core/walking.py:ThreadPoolExecutor",
}


def test_a_pool_holds_a_connection_for_every_thread():
    assert sum(ASKING.values()) <= CONNECTIONS
    assert sum(ASKING_APART.values()) <= CONNECTIONS
    for schema in ("", settings.KEY_SCHEMA):
        pool = postgresql("postgresql://a:b@localhost/c", schema=schema)["OPTIONS"]["pool"]
        assert pool["max_size"] == CONNECTIONS


def test_no_other_thread_begins_anywhere():
    assert {*places_where_threads_begin(), "the main one"} == {*ASKING, *ASKING_APART, *SILENT}


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.parametrize("aliases", [("default", "keys"), ("keys", "default")])
def test_every_thread_gets_both_connections_though_all_hold_one(aliases):
    for alias in aliases:
        connections[alias].ensure_connection()  # this thread is one of them
    others = CONNECTIONS - 1
    together = threading.Barrier(others)

    def ask(number: int) -> int:
        try:
            for alias in aliases if number % 2 else reversed(aliases):
                with connections[alias].cursor() as cursor:
                    cursor.execute("SELECT 1")
                    together.wait(30)
            return 1
        finally:
            connections.close_all()

    with ThreadPoolExecutor(others) as threads:
        assert sum(threads.map(ask, range(others))) == others


def places_where_threads_begin() -> set[str]:
    package = Path(settings.PACKAGE)
    found = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                if name in BEGIN:
                    found.add(f"{path.relative_to(package).as_posix()}:{name}")
    return found
