"""`python -m tests.services`: find or fetch what the tests need, before the first of them waits."""

import sys
from collections.abc import Callable
from pathlib import Path

from launch.environments import one_at_a_time
from tests.services import chromium, postgres, redis_server, tools
from tests.services.found import FETCHED, TOOLS, Missing, recall, remember

Way = Callable[[], Path | None]
WANTED: dict[str, tuple[Way, dict[str, Way]]] = {
    "postgres": (postgres.find, postgres.WAYS),
    "redis": (redis_server.find, redis_server.WAYS),
    "node": (chromium.find_node, chromium.NODE_WAYS),
    "chromium": (chromium.find, chromium.WAYS),
    "strace": (tools.find, tools.WAYS),
}


def main() -> int:
    """Exit code 1, and what was tried, if anything is missing at the end."""
    FETCHED.mkdir(parents=True, exist_ok=True)
    missing = 0
    with one_at_a_time(str(TOOLS / "services.lock")):
        for name, (find, ways) in WANTED.items():
            place, said = found_or_fetched(name, find, ways)
            print(f"  {name}: {place or 'missing'}")
            missing += place is None
            for line in said:
                print(f"    {line}")
            remember({**recall(), name: str(place or "")})
    return 1 if missing else 0


def found_or_fetched(name: str, find: Way, ways: dict[str, Way]) -> tuple[Path | None, list[str]]:
    """The place, and what was tried in vain."""
    known = recall().get(name)
    if known and Path(known).exists():
        return Path(known), []
    place, said = find(), []
    for way, fetch in ways.items():
        if place:
            break
        try:
            place = fetch()
            if not place:
                said.append(f"{way}: it came, and does not run here")
        except (Missing, OSError) as problem:
            said.append(f"{way}: {problem}")
    return place, [] if place else said


if __name__ == "__main__":
    sys.exit(main())
