"""A plugin of pytest that leaves out what asks for a browser, a served place or another service."""

import pytest

SERVICES = {"browser", "served_place", "live_server", "postgres_url", "redis_url"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    kept = [one for one in items if not SERVICES.intersection(getattr(one, "fixturenames", ()))]
    config.hook.pytest_deselected(items=[one for one in items if one not in kept])
    items[:] = kept
