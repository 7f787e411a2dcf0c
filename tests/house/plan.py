"""The ground plan as the tests know it: floors, steps, words, sizes. docs/structure.md says why."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Lowest first; strangers to each other share a floor.
FLOORS = (
    ("foundation",),
    ("live", "ui"),
    ("signposts",),
    ("people",),
    ("experiences",),
    ("stories", "journeys", "learning"),
    ("conversations",),
    ("matching",),
    ("circles",),
    ("safety",),
    ("api",),
    ("web",),
    ("cli",),
)
FLOOR = {app: height for height, apps in enumerate(FLOORS) for app in apps}
GROUND = ("foundation", "live", "ui")  # beneath the apps: no steps of their own
OUTER = ("web", "cli", "api")

STEPS = [
    "core",
    "models",
    "access",
    "events",
    "queries",
    "actions",
    "forms",
    "views",
    "listeners",
    "sockets",
    "tasks",
    "urls",
    "apps",
    "migrations",
]
FOLDERS = ("templates", "static", "templatetags", "locale")
FORBIDDEN_NAMES = ("utils", "helpers", "common", "manager", "data", "process", "handle")


def files_of(root: Path, pattern: str, *, under: str = "beenthere") -> Iterator[Path]:
    """Files of the tree below `under` that match, in order, without what is made or vendored."""
    for path in sorted((root / under).rglob(pattern)):
        if not any(part in {"__pycache__", "node_modules", "vendor"} for part in path.parts):
            yield path


def code_of(root: Path) -> Iterator[Path]:
    """Our own Python modules, migrations left out."""
    for path in files_of(root, "*.py"):
        if "migrations" not in path.parts:
            yield path


def app_of(root: Path, path: Path) -> str:
    """The app that a file of `beenthere/` lives in ("" for the package's own modules)."""
    inside = path.relative_to(root / "beenthere").parts
    return inside[0] if len(inside) > 1 else ""


def place_of(root: Path, path: Path, line: int | None = None) -> str:
    """How a finding names its place: the path from the root, and the line."""
    where = path.relative_to(root).as_posix()
    return where if line is None else f"{where}:{line}"
