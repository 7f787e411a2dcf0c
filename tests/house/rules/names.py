"""A closed list of module names in an app, and words that name nothing are no names."""

from pathlib import Path

from ..plan import FLOOR, FOLDERS, FORBIDDEN_NAMES, GROUND, OUTER, STEPS, code_of, place_of


def findings(root: Path) -> list[str]:
    """Modules and folders of `beenthere/` whose name has no room in the house."""
    found = []
    for path in code_of(root):
        inside = path.relative_to(root / "beenthere").with_suffix("").parts
        if any(part in FORBIDDEN_NAMES for part in inside):
            found.append(f"{place_of(root, path)}: a name that names nothing")
        elif len(inside) > 1 and inside[0] not in FLOOR:
            found.append(f"{place_of(root, path)}: {inside[0]} is on no floor")
        elif len(inside) > 1 and inside[0] not in (*GROUND, *OUTER) and not _is_a_step(inside[1]):
            found.append(f"{place_of(root, path)}: {inside[1]} is no step of an app")
    return found


def _is_a_step(name: str) -> bool:
    return name in STEPS or name in FOLDERS or name == "__init__"
